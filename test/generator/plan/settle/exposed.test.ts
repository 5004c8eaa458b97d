import { expect, test } from '@jest/globals'
import { manifest, planned, spec } from '../../../support/planned.ts'

const fields = (names: readonly string[]): string =>
  names.map((name) => `${name}: { schema: { type: string } }`).join(', ')
const answer = (status: number | string, names: readonly string[]): string =>
  `${status}: { description: Fine, headers: { ${fields(names)} } }`
const document = spec([
  `/a: { get: { operationId: getA, responses: { ${answer(200, ['X-Total-Count', 'ETag', 'Cache-Control', 'Link'])}, ${answer(404, ['X-Reason'])} } } }`,
  `/b: { get: { operationId: getB, responses: { ${answer(200, ['x-total-count', 'Set-Cookie'])}, ${answer(500, ['X-Failed'])} } } }`,
  `/c: { get: { operationId: getC, responses: { ${answer(200, ['X-Other'])} } } }`,
])

function exposedWith(cors: string): readonly string[] | undefined {
  const { client } = planned(manifest(['orders.getA: {}', 'orders.getB: {}'], { client: cors }), { orders: document })
  return client.client.cors?.expose
}

test('scripts may read the fields that the contract documents', () => {
  expect(exposedWith("cors: { origins: ['https://shop.example'] }")).toEqual([
    'ETag',
    'Link',
    'Retry-After',
    'WWW-Authenticate',
    'X-Reason',
    'X-Total-Count',
  ])
})

test('and those of `cors.expose`, each once', () => {
  expect(exposedWith("cors: { origins: ['https://shop.example'], expose: [X-Mine, x-reason] }")).toEqual([
    'X-Mine',
    'x-reason',
    'ETag',
    'Link',
    'Retry-After',
    'WWW-Authenticate',
    'X-Total-Count',
  ])
})

test('all of them are listed under `trust` of access.json', () => {
  const cors = "cors: { origins: ['https://shop.example'], expose: [X-Mine] }"
  const { client } = planned(manifest(['orders.getA: {}'], { client: cors }), { orders: document })
  expect(client.trust.cors?.expose).toEqual(client.client.cors?.expose)
  expect(client.trust.cors?.expose).toContain('X-Total-Count')
})
