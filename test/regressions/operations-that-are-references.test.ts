import { describe, expect, test } from '@jest/globals'
import { Diagnostics } from '../../generator/support/index.ts'
import { manifest, modelled, spec } from '../support/planned.ts'

// An operation that is a `$ref` within its document, or one that leads nowhere, was taken for an operation that
// describes nothing: without parameters, body and security.

const described = '{ operationId: list, security: [], parameters: [{ name: q, in: query, schema: {} }], responses: {} }'

function operationOf(operation: string) {
  const document = spec([`/orders: { get: ${operation} }`, `/other: { get: ${described} }`])
  const model = modelled(manifest(['orders.*: {}']), { orders: document }, new Diagnostics())
  const [found] = model?.value.services[0]?.operations ?? []
  return {
    ids: found?.operationId,
    names: found?.parameters.map(({ name }) => name),
    codes: found?.faults.map((one) => one.code),
  }
}

describe('an operation that is a reference', () => {
  test.each([
    ["{ $ref: '#/paths/~1other/get' }", 'list'],
    ["{ $ref: '#/paths/~1other/get', operationId: mine }", 'mine'],
  ])('%s is what it leads to', (operation, ids) => {
    expect(operationOf(operation)).toEqual({ ids, names: ['q'], codes: [] })
  })

  test.each([
    ["{ $ref: '#/paths/~1none/get' }", 'GW1204'],
    ["{ $ref: '#/paths/~1orders/get' }", 'GW1206'],
    ["{ $ref: '#/info/title' }", 'GW2115'],
  ])('%s is a fault', (operation, code) => {
    expect(operationOf(operation).codes).toEqual([code])
  })
})
