import { describe, expect, test } from '@jest/globals'
import { type ContractChanges, diffContracts } from '../../../generator/diff/contract.ts'

type Json = Readonly<Record<string, unknown>>

const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } })
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const query = (name: string, more: Json = {}): Json => ({ name, in: 'query', schema: { type: 'string' }, ...more })

/** A contract with two routes that use the same component in different ways. */
function contract(over: { readonly paths?: Json; readonly schemas?: Json; readonly more?: Json } = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'shop: web', version: '1.0.0' },
    paths: { '/orders/{orderId}': { get: getOrder() }, '/carts': { post: addCart() }, ...over.paths },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Order: order(), Item: item(), Note: { type: 'object', properties: {} }, ...over.schemas },
      responses: { Gone: { description: 'Gone', ...json({ type: 'object' }) } },
    },
    ...over.more,
  }
}

function getOrder(over: Json = {}): Json {
  return {
    operationId: 'orders.getOrder',
    summary: 'One order',
    parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }, query('expand')],
    responses: {
      200: { description: 'It', ...json(ref('Order')) },
      404: { description: 'Not there', ...json({ type: 'object' }) },
      410: { $ref: '#/components/responses/Gone' },
    },
    ...over,
  }
}

function addCart(over: Json = {}): Json {
  return {
    operationId: 'orders.addCart',
    requestBody: { required: true, ...json({ type: 'array', items: ref('Item') }) },
    responses: { 204: { description: 'Done' } },
    ...over,
  }
}

function order(over: Json = {}): Json {
  return {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, items: { items: ref('Item') } },
    ...over,
  }
}

function item(state: Json = { enum: ['open', 'sent'] }): Json {
  return { type: 'object', properties: { state, parent: ref('Item'), order: ref('Order') } }
}

function changes(before: Json, after: Json): ContractChanges {
  const found = diffContracts(JSON.stringify(before), JSON.stringify(after))
  if (found === null) throw new Error('A contract cannot be read.')
  return found
}

const nothing: ContractChanges = { added: [], removed: [], changed: [], opened: [], schemes: [], texts: false }
const theOrder = { method: 'GET', path: '/orders/{orderId}' }
const theCart = { method: 'POST', path: '/carts' }
const inPlace = (get: Json): Json => contract({ paths: { '/orders/{orderId}': { get: getOrder(get) } } })

