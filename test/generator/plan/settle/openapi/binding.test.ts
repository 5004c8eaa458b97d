import { expect, test } from '@jest/globals'
import { withoutBound } from '../../../../../generator/plan/settle/openapi/binding.ts'
import type { JsonObject } from '../../../../../generator/read/types.ts'

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const owned: JsonObject = { type: 'object', required: ['owner'], properties: { owner: {}, name: {} } }

test('what is inlined has no bound members, and the component keeps them', () => {
  const components = new Map([['Owned', owned]])
  const found = withoutBound(ref('Owned'), new Set(['owner']), components)
  expect(found).toEqual({ type: 'object', properties: { name: {} } })
  expect(components.get('Owned')?.['required']).toEqual(['owner'])
})

test('schemas that refer to each other in circles are inlined to a limit, and become any value beyond it', () => {
  const names = Array.from({ length: 12 }, (_, at) => `S${at}`)
  const others = (name: string) => names.filter((one) => one !== name).map(ref)
  const components = new Map(names.map((name) => [name, { ...owned, anyOf: others(name) }]))
  const started = performance.now()
  const text = JSON.stringify(withoutBound(ref('S0'), new Set(['owner']), components))
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(text).not.toContain('"owner"')
  expect(text).toContain('{}')
  // 12! would be about 479 million schemas; the limit is 5,000.
  expect(text.length).toBeLessThan(2_000_000)
})
