import { expect, test } from '@jest/globals'
import { draftClient, prepareServices, sourcesOf } from '../../generator/plan/draft/client.ts'
import { planClient } from '../../generator/plan/settle/client.ts'
import { planServices } from '../../generator/plan/settle/services/planServices.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { some } from '../support/gatewayParts.ts'
import { manifest, modelled, operation, orderId, spec } from '../support/planned.ts'
import { startTestGateway } from '../support/testGateway.ts'
import { filesBelow, read } from './files.ts'

// Ids of routes are to leave room for versions of a client: a route's service and operation stand in `contract` and `action` only.

test('no source takes the id of a route apart', () => {
  const apart =
    /\b(?:route|row|plan)\.id\s*\.\s*(?:split|slice|substring|indexOf|lastIndexOf|startsWith|endsWith|match|replace)/
  const sources = [...filesBelow('generator'), ...filesBelow('templates/runtime')].filter((file) =>
    file.endsWith('.ts'),
  )
  expect(sources.filter((file) => apart.test(read(file)))).toEqual([])
})

/** A client's plan, in which the ids of routes are what `rename` makes of them, as text in which they are the same again. */
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
  const plan = planClient(renamed, planServices(renamed.routes, false, diagnostics).services, [], sourcesOf(draft))
  let text = JSON.stringify(plan)
  for (const [index, { id }] of renamed.routes.entries()) {
    text = text
      .replaceAll(`"id":"${id}"`, `"id":"${index}"`)
      .replaceAll(`"operationId":"${id}"`, `"operationId":"${index}"`)
  }
  return text
}

test('nothing of a plan but the ids themselves depends on the ids of routes', () => {
  const ids = new Map<string, string>()
  const renamed = planWith((id) => {
    ids.set(id, `v2-${ids.size}`)
    return `v2-${ids.size - 1}`
  })
  expect([...ids.keys()]).toEqual(['orders.createOrder', 'orders.getOrder'])
  expect(renamed).toBe(planWith((id) => id))
})

test('a gateway serves routes whatever their ids are', async () => {
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