describe('changes are listed by route', () => {
  const given: readonly (readonly [what: string, after: Json, want: Partial<ContractChanges>])[] = [
    [
      'a renamed property of an answer',
      contract({
        schemas: { Order: order({ properties: { orderId: { type: 'string' }, items: { items: ref('Item') } } }) },
      }),
      // The schema of an item refers to its order.
      {
        changed: [
          { ...theOrder, inputs: [], answers: [{ what: '200', how: 'changed' }] },
          { ...theCart, inputs: [{ what: 'body application/json', how: 'changed' }], answers: [] },
        ],
        opened: [{ ...theOrder, what: ['orderId', 'id.*'] }],
      },
    ],
    [
      'a renamed property of a request body',
      contract({
        paths: {
          '/carts': {
            post: addCart({ requestBody: { required: true, ...json({ type: 'object', properties: { a: {} } }) } }),
          },
        },
      }),
      { changed: [{ ...theCart, inputs: [{ what: 'body application/json', how: 'changed' }], answers: [] }] },
    ],
    [
      'a new optional parameter',
      inPlace({ parameters: [...(getOrder()['parameters'] as readonly Json[]), query('page')] }),
      { changed: [{ ...theOrder, inputs: [{ what: 'query page', how: 'new' }], answers: [] }] },
    ],
    [
      'a parameter that is gone',
      inPlace({ parameters: (getOrder()['parameters'] as readonly Json[]).slice(0, 1) }),
      { changed: [{ ...theOrder, inputs: [{ what: 'query expand', how: 'gone' }], answers: [] }] },
    ],
    [
      'a parameter that became required',
      inPlace({ parameters: [(getOrder()['parameters'] as readonly Json[])[0], query('expand', { required: true })] }),
      { changed: [{ ...theOrder, inputs: [{ what: 'query expand', how: 'changed' }], answers: [] }] },
    ],
    [
      'a removed status',
      inPlace({
        responses: { 200: { description: 'It', ...json(ref('Order')) }, 410: { $ref: '#/components/responses/Gone' } },
      }),
      { changed: [{ ...theOrder, inputs: [], answers: [{ what: '404', how: 'gone' }] }] },
    ],
    [
      'a header of an answer',
      inPlace({
        responses: {
          ...(getOrder()['responses'] as Json),
          404: {
            description: 'Not there',
            ...json({ type: 'object' }),
            headers: { ETag: { schema: { type: 'string' } } },
          },
        },
      }),
      { changed: [{ ...theOrder, inputs: [], answers: [{ what: '404', how: 'changed' }] }] },
    ],
    [
      'an enumeration deep in a component that two routes lead to',
      contract({ schemas: { Item: item({ enum: ['open', 'sent', 'lost'] }) } }),
      {
        changed: [
          { ...theOrder, inputs: [], answers: [{ what: '200', how: 'changed' }] },
          { ...theCart, inputs: [{ what: 'body application/json', how: 'changed' }], answers: [] },
        ],
      },
    ],
    [
      'a body that need not be sent any more',
      contract({
        paths: { '/carts': { post: addCart({ requestBody: json({ type: 'array', items: ref('Item') }) }) } },
      }),
      { changed: [{ ...theCart, inputs: [{ what: 'body', how: 'changed' }], answers: [] }] },
    ],
    [
      'a body that is gone',
      contract({ paths: { '/carts': { post: addCart({ requestBody: undefined }) } } }),
      { changed: [{ ...theCart, inputs: [{ what: 'body', how: 'gone' }], answers: [] }] },
    ],
    [
      'a new method of a path',
      contract({ paths: { '/carts': { post: addCart(), get: getOrder({ parameters: [] }) } } }),
      { added: [{ method: 'GET', path: '/carts' }] },
    ],
    ['a route that is gone', contract({ paths: { '/carts': {} } }), { removed: [theCart] }],
    [
      'another way to authenticate',
      contract({
        more: {
          components: {
            ...(contract()['components'] as Json),
            securitySchemes: { key: { type: 'apiKey', in: 'header' } },
          },
        },
      }),
      {
        schemes: [
          { what: 'key', how: 'new' },
          { what: 'bearer', how: 'gone' },
        ],
      },
    ],
  ]
  test.each(given)('%s', (_, after, want) => {
    expect(changes(contract(), after)).toEqual({ ...nothing, ...want })
  })
})

const answers = (more: Json): Json => inPlace({ responses: { ...(getOrder()['responses'] as Json), ...more } })
const ok = (schema: Json | boolean): Json =>
  answers({ 200: { description: 'It', content: { 'application/json': { schema } } } })

