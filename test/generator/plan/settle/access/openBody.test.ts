import { describe, expect, test } from '@jest/globals'
import { manifest, operation, planned, spec } from '../../../../support/planned.ts'

function rowOf(body: string, options = '{}', components = '') {
  const members = `operationId: addOrder, requestBody: ${body}`
  const { client } = planned(manifest([`orders.addOrder: ${options}`]), {
    orders: `${spec([`/orders: { ${operation('post', members)} }`])}\n${components}`,
  })
  const { undeclaredBody, freeBody } = client.access[0] ?? {}
  return { undeclaredBody, freeBody }
}

const json = (schema: string): string => `{ content: { application/json: { schema: ${schema} } } }`
const text = '{ type: string }'

describe('a body is open where members may be sent that the spec does not list', () => {
  test.each<[string, string, 'pass' | null, boolean]>([
    ['an object', json(`{ type: object, properties: { a: ${text} } }`), 'pass', false],
    ['a closed object', json(`{ type: object, additionalProperties: false, properties: { a: ${text} } }`), null, false],
    ['a map', json(`{ type: object, additionalProperties: ${text} }`), null, true],
    ['names by pattern', json(`{ type: object, patternProperties: { '^x-': ${text} } }`), null, true],
    ['an object without members', json('{ type: object }'), null, true],
    ['a list of objects', json(`{ type: array, items: { type: object, properties: { a: ${text} } } }`), 'pass', false],
    [
      'an object in a closed one',
      json(`{ type: object, additionalProperties: false, properties: { a: { properties: { b: ${text} } } } }`),
      'pass',
      false,
    ],
    [
      'an object that a part closes',
      json(`{ unevaluatedProperties: false, allOf: [{ type: object, properties: { a: ${text} } }] }`),
      null,
      false,
    ],
    [
      'alternatives of which one is open',
      json(`{ oneOf: [{ additionalProperties: false, properties: { a: ${text} } }, { properties: { b: ${text} } }] }`),
      'pass',
      false,
    ],
    ['text', json(text), null, false],
    ['JSON without a schema', '{ content: { application/json: {} } }', null, true],
    ['a form', `{ content: { multipart/form-data: { schema: { properties: { a: ${text} } } } } }`, null, false],
    [
      'JSON within a form',
      `{ content: { multipart/form-data: { schema: { properties: { a: { properties: { b: ${text} } } } } } } }`,
      'pass',
      false,
    ],
    ['XML', `{ content: { application/xml: { schema: { type: object } } } }`, null, true],
    ['a file', '{ content: { application/octet-stream: {} } }', null, false],
  ])('%s', (_, body, undeclaredBody, freeBody) => {
    expect(rowOf(body)).toEqual({ undeclaredBody, freeBody })
  })

  test('the row says what a route does with undeclared members', () => {
    const body = json(`{ type: object, properties: { a: ${text} } }`)
    expect(rowOf(body, '{ undeclaredBody: drop }')).toEqual({ undeclaredBody: 'drop', freeBody: false })
  })
})
