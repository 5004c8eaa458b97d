import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { manifest, planned } from '../support/planned.ts'
import { credential, type PlannedGateway, startPlannedGateway } from '../support/plannedGateway.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'

// Headers, media types, fields of forms and examples whose names begin with `x-` were taken for extensions of OpenAPI: the gateway dropped
// the header of an answer and refused the media type, although the document describes them.

let gateway: PlannedGateway
beforeAll(async () => {
  gateway = await startPlannedGateway({
    paths: [
      "/orders: { get: { operationId: list, responses: { '200': { description: a, headers: {",
      '  x-next: { schema: { type: string } }, x-fapi-interaction-id: { schema: { type: string } }, X-Total: { schema: { type: integer } } },',
      '  content: { x-shop/order+json: { schema: { type: object, properties: { id: { type: integer } } },',
      '    examples: { x-one: { value: { id: 41 } }, x-text: a } }, x-note: an extension } } } },',
      '  post: { operationId: add, requestBody: { content: { application/x-www-form-urlencoded: {',
      '    schema: { type: object, properties: { x-tags: { type: array, items: { type: string, maxLength: 1 } } } },',
      '    encoding: { x-tags: { style: pipeDelimited, explode: false } } } } },',
      "    responses: { '204': { description: a }, x-why: an extension } } }",
      'x-paths: an extension',
    ],
    expose: ['orders.*: { access: { authenticated: true } }'],
    answer: (req, res) => {
      if (req.method === 'POST') res.writeHead(204).end()
      else {
        const headers = { 'x-next': 'p2', 'x-fapi-interaction-id': 'i', 'X-Total': '3', 'x-hidden': 'h' }
        res.writeHead(200, { 'content-type': 'x-shop/order+json', ...headers }).end('{"id":1,"secret":2}')
      }
    },
  })
})
afterAll(() => gateway?.close())

const send = (method: string, fields: readonly string[], body = '') =>
  sendRaw(gateway.port, requestText(`${method} /orders HTTP/1.1`, [credential, ...fields], body))

test('an answer has its documented headers and media type, and is reduced to its schema', async () => {
  const answer = await send('GET', [])
  const names = ['x-next', 'x-fapi-interaction-id', 'x-total', 'x-hidden', 'content-type']
  expect([answer.status, answer.body]).toEqual([200, '{"id":1}'])
  expect(names.map((name) => answer.header(name))).toEqual(['p2', 'i', '3', undefined, 'x-shop/order+json'])
})

test('the encoding of a field of a form counts', async () => {
  const form = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 10']
  expect((await send('POST', form, 'x-tags=a|b')).status).toBe(204)
  expect(gateway.service.requests.at(-1)?.body.toString()).toBe('x-tags=a%7Cb')
})

test('the contract has what is documented, and no extension', () => {
  const text = JSON.stringify(gateway.contract)
  for (const name of ['x-next', 'x-fapi-interaction-id', 'x-shop/order+json', 'x-tags'])
    expect(text).toContain(`"${name}"`)
  for (const name of ['x-text', 'x-note', 'x-why', 'x-paths']) expect(text).not.toContain(`"${name}"`)
})

test('a method that is not supported is reported, whatever its name', () => {
  const operation = { responses: { 204: { description: 'Done' } } }
  const document = {
    openapi: '3.2.0',
    info: { title: 'a', version: '1' },
    paths: {
      '/orders': { get: { operationId: 'list', ...operation }, additionalOperations: { 'x-purge': operation } },
    },
  }
  const text = manifest(['orders.list: { access: { authenticated: true } }'])
  expect(planned(text, { orders: JSON.stringify(document) }).codes).toContain('GW2118')
})
