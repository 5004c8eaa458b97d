import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ts } from 'ts-morph'
import { comment } from '../../../generator/code/index.ts'
import { payloads } from '../../support/payloads.ts'

describe('comment', () => {
  const given: readonly [what: string, text: string, want: string][] = [
    ['an origin', 'orders.yaml > GET /orders/{orderId}', '/* orders.yaml > GET /orders/{orderId} */'],
    ['its own end', 'a */ b', '/* a *\\/ b */'],
    ['line terminators', 'a\r\nb\u2028c', '/* a b c */'],
    ['a bidirectional override', 'a\u202Eb', '/* a\\u202eb */'],
    ['a directive to the compiler', '@ts-ignore', '/* (at)ts-ignore */'],
  ]
  for (const [what, text, want] of given) {
    test(`neutralises ${what}`, () => {
      expect(String(comment(text))).toBe(want)
    })
  }

  test('rule G1: contains any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...payloads), fc.string({ unit: 'binary' })), (text) => {
        const source = ts.createSourceFile('a.ts', `${comment(text)}\n1`, ts.ScriptTarget.ES2023)
        expect(source.statements.map((statement) => statement.getText(source))).toEqual(['1'])
      }),
    )
  })
})
