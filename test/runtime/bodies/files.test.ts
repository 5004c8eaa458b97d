import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseMediaType } from '../../../templates/runtime/bodies/media.ts'
import { multipartReader } from '../../../templates/runtime/bodies/multipart.ts'
import { work } from '../../../templates/runtime/json/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'
import { contractOf, operation } from '../parameters/support.ts'

const named = {
  Short: { type: 'string', maxLength: 3 },
  Exact: { type: 'string', enum: ['aaa', 'é'] },
} as unknown as Record<string, Schema>

const file = fc.constantFrom<unknown>(
  true,
  { type: 'string', format: 'binary' },
  { maxLength: 3 },
  { type: 'string', minLength: 2, contentMediaType: 'image/png' },
  { $ref: '#/schemas/Short' },
  { pattern: '^a' },
  { enum: ['aaa', 'ab'] },
  { const: 'aaa' },
  { format: 'byte', maxLength: 9 },
  { $ref: '#/schemas/Exact' },
  { allOf: [{ maxLength: 3 }, { pattern: 'b' }] },
  { not: { const: 'aaa' } },
  { if: { pattern: '^a' }, then: { maxLength: 2 } },
  { anyOf: [{ minLength: 4 }, { const: 'aaa' }] },
)
const member = fc.oneof(
  file,
  fc
    .tuple(file, fc.constantFrom({}, { uniqueItems: true }, { maxItems: 1 }, { contains: { const: 'aaa' } }))
    .map(([items, more]) => ({ type: 'array', items, ...more })),
)
const form = fc
  .tuple(
    member,
    fc.constantFrom<object>(
      {},
      { required: ['file'], additionalProperties: false },
      { enum: [{ file: 'aaa' }] },
      { not: { properties: { file: { const: 'aaa' } } } },
      { allOf: [{ properties: { file: { pattern: 'a' } } }] },
      { patternProperties: { '^f': { pattern: 'a' } } },
      { if: { properties: { file: { const: 'aaa' } } }, then: { maxProperties: 0 } },
    ),
  )
  .map(([of, more]) => ({ type: 'object', properties: { file: of }, ...more }) as unknown as Schema)
const contents = fc.array(fc.array(fc.constantFrom('a', 'b', 'é'), { maxLength: 5 }), { minLength: 1, maxLength: 3 })

function bodyOf(files: readonly string[]): Buffer {
  const parts = files.map(
    (content) =>
      `--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: image/png\r\n\r\n${content}\r\n`,
  )
  return Buffer.from(`${parts.join('')}--b--\r\n`, 'latin1')
}

describe('files of a form', () => {
  test('are judged as a text of their bytes is, whatever the schema looks at (rule F27)', () => {
    const media = parseMediaType('multipart/form-data; boundary=b')
    if (media === null) throw new Error('not a media type')
    const verdicts = { content: 0, faults: 0 }
    fc.assert(
      fc.property(form, contents, (schema, letters) => {
        const schemas = contractOf(operation(), named)
        const bytes = bodyOf(letters.map((each) => each.join('')))
        // A keyword that nothing knows has no meaning, but makes the reader take the bytes.
        const read = [schema, { ...(schema as object), 'x-unknown': true } as unknown as Schema].map((of) => {
          work.begin()
          try {
            return multipartReader({ schema: of, encoding: {} }, schemas, { bound: [], undeclared: 'pass' })(
              bytes,
              media,
              [],
            )
          } finally {
            work.end()
          }
        })
        expect(read[0]).toEqual(read[1])
        verdicts[read[0]?.kind ?? 'faults']++
      }),
      { numRuns: 500 },
    )
    expect(Math.min(verdicts.content, verdicts.faults)).toBeGreaterThan(50)
  })

  test('take no second copy where only their length counts', () => {
    const content = Buffer.alloc(8_000_000, 0x61)
    const schemas = contractOf(operation())
    const schema: Schema = {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary', maxLength: 9_000_000 } },
    }
    const media = parseMediaType('multipart/form-data; boundary=b')
    if (media === null) throw new Error('not a media type')
    const read = multipartReader({ schema, encoding: {} }, schemas, { bound: [], undeclared: 'pass' })
    const body = bodyOf([content.toString('latin1')])
    const before = process.memoryUsage().heapUsed
    work.begin()
    const found = read(body, media, [])
    work.end()
    expect(found).toEqual({ kind: 'content', bytes: body })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000)
  })
})
