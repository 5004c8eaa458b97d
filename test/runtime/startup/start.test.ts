import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Gateway } from '../../../templates/runtime/vocabulary.ts'
import { type BuiltRuntime, buildRuntime, type RunningProcess } from '../../support/builtRuntime.ts'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../../support/recordingService.ts'

let runtime: BuiltRuntime
let service: RecordingService
const held: (() => void)[] = []
let arrived: () => void = () => undefined

beforeAll(async () => {
  runtime = await buildRuntime()
  service = await createRecordingService((_request, res) => {
    held.push(() => res.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
    arrived()
  })
  await runtime.write(
    'data/orders/schemas.json',
    JSON.stringify({ operations: { any: some.operation() }, schemas: {}, linear: [] }),
  )
})

afterAll(async () => {
  await runtime.remove()
  await service.close()
})

const env = { PORT: '0', HOST: '127.0.0.1', DRAIN_DELAY_MS: '0' }

/** Runs a gateway as a separate process. */
function run(more: Readonly<Record<string, string>> = {}, parts: Partial<Gateway> = {}, also = ''): RunningProcess {
  const gateway = {
    client: some.client(),
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service('${ORDERS_URL}') },
    ...parts,
  }
  return runtime.run(
    `import { start } from './runtime/index.js'
     ${also}
     await start({ ...${JSON.stringify(gateway)}, data: new URL('./data/', import.meta.url) })`,
    { ...env, ORDERS_URL: service.url, ...more },
  )
}

async function portOf(running: RunningProcess): Promise<number> {
  const [, port] = await running.output(/"port":([0-9]+).*"msg":"listening"/)
  return Number(port)
}

/** Sends a request whose answer the service holds back. Resolves when the service has the request. */
async function ask(port: number) {
  const asked = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const connection = await openRaw(port)
  connection.write(requestText('GET /orders HTTP/1.1'))
  await asked
  return connection
}

describe('a process', () => {
  test('that cannot start lists every missing variable and exits with 1, without a stack', async () => {
    const services = {
      orders: some.service(['${ORDERS_URL}', '${SECOND_URL}'], {
        credentials: { key: { kind: 'header', name: 'X-Key', value: '${ORDERS_KEY}' } },
      }),
    }
    const { code, stdout, stderr } = await run({ ORDERS_URL: '' }, { services }).ended
    expect(stderr).toBe(
      'The gateway cannot start:\n  - ORDERS_KEY is not set\n  - ORDERS_URL is not set\n  - SECOND_URL is not set\n',
    )
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })

  test('lists variables that are wrong with those that are missing', async () => {
    const { code, stdout, stderr } = await run({ ORDERS_URL: '', LOG_LEVEL: 'loud', KEEP_ALIVE_MS: 'long' }).ended
    expect(stderr).toBe(
      `The gateway cannot start:
  - ORDERS_URL is not set
  - LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent
  - KEEP_ALIVE_MS must be a whole number from 1 to 3600000
`,
    )
    expect([code, stdout]).toEqual([1, ''])
  })

  test('whose port is in use reports it and exits with 1', async () => {
    const { code, stderr } = await run({ PORT: String(service.port) }).ended
    expect(stderr).toMatch(/^The gateway cannot listen: listen EADDRINUSE[^\n]*\n$/)
    expect(code).toBe(1)
  })

  test('answers open requests after SIGTERM, writes its log and exits with 0 (rule F18)', async () => {
    const running = run()
    const port = await portOf(running)
    const connection = await ask(port)
    running.child.kill('SIGTERM')
    await running.output(/"msg":"draining"/)
    held.shift()?.()
    expect((await connection.response()).status).toBe(200)
    const { code, stdout, stderr } = await running.ended
    expect(stdout).toMatch(/"path":"\/orders".*"status":200/)
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test('exits with 1 at a second signal (rule F18)', async () => {
    const running = run({ DRAIN_GRACE_MS: '60000' })
    await ask(await portOf(running))
    running.child.kill('SIGTERM')
    await running.output(/"msg":"draining"/)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(1)
    held.splice(0)
  })

  test.each([
    ['exception', 'process.once("SIGUSR2", () => { throw new Error("nobody owns this") })'],
    ['rejection', 'process.once("SIGUSR2", () => { Promise.reject(new Error("nobody owns this")) })'],
  ])('logs an unhandled %s, answers open requests and exits with 1 (rule F22)', async (_, also) => {
    const running = run({}, {}, also)
    const connection = await ask(await portOf(running))
    running.child.kill('SIGUSR2')
    await running.output(/"level":60.*nobody owns this/)
    held.shift()?.()
    expect((await connection.response()).status).toBe(200)
    expect((await running.ended).code).toBe(1)
  })

  test('logs one line for each request, with its template and none of its values (rule O4)', async () => {
    const running = run(
      {},
      {
        routes: [
          some.route('GET', '/orders/{id}', {
            contract: { service: 'orders', operation: 'any' },
            request: some.request('/orders/{id}'),
          }),
        ],
      },
    )
    const port = await portOf(running)
    const token = 'Authorization: Bearer secret-token'
    await sendRaw(port, requestText('GET /nothing/secret-path?secret=query HTTP/1.1', [token, 'Cookie: secret=cookie']))
    await sendRaw(port, requestText('GET /secret%0d%0a HTTP/1.1', ['X-Request-Id: secret-id-12345678']))
    running.child.kill('SIGTERM')
    const { stdout } = await running.ended
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter(({ method }) => method === 'GET')).toMatchObject([
      { client: 'web', path: null, status: 404, problem: 'not-found', address: '127.0.0.1', principal: null },
      { client: 'web', path: null, status: 400, problem: 'malformed-request' },
    ])
    expect(stdout).not.toContain('secret')
  })
})