describe('answers are opened by', () => {
  const items = (schema: unknown): Json =>
    ok(order({ properties: { id: { type: 'string' }, items: { items: schema } } }))
  const given: readonly (readonly [what: string, after: Json, want: readonly string[]])[] = [
    ['a member', ok(order({ properties: { id: {}, owner: { type: 'string' } } })), ['id.*', 'owner']],
    [
      'a member of a component',
      contract({ schemas: { Item: { properties: { state: {}, cost: {} } } } }),
      ['items[].state.*', 'items[].cost'],
    ],
    [
      'a member of an alternative',
      items({ anyOf: [ref('Item'), { properties: { cost: { type: 'number' } } }] }),
      ['items[].cost'],
    ],
    ['members of any name', items({ ...item(), additionalProperties: { type: 'string' } }), ['items[].*']],
    ['an element without schema', items({}), ['items[].*']],
    ['an object without members', items({ type: 'object' }), ['items[].*']],
    ['a schema that admits everything', ok(true), ['*']],
    ['an alternative that admits everything', items({ anyOf: [ref('Item'), {}] }), ['items[].*']],
    ['a list of members that is empty', items({ type: 'object', properties: {} }), ['items[].*']],
    ['a condition', ok({ ...order(), if: { properties: { cost: { type: 'number' } } } }), ['cost']],
    ['a dependent schema', ok({ ...order(), dependentSchemas: { id: { properties: { cost: {} } } } }), ['cost']],
    ['members that parts leave', ok({ ...order(), unevaluatedProperties: { type: 'string' } }), ['*']],
    ['a member that is only required', ok(order({ required: ['id', 'cost'] })), ['cost']],
    [
      'a header',
      answers({ 200: { description: 'It', headers: { 'X-Cost': {} }, ...json(ref('Order')) } }),
      ['the header X-Cost'],
    ],
    [
      'a status with a body',
      answers({ 202: { description: 'Later', ...json({ type: 'string' }) } }),
      ['the answer 202'],
    ],
    [
      'a media type',
      answers({
        200: { description: 'It', content: { 'application/json': { schema: ref('Order') }, 'text/csv': {} } },
      }),
      ['text/csv'],
    ],
  ]
  test.each(given)('%s', (_, after, want) => {
    expect(changes(contract(), after).opened).toEqual([{ ...theOrder, what: want }])
  })

  test.each([
    ['fewer members', ok({ type: 'object', properties: { id: { type: 'string' } } })],
    [
      'a member that only requests have',
      ok(order({ properties: { ...(order()['properties'] as Json), pin: { writeOnly: true } } })),
    ],
    ['a status without a body', answers({ 202: { description: 'Later' } })],
    ['an unchanged schema in another place', ok({ allOf: [ref('Order')] })],
    ['a part that admits everything', ok({ allOf: [ref('Order'), {}] })],
    ['an alternative of nothing new', items({ anyOf: [ref('Item'), { type: 'string' }] })],
    [
      'a header that always passes',
      answers({ 200: { description: 'It', headers: { ETag: {} }, ...json(ref('Order')) } }),
    ],
  ])('not by %s', (_, after) => {
    expect(changes(contract(), after).opened).toEqual([])
  })
})

describe('answers are opened where nothing could be', () => {
  const object = (a: Json | boolean): Json => ok({ type: 'object', properties: { a } })
  test.each<readonly [what: string, before: Json, after: Json, want: readonly string[]]>([
    ['a member', object(false), object({ type: 'string' }), ['a']],
    ['the whole answer', ok(false), ok({ type: 'string' }), ['*']],
    ['items', ok({ type: 'array', items: false }), ok({ type: 'array', items: {} }), ['[]']],
    ['a member that stays as it is', object(false), object(false), []],
  ])('%s', (_, before, after, want) => {
    expect(changes(before, after).opened).toEqual(want.length === 0 ? [] : [{ ...theOrder, what: want }])
  })

  test.each<readonly [what: string, before: Json, after: Json, want: readonly string[]]>([
    [
      'new beside a schema',
      { schema: { type: 'string' } },
      { schema: { type: 'string' }, itemSchema: { type: 'object' } },
      [],
    ],
    [
      'gone beside a schema',
      { schema: { type: 'string' }, itemSchema: { type: 'string' } },
      { schema: { type: 'string' } },
      [],
    ],
    ['gone', { itemSchema: { type: 'string' } }, {}, ['*']],
    ['of nothing', { itemSchema: false }, { itemSchema: { type: 'string' } }, ['*']],
  ])('itemSchema %s', (_, before, after, want) => {
    const stream = (media: Json): Json =>
      answers({ 200: { description: 'It', content: { 'application/x-ndjson': media } } })
    expect(changes(stream(before), stream(after)).opened.flatMap(({ what }) => what)).toEqual(want)
  })
})

test('a member that is named is compared with the members of any name before', () => {
  const map = (more: Json): Json => ok({ type: 'object', additionalProperties: { type: 'string' }, ...more })
  const after = map({ properties: { cost: { properties: { amount: { type: 'number' } } } } })
  expect(changes(map({}), after).opened).toEqual([{ ...theOrder, what: ['cost.amount'] }])
})

