import { describe, expect, test } from '@jest/globals'
import { manifest, planned, spec } from '../../../../support/planned.ts'

const details = '{ application/json: { schema: { properties: { details: { type: object } } } } }'
const events = '{ text/event-stream: { schema: { properties: { a: { type: string } } } } }'
const get = (id: string, answers: string): string => `get: { operationId: ${id}, responses: { ${answers} } }`
const one = (id: string, content: string, status = 200): string =>
  get(id, `${status}: { description: Fine, content: ${content} }`)

const external = { client: 'audience: external' }

function plannedFor(paths: readonly string[], expose: readonly string[], more = {}, schemas = '') {
  const document = spec(paths).replace('components:\n', `components:\n  schemas: { ${schemas} }\n`)
  const found = planned(manifest(expose, more), { orders: document })
  return { found, said: found.diagnostics.map(({ code, message }) => `${code} ${message}`) }
}

describe('an open place of an answer (rule O2)', () => {
  const paths = [`/a: { ${one('getA', details)} }`]

  test('is an error for an external client, with an overlay that resolves it', () => {
    const { found, said } = plannedFor(paths, ['orders.getA: {}'], external)
    expect(said).toEqual([
      'GW3340 orders.getA passes everything at `/200/details` of its answers to `web`, which is external: its schema declares no members.',
    ])
    expect(found.diagnostics[0]?.remedy).toContain(
      `- target: "$.paths['/a'].get.responses['200'].content['application/json'].schema.properties.details"`,
    )
  })

  test('passes with a reason, which is in the access table', () => {
    const { found } = plannedFor(paths, ['orders.getA: { open: { /200/details: Suppliers write it } }'], external)
    expect(found.codes).toEqual([])
    expect(found.client.access[0]?.unshaped).toEqual([
      { at: '/200/details', passes: 'any members', because: 'Suppliers write it' },
    ])
  })

  test('is a warning for other clients, and in the access table', () => {
    const { found } = plannedFor(paths, ['orders.getA: {}'])
    expect(found.codes).toEqual(['GW3341'])
    expect(found.client.access[0]?.unshaped).toEqual([{ at: '/200/details', passes: 'any members', because: null }])
  })

  test('is one warning for all routes that lead to its schema', () => {
    const content = "{ application/json: { schema: { $ref: '#/components/schemas/Thing' } } }"
    const { said } = plannedFor(
      [`/a: { ${one('getA', content)} }`, `/b: { ${one('getB', content)} }`, `/c: { ${one('getC', content)} }`],
      ['orders.*: {}'],
      {},
      'Thing: {}',
    )
    expect(said).toEqual([
      'GW3341 Everything passes to `web` at `/200` of the answers of orders.getA and of 2 more routes: its schema admits any value.',
    ])
  })

  test('counts in an error that is described, and not in one that is replaced', () => {
    const answers = `404: { description: None, content: ${details} }, 409: { description: Taken, content: { application/json: {} } }, 500: { description: Failed, content: ${details} }`
    const { found } = plannedFor([`/a: { ${get('getA', answers)} }`], ['orders.getA: {}'], external)
    expect(found.diagnostics.map(({ message }) => /`(\/\S*)`/.exec(message)?.[1])).toEqual(['/404/details'])
  })

  test('is decided by `undeclared: pass` as a whole', () => {
    const { found } = plannedFor(paths, ['orders.getA: { undeclared: pass }'])
    expect(found.codes).toEqual([])
    expect(found.client.access[0]?.unshaped).toEqual([
      { at: '/200', passes: 'application/json with undeclared members', because: null },
    ])
  })
})

describe('a stream, whose events are not read', () => {
  const paths = [`/a: { ${one('getA', events)} }`]

  test('is open although its items are described', () => {
    expect(plannedFor(paths, ['orders.getA: {}'], external).found.codes).toEqual(['GW3340'])
    expect(plannedFor(paths, ['orders.getA: {}']).found.codes).toEqual(['GW3341'])
  })

  test('passes with a reason', () => {
    expect(plannedFor(paths, ['orders.getA: { open: { /200: Ticks } }'], external).found.codes).toEqual([])
  })
})

test('an answer without a schema may pass to an external client with a reason', () => {
  const paths = [`/a: { ${one('getA', '{ application/json: {} }')} }`]
  expect(plannedFor(paths, ['orders.getA: {}'], external).found.codes).toEqual(['GW3208'])
  expect(plannedFor(paths, ['orders.getA: { open: { /200: Public data } }'], external).found.codes).toEqual([])
})

test('a document of another media type is listed, and is no open place', () => {
  const { found } = plannedFor([`/a: { ${one('getA', '{ application/pdf: {} }')} }`], ['orders.getA: {}'], external)
  expect(found.codes).toEqual([])
  expect(found.client.access[0]?.unshaped).toEqual([
    { at: '/200', passes: 'application/pdf as the service sends it', because: null },
  ])
})

describe('an entry of `open`', () => {
  test('that names no open place is an error, with the one that was meant', () => {
    const { found } = plannedFor([`/a: { ${one('getA', details)} }`], ['orders.getA: { open: { /200/detail: Why } }'])
    const stale = found.diagnostics.find(({ code }) => code === 'GW3342')
    expect(stale?.origin?.pointer).toBe('/clients/web/expose/orders.getA/open/~1200~1detail')
    expect(stale?.remedy).toBe('Did you mean `/200/details`?')
  })

  test('of several routes is needed by one of them', () => {
    const closed = '{ application/json: { schema: { properties: { a: { type: string } } } } }'
    const paths = [`/a: { ${one('getA', details)} }`, `/b: { ${one('getB', closed)} }`]
    expect(plannedFor(paths, ['orders.*: { open: { /200/details: Why } }'], external).found.codes).toEqual([])
  })

  test('stands for everything below it, and the nearest one counts', () => {
    const two = '{ application/json: { schema: { properties: { a: { properties: { b: {} } }, c: {} } } } }'
    const { found } = plannedFor(
      [`/a: { ${one('getA', two)} }`],
      ['orders.getA: { open: { /200: All, /200/a: Near } }'],
      external,
    )
    expect(found.codes).toEqual([])
    expect(found.client.access[0]?.unshaped.map(({ at, because }) => [at, because])).toEqual([
      ['/200/c', 'All'],
      ['/200/a/b', 'Near'],
    ])
  })

  test('does not stand for members whose name begins alike', () => {
    const { found } = plannedFor(
      [`/a: { ${one('getA', '{ application/json: { schema: { properties: { detail: {}, details: {} } } } }')} }`],
      ['orders.getA: { open: { /200/detail: Why } }'],
      external,
    )
    expect(found.codes).toEqual(['GW3340'])
  })

  test('counts only where it is most specific', () => {
    const { found } = plannedFor(
      [`/a: { ${one('getA', details)} }`],
      ['orders.*: { open: { /200/details: All } }', 'orders.getA: { open: { /200/details: This one } }'],
    )
    expect(found.client.access[0]?.unshaped[0]?.because).toBe('This one')
  })
})
