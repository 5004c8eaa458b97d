import { expect, test } from '@jest/globals'
import { manifest, operation, planned, spec } from '../support/planned.ts'

// A 204 whose document lists content without a schema was GW3208 for external clients: 80 operations of one document were refused.

const content = 'description: Done, content: { application/json: {} }'
const codesOf = (method: string, status: string, options = '{}') => {
  const fine = '200: { description: Fine, content: { application/json: { schema: { type: boolean } } } }'
  const path = operation(method, 'operationId: change').replace(
    /responses: .*$/,
    `responses: { ${fine}, ${status}: { ${content} } } }`,
  )
  const external = { client: 'audience: external' }
  return planned(manifest([`orders.change: ${options}`], external), { orders: spec([`/orders: { ${path} }`]) }).codes
}

test.each([
  ['delete', '204'],
  ['post', '205'],
  ['get', '304'],
  ['get', "'103'"],
  ['get', '1XX'],
  ['head', '201'],
  ['head', 'default'],
])('%s: content of %s needs no schema', (method, status) => {
  expect(codesOf(method, status)).toEqual([])
})

test.each([
  ['get', '201'],
  ['get', '2XX'],
  ['post', 'default'],
])('%s: content of %s needs a schema', (method, status) => {
  expect(codesOf(method, status)).toEqual(['GW3208'])
})
