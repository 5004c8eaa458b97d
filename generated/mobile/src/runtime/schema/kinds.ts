import { isWhole, JsonNumber, type JsonValue, toDecimal } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'

// Kinds of JSON values as bits, so that a set of kinds is a number.
export const NULL = 1
export const BOOLEAN = 2
export const NUMBER = 4
export const STRING = 8
export const ARRAY = 16
export const OBJECT = 32
export const ANY = NULL | BOOLEAN | NUMBER | STRING | ARRAY | OBJECT
export const SCALAR = BOOLEAN | NUMBER | STRING

export function kindOf(value: JsonValue): number {
  switch (typeof value) {
    case 'string':
      return STRING
    case 'number':
      return NUMBER
    case 'boolean':
      return BOOLEAN
    default:
      if (value === null) return NULL
      if (Array.isArray(value)) return ARRAY
      return value instanceof JsonNumber ? NUMBER : OBJECT
  }
}

/** Whether the value is an integer in JSON Schema: a number without fraction, also when written `1.0`. */
export function isInteger(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isInteger(value)
  return value instanceof JsonNumber && isWhole(toDecimal(value))
}

const bits: Readonly<Record<string, number>> = {
  null: NULL,
  boolean: BOOLEAN,
  number: NUMBER,
  integer: NUMBER,
  string: STRING,
  array: ARRAY,
  object: OBJECT,
}

export interface TypeSet {
  readonly kinds: number
  /** Numbers are admitted only without fraction. */
  readonly whole: boolean
  /** For example `must be a string or null`. */
  readonly detail: string
}

const words: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'a boolean',
  number: 'a number',
  integer: 'an integer',
  string: 'a string',
  array: 'an array',
  object: 'an object',
}

/** The keyword `type`; `null` when the schema has none. */
export function typesOf(schema: Exclude<Schema, boolean>): TypeSet | null {
  const type = schema['type']
  const names: readonly unknown[] = Array.isArray(type) ? type : type === undefined ? [] : [type]
  if (names.length === 0) return null
  let kinds = 0
  for (const name of names) kinds |= bits[String(name)] ?? 0
  return {
    kinds,
    whole: names.includes('integer') && !names.includes('number'),
    detail: `must be ${listed(names.map((name) => words[String(name)] ?? String(name)))}`,
  }
}

function listed(all: readonly string[]): string {
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}
