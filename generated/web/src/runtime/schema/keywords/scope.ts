import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import type { Test } from '../patterns.ts'
import type { Schemas } from '../schemas.ts'

/** Requests may not carry `readOnly` members, answers need not carry `writeOnly` ones. */
export type Direction = 'request' | 'response'

/** What a keyword needs from the compiler. */
export interface Scope {
  readonly schemas: Schemas
  readonly direction: Direction
  readonly pattern: (source: string) => Test
  /** The check of a schema for another value (a member, an item, a name). */
  readonly compile: (schema: Schema) => Check
  /** The check of a schema for the same value; `waived` names need not be there although a schema requires them. */
  readonly inPlace: (schema: Schema, waived: ReadonlySet<string>) => Check
  /** As `inPlace`, for what a `$ref` stands for; made on first use. */
  readonly reference: (ref: string, waived: ReadonlySet<string>) => Check
}

/** The check that everything passes. Recognised by identity, so that it costs nothing where it stands. */
export const anything: Check = () => true
