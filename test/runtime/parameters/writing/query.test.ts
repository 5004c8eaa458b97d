import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { JsonNumber, type JsonValue } from '../../../../templates/runtime/json/index.ts'
import { formField } from '../../../../templates/runtime/parameters/form.ts'
import { type Findings, queryInput } from '../../../../templates/runtime/parameters/index.ts'
import { parsePairs } from '../../../../templates/runtime/parameters/query.ts'
import { writeQuery } from '../../../../templates/runtime/parameters/writing/writers.ts'
import type { ParameterStyle, Schema } from '../../../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter, policy } from '../support.ts'

const list = ['a', 'b c', 'd,e']
const object = { R: 100, 'G/H': 'a,b' }

describe('a value in a query', () => {
  test.each<[ParameterStyle | null, boolean, JsonValue, string]>([
    ['form', true, new JsonNumber('9007199254740993'), 'q=9007199254740993'],
    ['form', true, null, 'q='],
    ['form', true, list, 'q=a&q=b%20c&q=d%2Ce'],
    ['form', false, list, 'q=a,b%20c,d%2Ce'],
    ['form', true, object, 'R=100&G%2FH=a%2Cb'],
    ['form', false, object, 'q=R,100,G%2FH,a%2Cb'],
    ['spaceDelimited', false, list, 'q=a%20b%20c%20d%2Ce'],
    ['pipeDelimited', false, list, 'q=a%7Cb%20c%7Cd%2Ce'],
    ['deepObject', true, { a: { b: [1, { c: 2 }] } }, 'q%5Ba%5D%5Bb%5D%5B0%5D=1&q%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=2'],
    ['form', true, [{ a: 1 }], 'q=%7B%22a%22%3A1%7D'],
    [null, false, { a: 1 }, 'q=%7B%22a%22%3A1%7D'],
    ['form', true, [], ''],
  ])('style %s, explode %s, %j', (style, explode, value, text) => {
    expect(writeQuery('q', parameter(true, { style, explode }), value)).toBe(text)
  })

  test('keeps reserved characters if the contract allows them', () => {
    expect(writeQuery('q', parameter(true, { allowReserved: true }), 'a:/b&c')).toBe('q=a:/b%26c')
  })

  test('has an encoded name', () => {
    expect(writeQuery('q&r', parameter(true), 1)).toBe('q%26r=1')
  })

  test.each<[ParameterStyle, boolean]>([
    ['form', true],
    ['form', false],
    ['pipeDelimited', false],
  ])('is parsed to the same value: %s, explode %s', (style, explode) => {
    const schema: Schema = { type: 'array', items: { type: 'string', pattern: '^[^|]*$' } }
    const of = operation({ query: { q: parameter(schema, { style, explode }) } })
    const contract = contractOf(of)
    const read = formField('q', of.query['q'] ?? parameter(schema), contract, new Set())
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (texts) => {
        const value = texts.map((text) => text.replaceAll('|', '_'))
        const outcome = parsePairs(writeQuery('q', of.query['q'] ?? parameter(schema), value))
        fc.pre(outcome.kind === 'pairs')
        if (outcome.kind === 'pairs') expect(read(outcome.pairs, new Set())).toMatchObject({ kind: 'read', value })
      }),
    )
  })

  test('of a nested object passes the check of a query unchanged', () => {
    const inner: Schema = { type: 'object', properties: { b: { type: 'array', items: { type: 'integer' } } } }
    const schema: Schema = { type: 'object', properties: { a: inner } }
    const of = operation({ query: { q: parameter(schema, { style: 'deepObject' }) } })
    const text = writeQuery('q', parameter(schema, { style: 'deepObject' }), { a: { b: [1, 2] } })
    const findings: Findings = []
    expect(queryInput(policy(of), of, contractOf(of))(text, findings)).toEqual([text])
    expect(findings).toEqual([])
  })
})
