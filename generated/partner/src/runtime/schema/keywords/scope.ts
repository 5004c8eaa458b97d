import type { JsonValue } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import type { Node } from '../node.ts'
import type { Test } from '../patterns.ts'
import type { Schemas } from '../schemas.ts'

/** Requests must not have `readOnly` members; answers need not have `writeOnly` ones. */
export type Direction = 'request' | 'response'

/** What a keyword needs from the compiler. */
export interface Scope {
  readonly schemas: Schemas
  readonly direction: Direction
  readonly pattern: (source: string) => Test
  /** The check of a schema for another value (a member, an item, a name). */
  readonly compile: (schema: Schema) => Check
  /** The check of a schema for the same value. Names in `waived` may be missing although a schema requires them. */
  readonly inPlace: (schema: Schema, waived: ReadonlySet<string>) => Check
  /** As `inPlace`, for the target of a `$ref`; made on first use. */
  readonly reference: (ref: string, waived: ReadonlySet<string>) => Check
  /** Whether a schema that applies itself again is being checked on this value. */
  readonly isRunning: (node: Node, value: JsonValue) => boolean
}

/** The check that accepts everything. Callers recognise it by identity and skip it. */
export const anything: Check = () => true
