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

  describe('of a schema that contains itself', () => {
    const content = "{ application/json: { schema: { $ref: '#/components/schemas/Node' } } }"
    const recursive = [`/a: { ${one('getA', content)} }`]
    const node =
      "Node: { properties: { data: {}, kids: { type: array, items: { $ref: '#/components/schemas/Node' } } } }"

    test('needs a pointer for the values within, which stands for all of them', () => {
      const entry = 'orders.getA: { open: { /200/data: Why } }'
      expect(plannedFor(recursive, [entry], external, node).said).toEqual([
        'GW3340 orders.getA passes everything at `/200/kids/*/data` (and again where the schema repeats below) of its answers to `web`, which is external: its schema admits any value.',
      ])
      const both = "orders.getA: { open: { /200/data: Why, '/200/kids/*/data': Why } }"
      const { found } = plannedFor(recursive, [both], external, node)
      expect(found.codes).toEqual([])
      expect(found.client.access[0]?.unshaped.map(({ at, passes }) => [at, passes])).toEqual([
        ['/200/data', 'any value'],
        ['/200/kids/*/data', 'any value, also where the schema repeats below'],
      ])
    })

    test('is one warning for other clients, with all pointers', () => {
      const { found } = plannedFor(recursive, ['orders.getA: {}'], {}, node)
      expect(found.codes).toEqual(['GW3341'])
      expect(found.diagnostics[0]?.remedy).toContain(
        "    orders.getA: { open: { '/200/data': <the reason>, '/200/kids/*/data': <the reason> } }",
      )
    })
  })

  describe('of several media types of one status', () => {
    const places = (found: ReturnType<typeof plannedFor>['found']): readonly (string | undefined)[] =>
      found.diagnostics.map(({ code, related }) => `${code} ${related[0]?.origin.pointer.split('/').at(-2)}`)
    const several = (first: string, second: string) => [
      `/a: { ${one('getA', `{ application/json: { schema: ${first} }, application/hal+json: { schema: ${second} } }`)} }`,
    ]

    test('is an error for each schema, and one line of the access table', () => {
      const { found } = plannedFor(several('{ type: object }', '{ type: object }'), ['orders.getA: {}'], external)
      expect(places(found)).toEqual(['GW3340 application~1json', 'GW3340 application~1hal+json'])
      const decided = ['orders.getA: { open: { /200: Why } }']
      const { client } = plannedFor(several('{ type: object }', '{ type: object }'), decided, external).found
      expect(client.access[0]?.unshaped).toEqual([{ at: '/200', passes: 'any members', because: 'Why' }])
    })

    test('is one error if they have the same schema', () => {
      const shared = "{ $ref: '#/components/schemas/Thing' }"
      const { found } = plannedFor(several(shared, shared), ['orders.getA: {}'], external, 'Thing: { type: object }')
      expect(found.codes).toEqual(['GW3340'])
    })

    test('is an error for each stream', () => {
      const both =
        '{ text/event-stream: { schema: { type: string } }, application/x-ndjson: { schema: { type: string } } }'
      const { said } = plannedFor([`/a: { ${one('getA', both)} }`], ['orders.getA: {}'], external)
      expect(said).toEqual([
        expect.stringContaining('events and lines of text/event-stream are not read'),
        expect.stringContaining('events and lines of application/x-ndjson are not read'),
      ])
    })
  })

  test('counts in an error that is described, and not in one that is replaced', () => {
    const answers = `404: { description: None, content: ${details} }, 409: { description: Taken, content: { application/json: {} } }, 500: { description: Failed, content: ${details} }`
    const { found } = plannedFor([`/a: { ${get('getA', answers)} }`], ['orders.getA: {}'], external)
    expect(found.diagnostics.map(({ message }) => /`(\/\S*)`/.exec(message)?.[1])).toEqual(['/404/details'])
  })

  test('counts in an error of any media type, of which JSON passes', () => {
    const any = "{ '*/*': { schema: { properties: { details: { type: object } } } } }"
    const { found } = plannedFor([`/a: { ${one('getA', any, 404)} }`], ['orders.getA: {}'])
    expect(found.codes).toEqual(['GW3341'])
    expect(found.client.access[0]?.unshaped).toEqual([{ at: '/404/details', passes: 'any members', because: null }])
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

  test('is listed beside JSON of the same answer that is open', () => {
    const both = '{ application/json: { schema: { type: object } }, text/event-stream: { schema: { type: string } } }'
    const { found } = plannedFor([`/a: { ${one('getA', both)} }`], ['orders.getA: { open: { /200: Ticks } }'])
    expect(found.client.access[0]?.unshaped).toEqual([
      { at: '/200', passes: 'any members', because: 'Ticks' },
      { at: '/200', passes: 'its events or lines as the service sends them', because: 'Ticks' },
    ])
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

  test.each([
    ['undeclared members pass', details, 'undeclared: pass, ', '/200/details', '(`undeclared: pass`)'],
    ['the media type is not read', '{ application/pdf: {} }', '', '/200', '(application/pdf)'],
    ['XML is not read', '{ application/xml: { schema: { type: object } } }', '', '/200/a', '(application/xml)'],
  ])('decides nothing where %s, and the remedy says so', (_, content, options, pointer, why) => {
    const entry = `orders.getA: { ${options}open: { ${pointer}: Why } }`
    const { found } = plannedFor([`/a: { ${one('getA', content)} }`], [entry], external)
    expect(found.diagnostics.map(({ code, remedy }) => [code, remedy])).toContainEqual([
      'GW3342',
      `Remove it: \`/200\` passes whole ${why}, which \`open\` does not decide.`,
    ])
  })

  test('of a described answer is to be removed', () => {
    const closed = '{ application/json: { schema: { properties: { a: { type: string } } } } }'
    const { found } = plannedFor([`/a: { ${one('getA', closed)} }`], ['orders.getA: { open: { /200: Why } }'])
    expect(found.diagnostics[0]?.remedy).toBe('Remove it: all of the answers is described.')
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
