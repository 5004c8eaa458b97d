import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  canonicalNumber,
  JsonNumber,
  type JsonValue,
  parseAnswer,
  stringifyJson,
} from '../../templates/runtime/json/index.ts'
import type { Scanned } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { anyValue } from '../runtime/schema/arbitraries.ts'
import { createChoose } from '../support/jsonStyles.ts'
import { fuzz, patience } from './runs.ts'
import { contract, scanned, spellings } from './scanned.ts'

/** A value in which equal values are equal, whatever their notation and the order of members. */
function canonical(value: JsonValue): unknown {
  if (typeof value === 'number' || value instanceof JsonNumber) return { number: canonicalNumber(value) }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(canonical)
  return new Map(
    Object.entries(value as Readonly<Record<string, JsonValue>>)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, canonical(of)]),
  )
}

/** The value of bytes; `null`: they are not JSON. */
function read(bytes: Buffer | string): unknown {
  const json = parseAnswer(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return json.kind === 'fault' ? null : { value: canonical(json.value) }
}

/** The value of bytes, and the number of members in their text: a name that came twice would count twice. */
function shown(bytes: Buffer | string): unknown {
  const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1')
  return { read: read(bytes), members: text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1 }
}

/** What parsing, checking and projecting give; `null`: nothing of it is shown. */
function oracle(bytes: Buffer, schema: Schema, checked: boolean): unknown {
  const json = parseAnswer(bytes)
  if (json.kind === 'fault') return null
  if (checked && !contract.checker(schema, 'response').fits(json.value)) return null
  const value = contract.projector(schema)(json.value)
  const text = value === undefined ? null : stringifyJson(value, json.exact)
  return text === null ? null : shown(Buffer.from(text))
}

function scan(bytes: Buffer, schema: Schema, checked: boolean, piece: number): Buffer | string | null {
  let result: Scanned = contract.scanner(schema, checked)(bytes, piece)
  while (typeof result === 'function') result = result()
  return result
}

describe('answers in any spelling', () => {
  test(
    'are scanned to what the parser, the check and the projection make of them, or left to these (rule O2)',
    () => {
      let said = 0
      let all = 0
      fc.assert(
        fc.property(scanned, anyValue, fc.nat(), fc.boolean(), (schema, value, seed, checked) => {
          const choose = createChoose(seed)
          for (const bytes of spellings(schema, 'response', value, seed, choose)) {
            const piece = [1, 10, 65_536][choose(3)] ?? 1
            const result = scan(bytes, schema, checked, piece)
            all += 1
            if (result === null) continue
            said += 1
            const expected = oracle(bytes, schema, checked)
            expect([bytes.toString('latin1'), shown(result)]).toEqual([bytes.toString('latin1'), expected])
          }
        }),
        fuzz(2_000, 15_000, 1),
      )
      // The comparison would be meaningless if the scanner left everything to the parser.
      expect(said / all).toBeGreaterThan(0.3)
    },
    patience,
  )
})
