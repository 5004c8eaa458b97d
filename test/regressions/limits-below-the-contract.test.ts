import { afterEach, describe, expect, test } from '@jest/globals'
import { work } from '../../templates/runtime/json/index.ts'
import { type Findings, queryInput } from '../../templates/runtime/parameters/index.ts'
import type { OperationSchemas } from '../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter, policy } from '../runtime/parameters/support.ts'
import { type PlannedGateway, startPlannedGateway } from '../support/plannedGateway.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'

// `ids` with `maxItems: 500` was refused from the 101st id on, and a target of more than 4,096 bytes was 414, whatever the document allows.

const answers = 'responses: { 200: { description: Fine, content: { application/json: { schema: { type: object } } } } }'
let running: PlannedGateway | null = null

afterEach(async () => {
  await running?.close()
  running = null
})

async function start(parameters: string, client = '', path = '/orders'): Promise<PlannedGateway> {
  running = await startPlannedGateway({
    paths: [`'${path}': { get: { operationId: list, parameters: [${parameters}], ${answers} } }`],
    expose: ["orders.list: { access: { public: 'a test' } }"],
    client,
  })
  return running
}

const send = (gateway: PlannedGateway, target: string, fields: readonly string[] = []) =>
  sendRaw(gateway.port, requestText(`GET ${target} HTTP/1.1`, fields))

const ids = (count: number, text = (at: number) => String(at)): string[] =>
  Array.from({ length: count }, (_, at) => text(at))
const uuid = (at: number): string => `123e4567-e89b-12d3-a456-${String(at).padStart(12, '0')}`
const list = (more: string, schema: string): string => `{ name: ids, in: query, ${more}schema: ${schema} }`

describe('what the document allows reaches the service (rules P6, P11)', () => {
  test.each([
    [
      '500 ids',
      list('', '{ type: array, maxItems: 500, items: { type: integer } }'),
      ids(500).map((id) => `ids=${id}`),
    ],
    [
      '500 UUIDs, 20 kB',
      list('', '{ type: array, maxItems: 500, items: { type: string, format: uuid } }'),
      ids(500, uuid).map((id) => `ids=${id}`),
    ],
    [
      'a list by $ref and allOf',
      list('', '{ allOf: [{ type: array }, { maxItems: 300 }], items: { type: integer } }'),
      ids(300).map((id) => `ids=${id}`),
    ],
    [
      'several lists',
      ['a', 'b', 'c']
        .map((name) => `{ name: ${name}, in: query, schema: { type: array, maxItems: 90, items: { type: integer } } }`)
        .join(', '),
      ['a', 'b', 'c'].flatMap((name) => ids(90).map((id) => `${name}=${id}`)),
    ],
    [
      'a list without maxItems',
      list('', '{ type: array, items: { type: integer } }'),
      ids(150).map((id) => `ids=${id}`),
    ],
    [
      'a deepObject of many members',
      `{ name: f, in: query, style: deepObject, explode: true, schema: { type: object, properties: { ${ids(130, (at) => `m${at}: { type: integer }`).join(', ')} } } }`,
      ids(130).map((id) => `f%5Bm${id}%5D=${id}`),
    ],
    [
      'an exploded object of many members',
      `{ name: f, in: query, schema: { type: object, properties: { ${ids(130, (at) => `m${at}: { type: integer }`).join(', ')} } } }`,
      ids(130).map((id) => `m${id}=${id}`),
    ],
    [
      'a list with spaces',
      list(
        'style: spaceDelimited, explode: false, ',
        '{ type: array, maxItems: 400, items: { type: string, format: uuid } }',
      ),
      [`ids=${ids(400, uuid).join('%20')}`],
    ],
    [
      'a list with bars',
      list(
        'style: pipeDelimited, explode: false, ',
        '{ type: array, maxItems: 400, items: { type: string, format: uuid } }',
      ),
      [`ids=${ids(400, uuid).join('%7C')}`],
    ],
    [
      'a list with commas',
      list('explode: false, ', '{ type: array, maxItems: 400, items: { type: string, format: uuid } }'),
      [`ids=${ids(400, uuid).join(',')}`],
    ],
    ['a long text', '{ name: q, in: query, schema: { type: string, maxLength: 20000 } }', [`q=${'a'.repeat(20_000)}`]],
    [
      'escapes of a text',
      '{ name: q, in: query, schema: { type: string, maxLength: 900 } }',
      [`q=${'%F0%9F%98%80'.repeat(900)}`],
    ],
    ['an enum', `{ name: q, in: query, schema: { enum: [${'b'.repeat(9_000)}] } }`, [`q=${'b'.repeat(9_000)}`]],
  ])('%s', async (_, parameters, pairs) => {
    const gateway = await start(parameters)
    const { status, body } = await send(gateway, `/orders?${pairs.join('&')}`)
    expect([status, body]).toEqual([200, '{"ok":true}'])
    const sent = (gateway.service.requests[0]?.url ?? '').split('?')[1] ?? ''
    expect(sent.split('&')).toHaveLength(pairs.length)
    expect(sent.length).toBeGreaterThanOrEqual(pairs.join('&').length)
  })

  test('a list of a path parameter', async () => {
    const schema = '{ type: array, maxItems: 400, items: { type: string, format: uuid } }'
    const gateway = await start(`{ name: ids, in: path, required: true, schema: ${schema} }`, '', '/orders/{ids}')
    expect((await send(gateway, `/orders/${ids(400, uuid).join(',')}`)).status).toBe(200)
  })

  test('8,000 bytes of target, whatever the document says (RFC 9110 section 4.1)', async () => {
    const gateway = await start('{ name: q, in: query, schema: { type: string } }')
    const target = (length: number): string => `/orders?q=${'a'.repeat(length - '/orders?q='.length)}`
    expect((await send(gateway, target(8_000))).status).toBe(200)
    expect((await send(gateway, target(8_001))).status).toBe(414)
  })

  test('a header and a cookie that are longer than the usual limits', async () => {
    const gateway = await start(
      '{ name: X-Filter, in: header, schema: { type: string, maxLength: 14000 } }, { name: filter, in: cookie, schema: { type: string, maxLength: 9000 } }',
    )
    const fields = [`X-Filter: ${'a'.repeat(14_000)}`, `Cookie: filter=${'b'.repeat(9_000)}`]
    expect((await send(gateway, '/orders', fields)).status).toBe(200)
    expect((await send(gateway, '/orders', [`Cookie: ${'b'.repeat(14_000)}`])).status).toBe(431)
  })
})

