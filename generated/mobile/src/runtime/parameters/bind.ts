import type { JsonValue } from '../json/index.ts'
import { ARRAY, type CompiledSchemas } from '../schema/index.ts'
import type { Bind, ParameterSchema } from '../vocabulary.ts'
import { foldText } from '../words/folding.ts'
import { convert, type Pieces, typedValue } from './pieces.ts'
import { Typing } from './typing.ts'
import { headerText } from './writing/field.ts'
import { pathText } from './writing/path.ts'
import { joinForm } from './writing/query.ts'

/** Makes the text of an input from a claim; `null`: the claim has no value, or none that fits the input. */
export type Binding = (claim: unknown) => string | null

/**
 * Fills a path, query or header parameter from a claim. A list fills only a parameter that is an array. `slashes`: a value in the path may
 * have slashes.
 */
export function binding(
  bind: Pick<Bind, 'in' | 'name'>,
  parameter: ParameterSchema | undefined,
  schemas: CompiledSchemas,
  slashes: boolean,
): Binding {
  const { schema = true, style = 'simple', explode = false, allowReserved = false } = parameter ?? {}
  const typing = new Typing(schemas, [schema])
  const write = writer(bind, { style: style ?? 'simple', explode, allowReserved }, slashes)
  return (claim) => {
    const pieces = claimPieces(claim)
    if (pieces === null || (pieces.kind === 'array') !== wantsArray(typing, pieces)) return null
    const value = typedValue(pieces, typing)
    return value !== undefined && typing.fits(value) ? write(pieces) : null
  }
}

/** Fills a member of a JSON body, or a field of a form, from a claim. */
export function bodyBinding(claim: unknown): JsonValue | null {
  return claimPieces(claim) === null ? null : (claim as JsonValue)
}

function wantsArray(typing: Typing, pieces: Pieces): boolean {
  return pieces.kind === 'array' && (typing.kinds & ARRAY) !== 0
}

type Writing = Pick<ParameterSchema, 'explode' | 'allowReserved'> & {
  readonly style: NonNullable<ParameterSchema['style']>
}

function writer(
  { in: place, name }: Pick<Bind, 'in' | 'name'>,
  writing: Writing,
  slashes: boolean,
): (pieces: Pieces) => string | null {
  if (place === 'path') {
    const checked = (text: string): string | null => (isPlain(text, slashes) ? text : null)
    return (pieces) => (convert(pieces, checked) === null ? null : pathText({ name, ...writing }, pieces, slashes))
  }
  if (place === 'query') return (pieces) => joinForm(name, writing, pieces)
  return (pieces) => headerText({ name, ...writing }, pieces)
}

/** Control characters: some services end a text at the first. A client's path cannot have them. */
const control = /\p{Cc}/u

/** Whether text of a claim has no control characters, and no slash in any form unless it may have some (rule R3). */
function isPlain(text: string, slashes: boolean): boolean {
  if (control.test(text)) return false
  return slashes || !/[/\\]/.test(foldText(text))
}

/**
 * A claim as the texts of a parameter; `null`: the claim has no value. Empty text is not a value, because a service may read an
 * empty id as "any id".
 */
function claimPieces(claim: unknown): Pieces | null {
  if (!Array.isArray(claim)) {
    const text = claimText(claim)
    return text === null ? null : { kind: 'scalar', text }
  }
  const items = claim.map(claimText).filter((text) => text !== null)
  return claim.length > 0 && items.length === claim.length ? { kind: 'array', items } : null
}

function claimText(claim: unknown): string | null {
  if (typeof claim === 'string') return claim === '' ? null : claim
  if (typeof claim === 'boolean') return String(claim)
  // `JSON.parse` loses digits of integers beyond the safe ones, so the number may be the id of another caller.
  return typeof claim === 'number' && Math.abs(claim) <= Number.MAX_SAFE_INTEGER ? String(claim) : null
}