test('answers are opened by the schema that a discriminator selects for other values', () => {
  const base = (otherwise: string): Json => ({
    type: 'object',
    properties: { kind: { type: 'string' } },
    discriminator: { propertyName: 'kind', mapping: {}, 'x-default-mapping': `#/components/schemas/${otherwise}` },
  })
  const schemas = (otherwise: string): Json => ({
    Base: base(otherwise),
    Small: { allOf: [ref('Base')] },
    Large: { allOf: [ref('Base'), { properties: { cost: { type: 'number' } } }] },
  })
  const at = (otherwise: string): Json =>
    contract({ paths: ok(ref('Base'))['paths'] as Json, schemas: schemas(otherwise) })
  expect(changes(at('Small'), at('Large')).opened).toEqual([{ ...theOrder, what: ['cost'] }])
})

describe('a change without effect on messages is a change of texts', () => {
  const given: readonly (readonly [what: string, after: Json])[] = [
    ['a description', inPlace({ summary: 'The order' })],
    [
      'a description deep in a component',
      contract({ schemas: { Item: item({ enum: ['open', 'sent'], description: 'How far' }) } }),
    ],
    [
      'an example',
      inPlace({ parameters: [(getOrder()['parameters'] as readonly Json[])[0], query('expand', { example: 'a' })] }),
    ],
    ['a title', contract({ more: { info: { title: 'Shop', version: '1.0.0' } } })],
    [
      'the name of a path parameter',
      contract({
        paths: {
          '/orders/{orderId}': undefined,
          '/orders/{id}': {
            get: getOrder({
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, query('expand')],
            }),
          },
        },
      }),
    ],
    [
      'the name of a component',
      contract({
        paths: {
          '/orders/{orderId}': {
            get: getOrder({
              responses: { ...(getOrder()['responses'] as Json), 200: { description: 'It', ...json(ref('Purchase')) } },
            }),
          },
        },
        schemas: { Purchase: order() },
      }),
    ],
  ]
  test.each(given)('%s', (_, after) => {
    expect(changes(contract(), after)).toEqual({ ...nothing, texts: true })
  })

  test('but not a property that is called `description`', () => {
    const note = (properties: Json): Json =>
      contract({
        paths: {
          '/notes': {
            get: getOrder({ parameters: [], responses: { 200: { description: 'It', ...json(ref('Note')) } } }),
          },
        },
        schemas: { Note: { type: 'object', properties } },
      })
    const { changed, texts } = changes(note({ description: { type: 'string' } }), note({}))
    expect([changed.map(({ path }) => path), texts]).toEqual([['/notes'], false])
  })

  test('reported beside other changes only when a route without any has one', () => {
    const paths = { '/orders/{orderId}': { get: getOrder({ summary: 'The order', parameters: [] }) } }
    expect(changes(contract(), contract({ paths })).texts).toBe(false)
    expect(
      changes(contract(), contract({ paths: { ...paths, '/carts': { post: addCart({ summary: 'Adds' }) } } })).texts,
    ).toBe(true)
  })
})

describe('nothing changed if', () => {
  test('the text is the same', () => {
    expect(changes(contract(), contract())).toEqual(nothing)
  })

  test('required members and enum values change their order: texts only', () => {
    const two = (required: readonly string[]): Json => contract({ schemas: { Order: order({ required }) } })
    expect(changes(two(['id', 'items']), two(['items', 'id']))).toEqual({ ...nothing, texts: true })
  })
})

describe('an earlier contract', () => {
  test.each(['', '<<<<<<<', 'null', '[]'])('that is not valid (%j) gives no comparison', (text) => {
    expect(diffContracts(text, JSON.stringify(contract()))).toBeNull()
  })

  test('with dangling references is compared', () => {
    const dangling = contract({ schemas: { Order: ref('Nothing') } })
    expect(changes(dangling, dangling)).toEqual(nothing)
    expect(changes(dangling, contract()).changed.map(({ path }) => path)).toContain('/orders/{orderId}')
  })

  test('with a reference to itself is compared', () => {
    const circle = contract({ schemas: { Order: ref('Order') } })
    expect(changes(circle, contract()).changed.map(({ path }) => path)).toContain('/orders/{orderId}')
  })
})
