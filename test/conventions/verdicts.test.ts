import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readClaimPath } from '../../generator/plan/draft/expression/reference.ts'
import { createCredentials } from '../../templates/runtime/credentials/index.ts'
import { createEnvironment, type Environment } from '../../templates/runtime/environment/environment.ts'
import { headerInput } from '../../templates/runtime/parameters/inputs.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import { readClientSettings } from '../../templates/runtime/startup/client.ts'
import { readRedirects } from '../../templates/runtime/startup/preparedAnswer.ts'
import { readRoutes } from '../../templates/runtime/startup/routes.ts'
import { createAuthenticate } from '../../templates/runtime/steps/authenticate.ts'
import { createUpstream } from '../../templates/runtime/upstream/index.ts'
import type { Authenticator, Client, Credential } from '../../templates/runtime/vocabulary.ts'
import { headerTable } from '../../templates/runtime/words/headers.ts'
import { some } from '../support/gatewayParts.ts'
import { aLotOfRoom, createMemoryObserver } from '../support/observed.ts'
import { manifest, operation, planned, spec } from '../support/planned.ts'
import {
  exposed,
  gatewayRefuses,
  generatorRefuses,
  type Kind,
  pathItem,
  templateOf,
  textOf,
} from '../support/verdicts.ts'

// `generate` refuses in a manifest exactly what an emitted gateway refuses at its start: a test for each kind of value.

const authenticate = (setting: Authenticator, environment: Environment): void =>
  createAuthenticate(some.client({ authenticators: { bearer: setting } }), environment).close()

const issuer = {
  clientIds: [],
  accessMarks: [],
  algorithms: ['RS256'],
  type: 'at+jwt',
  scopes: null,
  roles: null,
  clockSkew: 30,
  maxAge: null,
} as const

const bearer = (more: Partial<Extract<Authenticator, { kind: 'jwt' }>['issuers'][number]>): Authenticator => ({
  kind: 'jwt',
  issuers: [{ ...issuer, issuer: 'https://id.example', audience: ['shop'], jwks: null, ...more }],
})

const client =
  (more: (text: string) => Partial<Client>) =>
  (text: string, environment: Environment): unknown =>
    readClientSettings(some.client(more(text)), environment)

const sending = (credential: string): string =>
  manifest(exposed).replace(/^ {4}credential: .*$/m, () => `    credential: ${credential}`)

const send = (credential: Credential, environment: Environment): void =>
  createCredentials({ orders: some.service('http://h', { credentials: { own: credential } }) }, environment).close()

const authenticatedBy = (members: string): string =>
  manifest(exposed).replace(/^ {2}bearer: .*$/m, () => `  bearer: { ${members} }`)

const addresses = textOf(
  'http://',
  'https://',
  'ftp://',
  'h',
  '[::1]',
  ':80',
  ':x',
  '/a',
  '@',
  '?',
  '#',
  '\\',
  ' ',
  'é',
  '%',
)

