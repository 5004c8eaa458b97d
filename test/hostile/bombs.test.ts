import { describe, expect, test } from '@jest/globals'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import { type Attempt, attemptFiles, documentOf, manifestFor, operationOf } from './attempt.ts'

/**
 * Documents that are small on disk and large in memory, deep, wide, or slow to process (rule G3). Each is either
 * refused with a diagnostic or accepted. None may crash the generator or keep it busy: the test would time out.
 */
const fine = documentOf({ '/x': operationOf(true) })
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Ten lists, each with ten times the values of the one before: a billion values. */
const laughs = ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]']
  .concat(many(9, (i) => `a${i + 1}: &a${i + 1} [${many(10, () => `*a${i}`).join(', ')}]`))
  .join('\n')
const merges = ['m0: &m0 { a: 1, b: 2 }']
  .concat(many(30, (i) => `m${i + 1}: &m${i + 1} { x${i}: { <<: [*m${i}, *m${i}] }, y${i}: { <<: *m${i} } }`))
  .join('\n')
const levels = 100_000

const texts: readonly (readonly [what: string, yaml: string])[] = [
  ['a billion laughs', laughs],
  ['a billion laughs by merge keys', merges],
  ['a list in itself', 'a: &a [*a]'],
  ['a map in itself', 'a: &a { b: *a }'],
  ['brackets', `a: ${'['.repeat(levels)}`],
  ['brackets that end', `a: ${'['.repeat(levels)}${']'.repeat(levels)}`],
  ['braces', `a: ${'{a: '.repeat(levels)}`],
  ['dashes', `${'- '.repeat(levels)}a`],
  ['question marks', `${'? '.repeat(levels)}a`],
  ['indentation', many(2_000, (i) => `${' '.repeat(i)}a:`).join('\n')],
  ['tags', `a: ${'!!str '.repeat(10_000)}x`],
  ['anchors', many(8_000, (i) => `a${i}: &a${i} x`).join('\n')],
  ['aliases', `a: &a x\nb: [${many(50_000, () => '*a').join(', ')}]`],
  ['a long line', `a: "${'x'.repeat(900_000)}"`],
  ['quotes that never end', `a: "${'\\n'.repeat(400_000)}`],
  ['comments', '# x\n'.repeat(50_000)],
  ['documents', '--- a\n'.repeat(20_000)],
  ['directives', '%TAG !a! tag:a,2000:\n'.repeat(10_000)],
]

describe('rule G3: text that overloads parsers', () => {
  test.each(texts)('%s, as a spec', async (_, yaml) => {
    const { files, codes } = await attemptFiles({ 'spec.yaml': `${yaml}\n` })
    expect([files, codes.length > 0]).toEqual([null, true])
  })

  test.each(texts)('%s, as a manifest', async (_, yaml) => {
    const { files, codes } = await attemptFiles({ 'gateway.yaml': `${yaml}\n`, 'spec.yaml': fine })
    expect([files, codes.length > 0]).toEqual([null, true])
  })

  test.each(texts)('%s, as an overlay', async (_, yaml) => {
    const manifest = manifestFor('spec.yaml', { overlays: ['overlay.yaml'] })
    const { files, codes } = await attemptFiles({
      'gateway.yaml': manifest,
      'spec.yaml': fine,
      'overlay.yaml': `${yaml}\n`,
    })
    expect([files, codes.length > 0]).toEqual([null, true])
  })

  test.each(texts)('%s, behind a reference', async (_, yaml) => {
    const spec = documentOf({ '/x': operationOf({ $ref: 'part.yaml#/a' }) })
    const { files, codes } = await attemptFiles({ 'spec.yaml': spec, 'part.yaml': `${yaml}\n` })
    expect(files === null).toBe(codes.length > 0)
  })

  test.each([
    ['brackets', '['.repeat(levels)],
    ['brackets that end', '['.repeat(levels) + ']'.repeat(levels)],
    ['objects', '{"a":'.repeat(levels)],
    ['objects that end', `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
  ])('%s, as JSON', async (_, json) => {
    const { files, codes } = await attemptFiles({ 'gateway.yaml': manifestFor('spec.json'), 'spec.json': json })
    expect([files, codes.length > 0]).toEqual([null, true])
  })

  test('a file of more than 20 MB is not opened', async () => {
    const { codes } = await attemptFiles({ 'spec.yaml': 'x'.repeat(20_000_001) })
    expect(codes).toEqual(['GW1103'])
  })

  test('files that are too large together', async () => {
    const parts = many(
      4,
      (i) => [`part${i}.json`, JSON.stringify({ a: { type: 'string', description: 'x'.repeat(16_000_000) } })] as const,
    )
    const spec = documentOf(
      Object.fromEntries(parts.map(([name], i) => [`/${i}`, operationOf({ $ref: `${name}#/a` })])),
    )
    const { codes } = await attemptFiles({ 'spec.yaml': spec, ...Object.fromEntries(parts) })
    expect(codes).toContain('GW1103')
  })
})

