import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { emit } from '../../generator/emit/index.ts'
import { byCause, Diagnostics, renderGroup } from '../../generator/support/index.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { operation, planned } from '../support/planned.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// The credential of a service was sent to operations whose document asks for none: a secret or the caller's token reached a login page,
// a health check or a proxy of another company.

let idp: IdentityProvider
const closing: { close(): unknown }[] = []
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })

beforeAll(async () => {
  idp = await startIdentityProvider()
})
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})
afterAll(() => idp.close())

const grant = "tokenUrl: '${TOKEN_URL}', clientId: a, clientSecret: '${SECRET}'"
const credentials = {
  header: "{ header: { name: X-Key, value: '${SECRET}' } }",
  basic: "{ basic: { username: gateway, password: '${SECRET}' } }",
  client: `{ client: { ${grant} } }`,
  principal: 'principal',
  exchange: `{ exchange: { ${grant}, audience: orders } }`,
  identity: "{ identity: { issuer: 'https://g.example', audience: orders, key: '${KEY}' } }",
  mtls: '{ mtls: { cert: /cert.pem, key: /key.pem } }',
} as const

interface Case {
  /** Of the service. */
  readonly credential?: string
  /** At the top of the document; default: `security: [{ key: [] }]`. */
  readonly top?: string
  /** `security` of the operation `ask`; `null`: absent. */
  readonly security?: string | null
  /** Further members of the operation `other`. */
  readonly other?: string
  readonly parameters?: string
  readonly expose?: readonly string[]
  readonly clients?: readonly string[]
  /** Further paths of the document. */
  readonly paths?: string
}

const guarded = 'orders.*: { access: { authenticated: true } }'

function plan({ credential = credentials.header, expose = [guarded], ...more }: Case) {
  const { top = 'security: [{ key: [] }]', security = '[]', parameters = '', other = '', clients = ['web'] } = more
  const { paths = '' } = more
  const members = security === null ? '' : `, security: ${security}`
  const document = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
${top}
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, jwt: { type: http, scheme: bearer } } }
paths:
  /ask: { ${operation('get', `operationId: ask, tags: [t]${members}${parameters}`)} }
  /other: { ${operation('get', `operationId: other${other}`)} }
