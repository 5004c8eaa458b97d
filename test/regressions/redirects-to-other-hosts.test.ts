import { afterEach, describe, expect, test } from '@jest/globals'
import { type PlannedGateway, startPlannedGateway } from '../support/plannedGateway.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'

// A documented redirect to a signed address of a storage was always 502.

let running: PlannedGateway | null = null

afterEach(async () => {
  await running?.close()
  running = null
})

const hosts = [
  'files.example',
  '*.storage.example',
  'ports.example:8443',
  '127.0.0.1:9000',
  'localhost:9000',
  '[2001:db8::1]',
]

interface Answered {
  readonly status?: number
  readonly location?: string | readonly string[]
  readonly documented?: string
  readonly redirect?: 'pass' | 'refuse' | null
  readonly more?: Readonly<Record<string, string>>
}

async function start({
  status = 302,
  location,
  documented,
  redirect = 'pass',
  more = {},
}: Answered): Promise<PlannedGateway> {
  const statuses = `200: { description: Fine }, '${documented ?? status}': { description: There, headers: { Refresh: { schema: { type: string } }, Location: { schema: { type: string } } } }`
  running = await startPlannedGateway({
    paths: [
      `/file: { get: { operationId: file, responses: { ${statuses} } } }`,
      '/orders: { get: { operationId: list, responses: { 200: { description: Fine } } } }',
    ],
    expose: [
      `orders.file: { access: { public: 'a test' }${redirect === null ? '' : `, redirect: ${redirect}`} }`,
      "orders.list: { path: /v1/orders, access: { public: 'a test' } }",
    ],
    service: `redirectHosts: [${hosts.map((host) => `'${host}'`).join(', ')}]`,
    answer: (_, res) => {
      for (const [name, value] of Object.entries(more)) res.setHeader(name, value)
      if (location !== undefined) res.setHeader('location', location as string | string[])
      res.writeHead(status).end()
    },
  })
  return running
}

async function answered(parts: Answered) {
  const gateway = await start(parts)
  const answer = await sendRaw(gateway.port, requestText('GET /file HTTP/1.1'))
  return { gateway, answer, seen: [answer.status, answer.header('location')] }
}

const signed = 'https://files.example/a%2Fb?X-Signature=a/b+c%3D&x=%20&y=(1)'

describe('a redirect to a listed host passes as it is', () => {
  test.each([
    signed,
    'https://files.example',
    'https://files.example:443/a',
    'https://FILES.example/a',
    'https://a.storage.example/a',
    'https://a.b.storage.example/a?x',
    'https://ports.example:8443/a',
    'https://[2001:db8::1]/a',
    'http://127.0.0.1:9000/a',
    'http://localhost:9000/a',
    'https://localhost:9000/a',
  ])('%s', async (location) => {
    expect((await answered({ location })).seen).toEqual([302, location])
  })

  test.each([300, 301, 302, 303, 307, 308])('with the status %i', async (status) => {
    expect((await answered({ status, location: signed })).seen).toEqual([status, signed])
  })

  test('documented as 3XX, with escapes for what is not in a URI', async () => {
    const { seen } = await answered({ documented: '3XX', location: 'https://files.example/a|"b"' })
    expect(seen).toEqual([302, 'https://files.example/a%7C%22b%22'])
  })

  test('without a scheme it is https', async () => {
    expect((await answered({ location: '//files.example/a' })).seen).toEqual([302, 'https://files.example/a'])
  })

  test('without further fields of the service', async () => {
    const more = { 'Set-Cookie': 'a=b', Refresh: '0; url=https://evil.example', Authorization: 'secret' }
    const { answer } = await answered({ location: signed, more })
    expect(answer.fields.map(([name]) => name)).not.toEqual(expect.arrayContaining(['set-cookie']))
    expect([answer.header('refresh'), answer.header('authorization')]).toEqual([undefined, undefined])
  })
})

describe('any other is 502, with a line in the log (rule O3)', () => {
  test.each([
    'https://evil.example/a',
    'https://files.example.evil.example/a',
    'https://evil-files.example/a',
    'https://storage.example/a',
    'https://evilstorage.example/a',
    'https://.storage.example/a',
    'https://files.example:8443/a',
    'https://ports.example/a',
    'https://ports.example:84430/a',
    'https://files.example./a',
    'http://files.example/a',
    'http://a.storage.example/a',
    'https://files.example@evil.example/a',
    'https://user:secret@files.example/a',
    'https://@files.example/a',
    'https://files.example/a#b',
    'https://files.example#@evil.example/',
    'https://files.example\\@evil.example/',
    'https:\\\\files.example\\a',
    'https:/files.example/a',
    'https:files.example/a',
    'https:///files.example/a',
    '///files.example/a',
    '/\\files.example/a',
    'https://files.example/a b',
    'https://files.example\t/a',
    'https://files.example/\ta',
    'https://f%69les.example/a',
    'https://ﬁles.example/a',
    'https://0x7f.1:9000/a',
    'http://127.1:9000/a',
    'http://2130706433:9000/a',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://files.example/a',
    '',
  ])('%j', async (location) => {
    const latin = Buffer.from(location, 'utf8').toString('latin1')
    const { gateway, answer, seen } = await answered({ location: latin })
    expect(seen).toEqual([502, undefined])
    expect(answer.body).not.toContain('example')
    const line = await gateway.line(({ msg }) => String(msg).startsWith('a redirect of a service'))
    expect(line).toMatchObject({ level: 'warn', route: 'orders.file' })
    expect(JSON.stringify(line)).not.toMatch(/secret|example\/a/)
  })

  test('without `redirect: pass`, and without a decision', async () => {
    expect((await answered({ location: signed, redirect: 'refuse' })).seen).toEqual([502, undefined])
    await running?.close()
    expect((await answered({ location: signed, redirect: null })).seen).toEqual([502, undefined])
  })

  test('two of them, or none', async () => {
    expect((await answered({ location: [signed, signed] })).seen).toEqual([502, undefined])
    await running?.close()
    expect((await answered({})).seen).toEqual([502, undefined])
  })

  test('a status that is not documented', async () => {
    expect((await answered({ status: 307, documented: '302', location: signed })).seen).toEqual([502, undefined])
  })

  test('300 with another host; without Location it passes', async () => {
    expect((await answered({ status: 300, location: 'https://evil.example/' })).seen).toEqual([502, undefined])
    await running?.close()
    expect((await answered({ status: 300 })).seen).toEqual([300, undefined])
  })
})

describe('as before', () => {
  test('a path of the service becomes that of its route', async () => {
    expect((await answered({ location: '/orders' })).seen).toEqual([302, '/v1/orders'])
  })

  test.each([200, 304])('%i has no Location to another host', async (status) => {
    expect((await answered({ status, location: signed })).seen).toEqual([status, undefined])
  })
})
