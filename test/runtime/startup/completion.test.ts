import { describe, expect, test } from '@jest/globals'
import { completeRoute } from '../../../templates/runtime/startup/completion.ts'
import type { Client, Service, WrittenRoute } from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'
import { startTestGateway } from '../../support/testGateway.ts'

const written: WrittenRoute = {
  id: 'orders.listOrders',
  method: 'GET',
  path: '/orders',
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'orders', operation: 'listOrders' },
  action: { kind: 'call', service: 'orders', method: 'GET', path: '/orders' },
  answers: { statuses: ['200'] },
}
const service: Service = some.service('http://orders', {
  sends: ['key'],
  timeout: 2_000,
  answers: { check: 'enforce', undeclared: 'pass' },
})
const client: Client = some.client({ undeclaredQuery: 'refuse', maxBody: { plain: 10, files: 20 } })
const complete = (more: Partial<WrittenRoute> = {}) => completeRoute({ ...written, ...more }, client, service)

describe('an omitted member of a route', () => {
  test('has the value of its service', () => {
    expect(complete()).toMatchObject({
      action: { credentials: ['key'] },
      answers: { check: 'enforce', undeclared: 'pass', statuses: ['200'] },
      timeout: 2_000,
    })
  })

  test('allows no inputs', () => {
    const { request } = complete()
    expect(request).toEqual({
      path: [],
      query: [],
      header: [],
      cookie: [],
      body: null,
      bind: [],
      undeclaredQuery: 'refuse',
      maxBody: 0,
    })
  })

  test.each([
    [['application/json'], 10],
    [['application/json', 'application/pdf'], 20],
    [['multipart/form-data'], 20],
  ])('is the client’s limit for bodies of the types %j', (body, want) => {
    expect(complete({ request: { body } }).request.maxBody).toBe(want)
  })
})

test('the values of a route take precedence', () => {
  const route = complete({
    request: { query: ['q'], body: ['image/png'], undeclaredQuery: 'drop', maxBody: 5 },
    action: { ...written.action, credentials: [] },
    answers: { check: 'off', undeclared: 'drop', statuses: [] },
    timeout: 1,
  })
  expect(route).toMatchObject({
    request: { query: ['q'], body: ['image/png'], undeclaredQuery: 'drop', maxBody: 5 },
    action: { credentials: [] },
    answers: { check: 'off', undeclared: 'drop' },
    timeout: 1,
  })
})

test('routes have their members in one order, whatever is omitted', () => {
  const { access: _, ...rest } = written
  const shuffled: WrittenRoute = {
    timeout: 1,
    request: { maxBody: 1, body: [], path: ['a'] },
    ...rest,
    access: written.access,
  }
  const routes = [complete(), completeRoute(shuffled, client, service)]
  const [first, second] = routes.map((route) => [Object.keys(route), Object.keys(route.request)])
  expect(second).toEqual(first)
})

test('a gateway starts with routes as written', async () => {
  const { request: _, timeout: __, ...short } = some.route('GET', '/orders')
  const gateway = await startTestGateway({ routes: [short], services: { orders: some.service('http://127.0.0.1:9') } })
  const { status } = await fetch(`http://127.0.0.1:${gateway.port}/orders`)
  expect(status).toBe(502)
  await gateway.close()
})