describe('more than the document allows is refused', () => {
  const five = list('', '{ type: array, maxItems: 500, items: { type: integer } }')

  test('by the schema, and by the number of pairs', async () => {
    const gateway = await start(five)
    const refused = await send(
      gateway,
      `/orders?${ids(501)
        .map((id) => `ids=${id}`)
        .join('&')}`,
    )
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('"pointer":"ids"')])
    const pairs = await send(
      gateway,
      `/orders?${ids(600)
        .map((id) => `ids=${id}`)
        .join('&')}`,
    )
    expect([pairs.status, pairs.body]).toEqual([400, expect.stringContaining('has more than 520 parameters')])
    expect(gateway.service.begun).toBe(0)
  })

  test('by the ceilings of the client', async () => {
    const gateway = await start(five, 'maxQueryPairs: 200\n    maxTarget: 2KB\n    maxHeaders: 1KB')
    expect(
      (
        await send(
          gateway,
          `/orders?${ids(200)
            .map((id) => `ids=${id}`)
            .join('&')}`,
        )
      ).status,
    ).toBe(200)
    expect(
      (
        await send(
          gateway,
          `/orders?${ids(201)
            .map((id) => `ids=${id}`)
            .join('&')}`,
        )
      ).status,
    ).toBe(400)
    expect((await send(gateway, `/orders?ids=${'1'.repeat(2_000)}`)).status).toBe(414)
    expect((await send(gateway, '/orders', [`X: ${'a'.repeat(1_000)}`])).status).toBe(431)
    expect((await send(gateway, '/orders', [`Cookie: ${'a'.repeat(1_000)}`])).status).toBe(431)
  })

  test('a document without such parameters keeps a hundred pairs', async () => {
    const gateway = await start('{ name: q, in: query, schema: { type: string } }')
    expect(
      (
        await send(
          gateway,
          `/orders?${ids(100)
            .map((id) => `a${id}=`)
            .join('&')}`,
        )
      ).status,
    ).toBe(200)
    expect(
      (
        await send(
          gateway,
          `/orders?${ids(101)
            .map((id) => `a${id}=`)
            .join('&')}`,
        )
      ).status,
    ).toBe(400)
  })
})

describe('the work of a query is proportional to its length (rule P15)', () => {
  const anything = { type: 'object', additionalProperties: true } as const
  const cases = {
    'items of a list': [
      { q: parameter({ type: 'array' }, { style: 'form', explode: true }) },
      (at: number) => `q=${at}`,
    ],
    'members of a deepObject': [
      { q: parameter(anything, { style: 'deepObject', explode: true }) },
      (at: number) => `q%5Bm${at}%5D=1`,
    ],
    'members of an object': [{ q: parameter(anything, { style: 'form', explode: true }) }, (at: number) => `m${at}=1`],
    'names that nothing declares': [{ q: parameter({ type: 'string' }) }, (at: number) => `m${at}=1`],
    'different items': [
      { q: parameter({ type: 'array', uniqueItems: true }, { style: 'form', explode: true }) },
      (at: number) => `q=m${at}`,
    ],
  } as const

  /** Steps that reading the query takes: the least budget that is enough. */
  function stepsOf(query: OperationSchemas['query'], text: string): number {
    const of = operation({ query })
    const read = queryInput(policy(of), of, contractOf(of), 100_000)
    let [low, high] = [0, 3_000_000]
    while (low < high) {
      const middle = (low + high) >> 1
      work.begin(middle)
      try {
        const findings: Findings = []
        read(text, findings)
        high = middle
      } catch {
        low = middle + 1
      } finally {
        work.end()
      }
    }
    return low
  }

  test.each(Object.entries(cases))('%s', (_, [query, pair]) => {
    const text = (count: number): string => ids(count, (at) => pair(10_000 + at)).join('&')
    const [some, twice] = [stepsOf(query, text(1_000)), stepsOf(query, text(2_000))]
    expect(twice).toBeLessThan(2.3 * some)
    // The ceilings that are the default leave nine tenths of the budget.
    expect(some).toBeLessThan(300_000)
  })
})
