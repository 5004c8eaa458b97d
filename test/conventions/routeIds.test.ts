import { expect, test } from '@jest/globals'
import { draftClient, prepareServices } from '../../generator/plan/draft/client.ts'
import { planClient } from '../../generator/plan/settle/client.ts'
import { planServices } from '../../generator/plan/settle/services/planServices.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { some } from '../support/gatewayParts.ts'
import { manifest, modelled, operation, orderId, spec } from '../support/planned.ts'
import { startTestGateway } from '../support/testGateway.ts'
import { filesBelow, read } from './files.ts'

// Nothing may be derived from a route's id, so that ids can later contain a client's version. A route's service and
// operation are in `contract` and `action`.

test('no source parses the id of a route', () => {
  const apart =
    /\b(?:route|row|plan)\.id\s*\.\s*(?:split|slice|substring|indexOf|lastIndexOf|startsWith|endsWith|match|replace)/
  const sources = [...filesBelow('generator'), ...filesBelow('templates/runtime')].filter((file) =>
    file.endsWith('.ts'),
  )
  expect(sources.filter((file) => apart.test(read(file)))).toEqual([])
})

/**
 * A client's plan as text, after renaming the ids of routes. Each id in the text is replaced by the index of its route,
 * so that plans with different ids can be compared. The names of types are left out: they are made of the contract's operation ids.
 */
function planWith(rename: (id: string) => string): string {
  const diagnostics = new Diagnostics()
  const orders = spec([
    `/orders/{orderId}: { ${operation('get', `operationId: getOrder, parameters: [${orderId}]`)} }`,
    `/orders: { ${operation('post', 'operationId: createOrder')} }`,
  ])
  const { value: model } = modelled(manifest(['orders.*: {}']), { orders }, diagnostics)
  const [client] = model.manifest.clients
  if (client === undefined) throw new Error('There is no model.')
  const draft = draftClient(client, model, prepareServices(model))
  const renamed = { ...draft, routes: draft.routes.map((route) => ({ ...route, id: rename(route.id) })) }
  const plan = planClient(renamed, planServices(renamed.routes, false, diagnostics).services, [])
  let text = JSON.stringify({ ...plan, types: [] })
  for (const [index, { id }] of renamed.routes.entries()) {
    text = text
      .replaceAll(`"id":"${id}"`, `"id":"${index}"`)
      .replaceAll(`"operationId":"${id}"`, `"operationId":"${index}"`)
  }
  return text
}

test('a plan depends on the ids of routes only in the ids themselves', () => {
  const ids = new Map<string, string>()
  const renamed = planWith((id) => {
    ids.set(id, `v2-${ids.size}`)
    return `v2-${ids.size - 1}`
  })
  expect([...ids.keys()]).toEqual(['orders.createOrder', 'orders.getOrder'])
  expect(renamed).toBe(planWith((id) => id))
})

test('a gateway serves routes with any ids', async () => {
  const routes = [
    { ...some.route('GET', '/orders'), id: 'v2.customers.first' },
    { ...some.route('GET', '/orders/{id}'), id: 'second' },
  ]
  const gateway = await startTestGateway({ routes, services: { orders: some.service('http://127.0.0.1:9') } })
  const statuses = await Promise.all(
    ['/orders', '/orders/1'].map(async (path) => (await fetch(`http://127.0.0.1:${gateway.port}${path}`)).status),
  )
  expect(statuses).toEqual([502, 502])
  await gateway.close()
})
