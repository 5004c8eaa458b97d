import { expect, test } from '@jest/globals'
import { createAllow } from '../../../templates/runtime/answers/allow.ts'
import { some } from '../../support/gatewayParts.ts'

const get = some.route('GET', '/orders')
const put = some.route('PUT', '/orders')
const remove = some.route('DELETE', '/orders')
const elsewhere = some.route('POST', '/orders', { action: { ...get.action, service: 'archive', method: 'POST' } })
const peers = [get, put, remove, elsewhere]

test.each<[string, string | string[] | undefined, string]>([
  ['without `Allow` all but the refused method', undefined, 'GET, HEAD, OPTIONS, POST, PUT'],
  ['what the service allows', 'GET, HEAD, PATCH', 'GET, HEAD, OPTIONS, POST'],
  ['methods in lower case', 'get,put', 'GET, HEAD, OPTIONS, POST, PUT'],
  ['two field lines', ['GET', 'PUT'], 'GET, HEAD, OPTIONS, POST, PUT'],
  ['nothing', '', 'OPTIONS, POST'],
])('%s', (_, field, want) => {
  expect(createAllow(remove, peers)(field)).toBe(want)
})
