import type { JsonValue } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { MediaSchema, ServiceDefaults } from '../vocabulary.ts'
import type { Fault } from '../words/problems.ts'
import type { MediaType } from './media.ts'
import { undeclaredIn } from './undeclared.ts'

/** Members of a body that the gateway fills: name and value. */
export type Filling = readonly (readonly [name: string, value: JsonValue])[]

/** Result of checking a body: the bytes to forward, or the faults. */
export type Content =
  | { readonly kind: 'content'; readonly bytes: Buffer }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }

/** Checks a body of one media type. */
export type ContentReader = (bytes: Buffer, media: MediaType, filling: Filling) => Content

/** What a route lets clients send, beyond what the schema of a body says. */
export interface BodyRules {
  /** Names of the members that the gateway fills. */
  readonly bound: readonly string[]
  readonly undeclared: ServiceDefaults['undeclaredBody']
}

/** Makes the reader of a documented media type. */
export type ContentReaderFor = (media: MediaSchema, schemas: CompiledSchemas, rules: BodyRules) => ContentReader

export function faultyContent(detail: string, pointer = ''): Content {
  return { kind: 'faults', faults: [{ in: 'body', pointer, detail }] }
}

/**
 * Checks a body's value. `bytes`: the body of this value, as it came. `rewrite`: writes a value without the undeclared members;
 * where it is absent they are refused.
 */
export type CheckedContent = (
  value: JsonValue,
  bytes: () => Buffer,
  rewrite?: (declared: JsonValue) => Buffer | null,
) => Content

/** Checks a body's value against its schema, and against the rule for members that the schema does not declare. */
export function checked(media: MediaSchema, schemas: CompiledSchemas, { undeclared }: BodyRules): CheckedContent {
  const checker = schemas.checker(media.schema, 'request')
  const faultsOf = (value: JsonValue): Content => ({
    kind: 'faults',
    faults: checker.faults(value).map((fault) => ({ in: 'body', ...fault })),
  })
  if (undeclared === 'pass') {
    return (value, bytes) => (checker.fits(value) ? { kind: 'content', bytes: bytes() } : faultsOf(value))
  }
  const project = schemas.projector(media.schema, 'request')
  return (value, bytes, rewrite) => {
    if (!checker.fits(value)) return faultsOf(value)
    const declared = project(value)
    if (declared === value) return { kind: 'content', bytes: bytes() }
    if (undeclared === 'refuse' || rewrite === undefined || declared === undefined) {
      return faultyContent('is not declared', undeclaredIn(value, declared))
    }
    // Without a member, the value may be one that the schema refuses, such as an object with too few members.
    if (!checker.fits(declared)) return faultsOf(declared)
    const written = rewrite(declared)
    return written === null ? faultyContent('is nested too deeply') : { kind: 'content', bytes: written }
  }
}