describe('rule G3: documents that are deep or wide after resolving', () => {
  const chain = (count: number, link: (next: object) => object): object =>
    documentSchemas(
      Object.fromEntries(
        many(count, (i) => [
          `S${i}`,
          i + 1 < count ? link({ $ref: `#/components/schemas/S${i + 1}` }) : { type: 'string' },
        ]),
      ),
    )
  const documentSchemas = (schemas: object): object => ({ components: { schemas } })
  const start = { $ref: '#/components/schemas/S0' }
  const circle = {
    components: { schemas: { S0: { $ref: '#/components/schemas/S1' }, S1: { $ref: '#/components/schemas/S0' } } },
  }

  const cases: readonly (readonly [what: string, schema: unknown, more: object])[] = [
    ['a chain of references', start, chain(3_000, (next) => next)],
    ['a chain of properties', start, chain(3_000, (next) => ({ type: 'object', properties: { a: next } }))],
    ['a chain of allOf', start, chain(3_000, (next) => ({ allOf: [next] }))],
    ['a chain of oneOf', start, chain(1_000, (next) => ({ oneOf: [next, { type: 'integer' }] }))],
    ['a chain of items', start, chain(3_000, (next) => ({ type: 'array', items: next }))],
    ['a chain that doubles', start, chain(40, (next) => ({ type: 'object', properties: { a: next, b: next } }))],
    ['allOf that doubles', start, chain(40, (next) => ({ allOf: [next, next] }))],
    ['a circle of references', start, circle],
    ['a schema that is part of itself', start, documentSchemas({ S0: { allOf: [start] } })],
    ['a schema that is one of itself', start, documentSchemas({ S0: { oneOf: [start, { type: 'string' }] } })],
    ['a schema that it is not', start, documentSchemas({ S0: { not: start } })],
    [
      'many properties',
      { type: 'object', properties: Object.fromEntries(many(8_000, (i) => [`p${i}`, { type: 'string' }])) },
      {},
    ],
    ['many alternatives', { oneOf: many(2_000, (i) => ({ const: `c${i}` })) }, {}],
    ['a long enumeration', { enum: many(50_000, (i) => `value ${i}`) }, {}],
    ['a long description', { type: 'string', description: 'x*/ '.repeat(500_000) }, {}],
    ['a long list of required names', { type: 'object', required: many(20_000, (i) => `p${i}`) }, {}],
    ['a long pattern', { type: 'string', pattern: 'a?'.repeat(20_000) }, {}],
    ['a nested pattern', { type: 'string', pattern: `${'('.repeat(20_000)}a${')'.repeat(20_000)}` }, {}],
    ['a counted pattern', { type: 'string', pattern: '((a{1,11}){1,11}){1,11}c' }, {}],
    ['enormous limits', { type: 'string', maxLength: 1e300, minLength: 1e300 }, {}],
    ['absurd limits', { type: 'array', maxItems: -1, minItems: 0.5, multipleOf: 0, uniqueItems: 'yes' }, {}],
    ['many bad patterns', { anyOf: many(60, (i) => ({ type: 'string', pattern: `^(a+)+${i}$` })) }, {}],
  ]

  test.each(cases)(
    '%s',
    async (_, schema, more) => {
      const outcome = await attemptFiles({ 'spec.yaml': documentOf({ '/x': operationOf(schema) }, more) })
      expect(outcome.files !== null || outcome.codes.length > 0).toBe(true)
      if (outcome.files !== null) expectToCheck(outcome)
    },
    60_000,
  )

  test('many paths', async () => {
    const paths = Object.fromEntries(
      many(500, (i) => [
        `/x${i}/{id}`,
        operationOf(
          { type: 'string' },
          { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
        ),
      ]),
    )
    const outcome = await attemptFiles({ 'spec.yaml': documentOf(paths) })
    expect(outcome.codes).toEqual([])
  }, 60_000)
})

/** A gateway with this contract can check and project answers without a stack overflow or a timeout. */
function expectToCheck({ plan }: Attempt): void {
  for (const { schemas } of plan?.clients.flatMap(({ services }) => services) ?? []) {
    const compiled = compileSchemas(schemas)
    for (const schema of Object.values(schemas.operations).map(
      ({ answers }) => answers['200']?.content['application/json']?.schema ?? true,
    )) {
      for (const value of ['x', 5, null, ['x', ['x']], { a: { a: 'x', b: {} }, b: 'x' }]) {
        expect(typeof compiled.checker(schema, 'response').fits(value)).toBe('boolean')
        compiled.projector(schema)(value)
      }
    }
  }
}