const kinds: Readonly<Record<string, Kind>> = {
  'origins of cors': {
    code: 'GW3319',
    texts: textOf(
      'https://',
      'http://',
      'capacitor://',
      'file://',
      'shop.example',
      'SHOP',
      '*',
      'null',
      ':443',
      ':81',
      ':0',
      '/',
      '@',
      '[::1]',
      '_',
      ' ',
      ',',
      'é',
    ),
    written: (text) => manifest(exposed, { client: `cors: { origins: [${JSON.stringify(text)}] }` }),
    read: client((text) => ({ cors: { origins: [text], credentials: false, expose: [], maxAge: 0 } })),
    examples: [
      '*',
      'capacitor://localhost',
      'ionic://localhost',
      'https://a.example,https://b.example',
      'http://1.2.3',
      ',',
    ],
  },
  'public hosts': {
    code: 'GW3322',
    texts: textOf(
      'shop',
      'example',
      '.',
      '-',
      '_',
      ':80',
      ':0',
      ':65536',
      '[::1]',
      '[',
      '10.0.0.1',
      '/',
      '@',
      ' ',
      ',',
      'é',
    ),
    written: (text) => manifest(exposed, { client: `publicHosts: [${JSON.stringify(text)}]` }),
    read: client((text) => ({ publicHosts: [text] })),
    examples: ['my_host', 'shop.example.', 'a, b', ',', 'a:99999', '[::g]'],
  },
  'trusted proxies': {
    code: 'GW3323',
    texts: textOf(
      '10.0.0.0',
      '::ffff:',
      'fd00::',
      '1',
      ':',
      '.',
      '/8',
      '/104',
      '/33',
      '/129',
      '/08',
      '%eth0',
      ' ',
      ',',
    ),
    written: (text) => manifest(exposed, { client: `trustedProxies: [${JSON.stringify(text)}]` }),
    read: client((text) => ({ trustedProxies: [text] })),
    examples: ['::ffff:10.0.0.0/8', '::ffff:10.0.0.0/104', '10.0.0.1 10.0.0.2', '010.0.0.1', ','],
  },
  'hosts of redirects': {
    code: 'GW3334',
    texts: textOf(
      '*.',
      'files',
      '.example',
      '.',
      '*',
      ':8443',
      ':0',
      ':443',
      '[::1]',
      '127.1',
      '10.0.0.1',
      'https://',
      '/',
      '@',
      ' ',
      'é',
    ),
    written: (text) =>
      manifest(exposed, { service: `url: http://h, redirectHosts: [${JSON.stringify(text)}]`.replace(', ', '\n    ') }),
    read: (text, environment) =>
      readRedirects({ services: { orders: some.service('http://h', { redirectHosts: [text] }) } }, environment),
    examples: [
      '*.example',
      '*.a.example',
      'a.example.',
      '*',
      '*.*.example',
      '127.1',
      'a, b',
      'A.example:443',
      '*.10.0.0.1',
    ],
  },
  'addresses of services': {
    code: 'GW3302',
    texts: addresses,
    written: (text) => manifest(exposed, { service: `url: ${JSON.stringify(text)}` }),
    read: (text, environment) =>
      createUpstream('orders', some.service(text), environment, {
        observer: createMemoryObserver(),
        streams: new Set(),
        held: aLotOfRoom(),
      }).destroy(),
    examples: [
      'http:///user:secret@h',
      'http:////h',
      'http://h/@api',
      'http://@h',
      'http:h',
      ' http://h',
      'http://h\\a',
      '',
    ],
  },
  'issuers whose keys are discovered': {
    code: 'GW3302',
    texts: addresses,
    written: (text) => authenticatedBy(`type: jwt, issuer: ${JSON.stringify(text)}, audience: shop`),
    read: (text, environment) => authenticate(bearer({ issuer: text }), environment),
    examples: ['shop', 'https://id.example/?a', 'https://user@id.example'],
  },
  'addresses of key sets': {
    code: 'GW3302',
    texts: addresses,
    written: (text) => authenticatedBy(`type: jwt, issuer: shop, audience: shop, jwks: ${JSON.stringify(text)}`),
    read: (text, environment) => authenticate(bearer({ issuer: 'shop', jwks: text }), environment),
    examples: ['file:///etc/keys', 'https://id.example/keys?p=b2c', 'https://user@id.example/keys'],
  },
  'addresses of token endpoints': {
    code: 'GW3302',
    texts: addresses,
    written: (text) => sending(`{ client: { tokenUrl: ${JSON.stringify(text)}, clientId: a, clientSecret: '\${B}' } }`),
    read: (text, environment) =>
      send(
        { kind: 'client', tokenUrl: text, clientId: 'a', clientSecret: 'b', scopes: [], audience: null },
        environment,
      ),
    examples: ['id.example/token', 'https://id.example/token?p=b2c', 'https://id.example/token#a'],
  },
  'marks of access tokens': {
    code: 'GW3327',
    texts: fc.constantFrom(
      ...['idtyp', 'azpacr', 'typ', 'token_use', 'nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'aud', 'azp', 'sub'],
      ...[
        'acr',
        'sid',
        'scope',
        'realm_access.kind',
        'typ.a',
        'nonce.a',
        'ID',
        'constructor',
        "['https://a.example/b']",
      ],
    ),
    written: (text) =>
      authenticatedBy(
        `type: jwt, issuer: 'https://id.example', audience: shop, accessMarks: { ${JSON.stringify(text)}: [access, Id] }`,
      ),
    read: (text, environment) =>
      authenticate(bearer({ accessMarks: [{ claim: readClaimPath(text), texts: ['access', 'Id'] }] }), environment),
    examples: ['token_use', 'typ', 'idtyp', 'auth_time'],
    fixed: true,
  },
  algorithms: {
    code: 'GW3314',
    texts: textOf(
      'RS',
      'PS',
      'ES',
      'HS',
      'EdDSA',
      'Ed25519',
      'Ed448',
      '256',
      '384',
      '512',
      '256K',
      'none',
      ' ',
      'constructor',
    ),
    written: (text) =>
      authenticatedBy(`type: jwt, issuer: 'https://id.example', audience: shop, algorithms: [${JSON.stringify(text)}]`),
    read: (text, environment) => authenticate(bearer({ algorithms: [text] }), environment),
    examples: ['RS256', 'Ed25519', 'HS256', 'none', 'rs256', 'toString'],
    fixed: true,
  },
  'headers of credentials': {
    code: 'GW3309',
    texts: fc.oneof(
      fc.constantFrom(...Object.keys(headerTable)).map((name) => name.replace('*', 'any')),
      textOf('X-', 'Api', 'Key', '_', '-', ' ', ':', 'é', 'Host', 'Cookie'),
    ),
    written: (text) => sending(`{ header: { name: ${JSON.stringify(text)}, value: '\${SET}' } }`),
    read: (text, environment) => send({ kind: 'header', name: text, value: '${SET}' }, environment),
    examples: ['X-HTTP-Method-Override', 'Host', 'Cookie', 'api_key', 'x key'],
    fixed: true,
  },
  'secrets in headers': {
    code: 'GW3309',
    texts: textOf('Token', '${SET}', '$${', ' ', '\t', '\n', ':', 'é', '\u007f'),
    written: (text) => sending(`{ header: { name: X-Api-Key, value: ${JSON.stringify(text)} } }`),
    read: (text, environment) => send({ kind: 'header', name: 'X-Api-Key', value: text }, environment),
    examples: ['Tokén ${SET}', ' ${SET}', '${SET} ', 'Token ${SET}'],
  },
  'user names of Basic authentication': {
    code: 'GW3309',
    texts: textOf('shop', ':', '${SET}', '$${', ' ', 'é'),
    written: (text) => sending(`{ basic: { username: ${JSON.stringify(text)}, password: '\${SET}' } }`),
    read: (text, environment) => send({ kind: 'basic', username: text, password: '${SET}' }, environment),
    examples: ['a:b', ':', 'shop:${SET}', 'shop'],
  },
  'headers of API keys': {
    code: 'GW3315',
    texts: fc.oneof(
      fc.constantFrom(...Object.keys(headerTable)).map((name) => name.replace('*', 'any')),
      textOf('X-', 'Api', 'Key', '_', '-', ' ', ':', 'é', 'Host', 'User-'),
    ),
    written: (text) => authenticatedBy(`type: api-key, name: ${JSON.stringify(text)}, keys: '\${KEYS}'`),
    read: (text, environment) =>
      authenticate({ kind: 'api-key', header: text, keys: '[]', pepper: 'sixteen characters' }, environment),
    examples: ['X-API-Key', 'authorization', 'Range', 'User-Agent', 'x_key', 'X-CSRF'],
    fixed: true,
  },
}

describe('the generator and the gateway give the same verdict on', () => {
  test.each(Object.entries(kinds))('%s', (_, { code, texts, written, read, examples, fixed }) => {
    fc.assert(
      fc.property(texts, (text) => {
        const refused = gatewayRefuses(read, text)
        expect(generatorRefuses(code, written(text))).toBe(refused)
        if (fixed === undefined && text !== '') expect(gatewayRefuses(read, text, { VALUE: text })).toBe(refused)
      }),
      { numRuns: 150, examples: examples.map((text): [string] => [text]) },
    )
  })

  test('routes over paths of the gateway itself', () => {
    const segment = fc.constantFrom(
      ...['health', '%68ealth', 'healthy', 'live', 'ready', '.well-known', '%2ewell-known', 'jwks.json', 'a'],
      ...['{x}', '{x}ealth', 'h{x}', '{x}e{z}', '{x}.json', '{x}-known'],
    )
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST', 'DELETE'), templateOf(segment, 3), (method, path) => {
        const { codes } = planned(manifest(["'orders.*': {}"]), {
          orders: spec([pathItem(path, method.toLowerCase())]),
        })
        const environment = createEnvironment({})
        readRoutes({ routes: [some.route(method, path)], client: some.client() }, environment)
        expect(codes.includes('GW3112')).toBe(environment.problems.length > 0)
      }),
      {
        numRuns: 300,
        examples: [
          '/{a}/{b}',
          '/%68ealth/live',
          '/health/ready',
          '/{a}/live',
          '/{x}ealth/ready',
          '/%68ealth/live',
          '/health/{a}/b',
          '/health',
          '/{a}',
        ].map((path): ['GET' | 'POST', string] => [path === '/{a}/live' ? 'POST' : 'GET', path]),
      },
    )
  })

  test('routes that can match one request', () => {
    const segment = fc.constantFrom('a', '%61', 'a-b', '{x}', 'a-{x}', '{x}-b', '{x}-{z}', '{x}.json')
    fc.assert(
      fc.property(fc.uniqueArray(templateOf(segment, 2), { minLength: 2, maxLength: 4 }), (templates) => {
        const { codes } = planned(manifest(["'orders.*': {}"]), {
          orders: spec(templates.map((path) => pathItem(path, 'get'))),
        })
        const environment = createEnvironment({})
        const routes = templates.map((path) => some.route('GET', path))
        readRoutes({ routes, client: some.client() }, environment)
        const conflicts = environment.problems.filter((problem) => problem.includes('can match the same request'))
        expect(codes.includes('GW3113')).toBe(conflicts.length > 0)
      }),
      { numRuns: 150 },
    )
  })

  test('headers that a client may send to a service', () => {
    const known = fc.constantFrom(...Object.keys(headerTable)).map((name) => name.replace('*', 'any'))
    const cased = fc
      .tuple(fc.oneof(known, textOf('X-', 'Tenant', 'User', '-', '_', 'Host')), fc.boolean())
      .map(([name, upper]) => (upper ? name.toUpperCase() : name))
    fc.assert(
      fc.property(cased, (name) => {
        // The name of the credential in the manifest.
        fc.pre(name.toLowerCase() !== 'x-api-key')
        const parameter = `{ name: ${JSON.stringify(name)}, in: header, schema: { type: string } }`
        const document = spec([`/orders: { ${operation('get', `parameters: [${parameter}]`)} }`])
        const [first] = planned(manifest(exposed), { orders: document }).client.routes
        expect(first?.route.request.header).toEqual(takes(name) ? [name] : [])
      }),
      { numRuns: 200 },
    )
  })
})

/** Whether the runtime copies a documented header to a service. */
function takes(name: string): boolean {
  const declared = some.operation({ header: { [name]: some.parameter({ required: false }) } })
  const schemas = compileSchemas({ operations: { any: declared }, schemas: {}, linear: [] })
  const into = {}
  headerInput(some.request('/a', { header: [name] }), declared, schemas)({ [name.toLowerCase()]: 'a' }, into, [])
  return Object.keys(into).length > 0
}
