import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../../support/testGateway.ts'

let service: RecordingService
let open: TestGateway
let behind: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  const parts = { routes: [some.route('GET', '/orders')], services: { orders: some.service(service.url) } }
  open = await startTestGateway(parts)
  behind = await startTestGateway({ ...parts, client: some.client({ trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] }) })
})

afterAll(async () => {
  await open.close()
  await behind.close()
  await service.close()
})

/** The headers of the service for a request with these fields, and the id in the answer. */
async function told(gateway: TestGateway, ...fields: string[]) {
  const before = service.requests.length
  const response = await sendRaw(gateway.port, requestText('GET /orders HTTP/1.1', fields))
  const headers = service.requests[before]?.headers ?? {}
  expect(response.header('x-request-id')).toBe(headers['x-request-id'])
  return headers
}

describe('the client address (rule H1)', () => {
  test('is that of the connection, whatever a client sends', async () => {
    expect(await told(open, 'X-Forwarded-For: 1.2.3.4', 'Forwarded: for=1.2.3.4', 'X-Real-IP: 1.2.3.4')).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    })
  })

  test('is the one that the last trusted proxy reports', async () => {
    const headers = await told(behind, 'X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.9', 'X-Forwarded-Proto: https')
    expect(headers).toMatchObject({ 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' })
  })
})

describe('the request id (rule O4)', () => {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

  test('is generated for a client that is not a trusted proxy', async () => {
    expect((await told(open, 'X-Request-Id: abcdefgh12345678'))['x-request-id']).toMatch(uuid)
  })

  test('may come from a trusted proxy', async () => {
    expect((await told(behind, 'X-Request-Id: abc_DEF-12345678'))['x-request-id']).toBe('abc_DEF-12345678')
  })

  test.each(['short', 'a'.repeat(65), 'abc def ghi', 'abcdefgh"', 'abcdefgh,ijklmnop'])(
    '%s is not accepted from it',
    async (id) => {
      expect((await told(behind, `X-Request-Id: ${id}`))['x-request-id']).toMatch(uuid)
    },
  )

  test('two lines of it are not accepted either', async () => {
    expect((await told(behind, 'X-Request-Id: abcdefgh1', 'X-Request-Id: abcdefgh2'))['x-request-id']).toMatch(uuid)
  })
})

describe('the trace context', () => {
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

  test('is passed on if it is well-formed, with its state', async () => {
    expect(await told(open, `Traceparent: ${parent}`, 'Tracestate: a=1,b=2')).toMatchObject({
      traceparent: parent,
      tracestate: 'a=1,b=2',
    })
  })

  test('is passed on in a later version', async () => {
    const later = `01${parent.slice(2)}-more`
    expect(await told(open, `Traceparent: ${later}`)).toMatchObject({ traceparent: later })
  })

  test.each([
    parent.toUpperCase(),
    `${parent}-more`,
    `ff${parent.slice(2)}`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    'nonsense',
  ])('%s is replaced, and its state dropped', async (given) => {
    const headers = await told(open, `Traceparent: ${given}`, 'Tracestate: a=1')
    expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    expect(headers['traceparent']).not.toBe(given)
    expect(headers['tracestate']).toBeUndefined()
  })

  test('a new one contains the request id, and a new span each time', async () => {
    const [first, second] = [await told(open), await told(open)]
    expect(String(first['traceparent']).split('-')[1]).toBe(String(first['x-request-id']).replaceAll('-', ''))
    expect(String(first['traceparent']).split('-')[2]).not.toBe(String(second['traceparent']).split('-')[2])
  })
})

describe('a proxy that is not trusted (rule H1)', () => {
  const notice = 'trustedProxies is empty'
  const notices = (gateway: TestGateway) => gateway.lines.filter(({ msg }) => String(msg).includes(notice))

  test.each(['X-Forwarded-For: 1.2.3.4', 'Forwarded: for=1.2.3.4', 'X-Forwarded-Proto: https', 'X-Real-IP: 1.2.3.4'])(
    'is logged once, for %s',
    async (field) => {
      const gateway = await startTestGateway({
        routes: [some.route('GET', '/orders')],
        services: { orders: some.service(service.url) },
      })
      await told(gateway)
      expect(notices(gateway)).toEqual([])
      await told(gateway, field)
      await told(gateway, field)
      expect(notices(gateway)).toMatchObject([{ level: 'warn' }])
      await gateway.close()
    },
  )

  test('is not logged where proxies are trusted', async () => {
    await told(behind, 'X-Forwarded-For: 1.2.3.4')
    expect(notices(behind)).toEqual([])
  })
})
