import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJson } from '../../templates/runtime/json/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { anyValue } from '../runtime/schema/arbitraries.ts'
import { createChoose } from '../support/jsonStyles.ts'
import { fuzz, patience } from './runs.ts'
import { contract, scanned, spellings } from './scanned.ts'

/** Whether the parser, the check and the rule for undeclared members let these bytes pass unchanged. */
function passes(bytes: Buffer, schema: Schema): boolean {
  const json = parseJson(bytes)
  if (json.kind === 'fault' || !contract.checker(schema, 'request').fits(json.value)) return false
  return contract.projector(schema, 'request')(json.value) === json.value
}

/** The text with one thing changed that a strict parser refuses, or that no schema declares. */
const spoiled = [
  (text: string) => `\ufeff${text}`,
  (text: string) => text.replace(/^\{"(\w+)":/, '{"$1":null,"$1":'),
  (text: string) => text.replace(/^\{/, '{"__proto__":{},'),
  (text: string) => text.replace(/^\{/, '{"constructor":{"prototype":1},'),
  (text: string) => text.replace(/"(?=[^":]*"[,}])/, '"\\ud800'),
  (text: string) => text.replace(/\d+/, (digits) => digits.padEnd(1_001, '0')),
  (text: string) => text.replace(/[[{]/, (open) => open.repeat(33)),
  (text: string) => `${text} ${text}`,
]

/** One in three properties of an object may be `readOnly`. */
function marked(schema: Schema, seed: number): Schema {
  const properties = typeof schema === 'object' ? schema['properties'] : undefined
  if (seed % 3 > 0 || typeof properties !== 'object' || properties === null) return schema
  const [[name, first] = ['', true], ...others] = Object.entries(properties as Readonly<Record<string, Schema>>)
  if (typeof first === 'boolean') return schema
  return { ...(schema as object), properties: Object.fromEntries([[name, { ...first, readOnly: true }], ...others]) }
}

describe('bodies in any spelling', () => {
  test(
    'that are accepted by their bytes pass the parser and the check unchanged (rules P8, P9)',
    () => {
      let accepted = 0
      let all = 0
      fc.assert(
        fc.property(scanned, anyValue, fc.nat(), (described, value, seed) => {
          const choose = createChoose(seed)
          const schema = marked(described, seed)
          const accepts = contract.acceptance(schema)
          const texts = spellings(schema, 'request', value, seed, choose)
          const spoilt = texts.map((bytes) => Buffer.from(spoiled[choose(spoiled.length)]?.(bytes.toString()) ?? ''))
          for (const bytes of [...texts, ...spoilt]) {
            const passed = passes(bytes, schema)
            if (passed) all += 1
            if (!accepts(bytes)) continue
            accepted += 1
            expect([bytes.toString('latin1'), passed]).toEqual([bytes.toString('latin1'), true])
          }
        }),
        fuzz(2_000, 15_000, 1),
      )
      // The comparison would be meaningless if everything was left to the parser.
      expect(accepted / all).toBeGreaterThan(0.2)
    },
    patience,
  )
})
