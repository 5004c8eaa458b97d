import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import { compileSchemas, type Scanned } from '../../../../templates/runtime/schema/index.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const text = { type: 'string' }
const of = { type: 'object', properties: { a: text, b: text, items: { type: 'array', items: text } } }
const scan = compileSchemas({ operations: {}, schemas: {}, linear: [] }).scanner(of, true)

function whole(json: string): Exclude<Scanned, () => Scanned> {
  let result = scan(Buffer.from(json))
  while (typeof result === 'function') result = result()
  return result
}

const kept = 'k'.repeat(200)
const left = (size: number) => `"x":"${'x'.repeat(size)}"`

describe('the result of a text', () => {
  const kinds = [
    { what: 'little left out', json: `{"a":"é",${left(10)}}`, want: '{"a":"é"}', isText: true },
    { what: 'much left out', json: `{"a":"é",${left(9_000)},"b":"ö"}`, want: '{"a":"é","b":"ö"}', isText: true },
    { what: 'more than a piece', json: `{"a":"é",${left(70_000)},"b":"ö"}`, want: '{"a":"é","b":"ö"}', isText: false },
    {
      what: 'more than a piece, in pieces',
      json: `{"items":["é",${'"a",'.repeat(30_000)}"b"],${left(10)},"b":"ö"}`,
      want: `{"items":["é",${'"a",'.repeat(30_000)}"b"],"b":"ö"}`,
      isText: false,
    },
  ]
  test.each(kinds)('is text up to the length of a piece: $what', ({ json, want, isText }) => {
    const result = whole(json)
    expect(typeof result === 'string').toBe(isText)
    expect(Buffer.from(result as string, 'latin1').toString() === want).toBe(true)
  })

  test('is the bytes of a long text of which nothing is left out', () => {
    const bytes = Buffer.from(`{"a":"${'é'.repeat(40_000)}"}`)
    expect(scan(bytes)).toBe(bytes)
  })

  test.each([9_000, 60_000, 1_000_000])(
    'does not keep %i characters in memory that are left out (rule F27)',
    (size) => {
      const count = Math.ceil(20_000_000 / size)
      const used = (): number => {
        collect()
        collect()
        const { heapUsed, arrayBuffers } = process.memoryUsage()
        return heapUsed + arrayBuffers
      }
      const before = used()
      const results = Array.from({ length: count }, () => whole(`{"a":"${kept}",${left(size)},"b":"${kept}"}`))
      const more = used() - before
      expect(results.map((result) => result?.length)).toEqual(results.map(() => 415))
      expect(more).toBeLessThan(10_000_000)
    },
  )
})