${paths}
`
  const manifest = `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: '\${ORDERS_URL}', security: { key: service, jwt: principal }, credential: ${credential} }
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop }
clients:
${clients.map((id) => `  ${id}: { authenticate: [bearer], expose: { ${expose.join(', ')} } }`).join('\n')}
`
  return planned(manifest, { orders: document })
}

/** What the service gets of one call: its credential fields. */
async function sent(one: Case, path = '/ask', status = 200) {
  const { client } = plan(one)
  const service = await createRecordingService((_request, res) =>
    res.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
  )
  closing.push(service)
  const [orders] = client.services
  const gateway = await startTestGateway({
    client: client.client,
    routes: client.routes.map(({ written }) => written),
    services: Object.fromEntries(client.services.map(({ id, service: each }) => [id, each])),
    operations: orders?.schemas.operations ?? {},
    schemas: orders?.schemas.schemas ?? {},
    env: { ORDERS_URL: service.url, ISSUER: idp.issuer, TOKEN_URL: idp.tokenUrl, SECRET: 'secret', KEY: String(key) },
  })
  closing.push(gateway)
  const authorization = `Authorization: Bearer ${await idp.token()}`
  const ask = () => sendRaw(gateway.port, requestText(`GET ${path} HTTP/1.1`, [authorization]))
  let answer = await ask()
  // The keys of the issuer may not have arrived yet.
  while (answer.status === 503) answer = await ask()
  const headers = service.requests[0]?.headers ?? {}
  const fields = Object.keys(headers).filter((name) => name === 'authorization' || name === 'x-key')
  return { fields, status: answer.status }
}

const isSent = (one: Case): boolean => {
  const planned = plan(one)
  return planned.route('orders.ask').route.action.credentials.length > 0
}

describe('a credential of a service is not sent to an operation that asks for none (rule J9)', () => {
  const kinds = ['header', 'basic', 'client', 'principal', 'exchange'] as const
  test.each(kinds)('%s', async (kind) => {
    const one = { credential: credentials[kind] }
    expect(await sent(one)).toEqual({ fields: [], status: 200 })
    const asking = { ...one, security: '[{ key: [] }, { jwt: [] }]' }
    expect((await sent(asking)).fields).toEqual([kind === 'header' ? 'x-key' : 'authorization'])
  })

  test.each<[string, Case]>([
    ['`[{}]`, which names no scheme either', { security: '[{}]' }],
    ['no `security`, where another operation has it', { top: '', security: null, other: ', security: [{ key: [] }]' }],
    ['`[]` at the top of the document', { top: 'security: []', security: null }],
    ['`[{}]` at the top of the document', { top: 'security: [{}]', security: null }],
    [
      'a credential in the entry of the whole service',
      { credential: 'none', expose: [guarded.replace('{', `{ credential: ${credentials.header},`)] },
    ],
  ])('%s', (_, one) => {
    expect(isSent(one)).toBe(false)
  })
})

describe('it is sent', () => {
  test.each<[string, Case]>([
    ['where a scheme is one of several alternatives', { security: '[{}, { key: [] }]' }],
    ['where the document declares no `security` anywhere', { top: '', security: null }],
    [
      'where the entry of the operation has it',
      { expose: [guarded, `orders.ask: { credential: ${credentials.header} }`] },
    ],
    [
      'where the entry of its path has it',
      { expose: [guarded, `'orders * /ask': { credential: ${credentials.header} }`] },
    ],
    [
      'where the entry of a prefix has it',
      { expose: [guarded, `'orders * /*': { credential: ${credentials.header} }`] },
    ],
    ['where the entry of its tag has it', { expose: [guarded, `'orders#t': { credential: ${credentials.header} }`] }],
    ['where it says who calls', { credential: credentials.identity }],
  ])('%s', (_, one) => {
    const { codes } = plan(one)
    expect([isSent(one), codes.includes('GW3337')]).toEqual([true, false])
  })

  test('to the other operations', async () => {
    expect(await sent({}, '/other')).toEqual({ fields: ['x-key'], status: 200 })
  })

  test('as the certificate of the connection', () => {
    const { client, codes } = plan({ credential: credentials.mtls })
    expect(client.services[0]?.service.tls).toMatchObject({ cert: '/cert.pem' })
    expect([client.access[0]?.sends, codes.includes('GW3337')]).toEqual([['a client certificate'], false])
  })

  test('if only some of a list are withheld', async () => {
    const one = { credential: `[${credentials.header}, ${credentials.identity}]` }
    expect(await sent(one)).toEqual({ fields: ['authorization'], status: 200 })
    expect(plan(one).codes).toEqual(['GW3337'])
  })
})

describe('what is not sent is said', () => {
  test('by a warning for each operation, once, of one cause for a credential', () => {
    const { diagnostics } = plan({ top: 'security: []', security: null, clients: ['mobile', 'web'] })
    const message = (name: string) =>
      `\`${name}\` is called without the credential \`header\` of \`orders\`: the document asks for none.`
    expect(diagnostics.map((one) => [one.code, one.message, one.origin?.file])).toEqual([
      ['GW3337', message('orders.ask'), 'orders.yaml'],
      ['GW3337', message('orders.other'), 'orders.yaml'],
    ])
    expect(byCause(diagnostics)).toHaveLength(1)
  })

  test('by name for all of very many, in lines that are not long', () => {
    const names = Array.from({ length: 300 }, (_, index) => `ask${index}`)
    const paths = names.map((name) => `  /${name}: { ${operation('get', `operationId: ${name}`)} }`)
    const expose = ['orders.*: { access: { public: Open } }']
    const { diagnostics } = plan({ top: 'security: []', expose, paths: paths.join('\n') })
    const [group, ...others] = byCause(diagnostics.filter(({ code }) => code === 'GW3337'))
    if (group === undefined) throw new Error('nothing was reported')
    const lines = renderGroup(group, new Diagnostics().locator).split('\n')
    expect(others).toEqual([])
    for (const name of names) expect(lines.join('\n')).toMatch(new RegExp(`orders\\.${name}\\b`))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(140)
  })

  test('with each kind once, where there are several of a kind', () => {
    const credential = `[${credentials.header}, { header: { name: X-Other, value: '\${SECRET}' } }, principal]`
    const [found] = plan({ credential }).diagnostics
    expect(found?.message).toContain('without the credentials `header` and `principal` of')
  })

  test('unless the manifest says that none is sent', () => {
    expect(plan({ expose: [guarded, 'orders.ask: { credential: none }'] }).codes).toEqual([])
  })

  test('for a header that the operation declares', () => {
    const parameters = ', parameters: [{ name: x-key, in: header, required: true, schema: { type: string } }]'
    const found = plan({ parameters })
    expect(found.codes).toEqual(['GW3338'])
    // A client may not fill it either.
    expect(found.route('orders.ask').route.request.header).toEqual([])
    expect(plan({ parameters, expose: [guarded, `orders.ask: { credential: ${credentials.header} }`] }).codes).toEqual(
      [],
    )
  })

  test('in ACCESS.md and by `explain`', () => {
    const found = plan({})
    expect(found.client.access.map(({ path, sends }) => [path, sends])).toEqual([
      ['/ask', []],
      ['/other', ['a secret in X-Key']],
    ])
    const page = emit(found.plan ?? { clients: [] }, new Diagnostics())?.value.find(({ path }) =>
      path.endsWith('ACCESS.md'),
    )
    expect(String(page?.contents)).toContain('| nothing | `orders.ask` |')
    const lines = found.explain('orders.ask').map(({ text }) => text)
    expect(lines).toContain('without the credential `header` of the service: the document asks for none')
  })

  test('a public operation needs no `credential: none`', () => {
    const expose = ['orders.ask: { access: { public: Open } }']
    expect(plan({ credential: 'principal', expose }).codes).toEqual(['GW3337'])
  })

  test('the environment need not have what no route sends', () => {
    const { client } = plan({ expose: ['orders.ask: { access: { public: Open } }'] })
    expect(client.variables.map(({ name }) => name)).not.toContain('SECRET')
    expect(client.services[0]?.service).toMatchObject({ credentials: {}, sends: [] })
  })

  test('a 401 of such an operation is not about the token that it did not get', async () => {
    expect(await sent({ credential: credentials.principal }, '/ask', 401)).toEqual({ fields: [], status: 502 })
    expect(await sent({ credential: credentials.principal, security: '[{ jwt: [] }]' }, '/ask', 401)).toMatchObject({
      status: 401,
    })
  })
})
