import { describe, expect, test } from '@jest/globals'
import { outcomeOfFiles } from '../../support/manifestFolder.ts'

const head = "openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\n"
const levels = (open: string, close: string, many: number): string => `${open.repeat(many)}1${close.repeat(many)}`

/** Aliases of aliases: they expand to nine to the power of `many` values. */
function bomb(many: number): string {
  const names = Array.from({ length: many }, (_, index) => `a${index}`)
  return names
    .map(
      (name, index) =>
        `x-${name}: &${name} [${Array(9)
          .fill(index === 0 ? 'x' : `*a${index - 1}`)
          .join(', ')}]\n`,
    )
    .join('')
}

describe('rule G3: inputs that would expand too much are refused at once', () => {
  test.each([
    ['aliases of aliases', `${head}${bomb(12)}paths: {}\n`, 'GW1105'],
    ['thousands of aliases', `${head}x-a: &a 1\nx-b: [${Array(2000).fill('*a').join(', ')}]\npaths: {}\n`, 'GW1105'],
    ['a node within itself', `${head}x-a: &a { b: [*a] }\npaths: {}\n`, 'GW1105'],
    ['lists in lists', `${head}x-a: ${levels('[', ']', 5000)}\npaths: {}\n`, 'GW1105'],
    ['maps in maps', `${head}x-a: ${levels('{ a: ', ' }', 5000)}\npaths: {}\n`, 'GW1105'],
  ])(
    '%s',
    async (_what, spec, code) => {
      const { problems } = await outcomeOfFiles({ 'spec.yaml': spec })
      expect(problems.map((problem) => problem.slice(0, 6))).toEqual([code])
    },
    1000,
  )

  test('lists in lists, in JSON', async () => {
    const { problems } = await outcomeOfFiles({
      'gateway.yaml':
        'gatewright: 1\nname: shop\nservices: { orders: { spec: s.json } }\nclients: { web: { expose: {} } }\n',
      's.json': `{ "openapi": "3.1.0", "x-a": ${levels('[', ']', 50_000)} }`,
    })
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['GW1105'])
  }, 1000)

  test('a manifest with aliases of aliases', async () => {
    const { problems } = await outcomeOfFiles({ 'gateway.yaml': `gatewright: 1\n${bomb(12)}` })
    expect(problems).toEqual(['GW1005 gateway.yaml:1:1'])
  }, 1000)
})

describe('what is within the limits', () => {
  test('aliases with few repetitions are read', async () => {
    const { problems } = await outcomeOfFiles({
      'spec.yaml': `${head}x-scopes: &scopes { read: Read }\nx-more: *scopes\npaths: { /a: { get: {} } }\n`,
    })
    expect(problems).toEqual([])
  })
})
