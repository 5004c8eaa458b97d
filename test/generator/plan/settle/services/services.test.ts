import { describe, expect, test } from '@jest/globals'
import { credentialWords, nameCredentials } from '../../../../../generator/plan/settle/services/credentials.ts'
import { manifest, operation, planned, spec } from '../../../../support/planned.ts'

const secured = "security: [{ oauth: ['orders:read'] }]"
const server = (...urls: readonly string[]): string => `servers: [${urls.map((url) => `{ url: '${url}' }`).join(', ')}]`
const paths = (own: string) => [
  `/orders: { ${operation('get', 'operationId: list')} }`,
  `/files: { ${operation('post', `operationId: upload${own === '' ? '' : `, ${own}`}`)} }`,
]

describe('the address of a service', () => {
  const cases: readonly (readonly [
    string,
    string,
    string,
    string,
    Readonly<Record<string, readonly string[]>>,
    readonly string[],
  ])[] = [
    [
      'at its url',
      'url: http://orders.internal',
      server('https://a.example'),
      '',
      { orders: ['http://orders.internal'] },
      [],
    ],
    ['at each of its urls', "url: ['${A}', '${B:-http://b}']", '', '', { orders: ['${A}', '${B:-http://b}'] }, []],
    [
      'at the server of its spec',
      'timeout: 1s',
      server('https://a.example/v1/'),
      '',
      { orders: ['https://a.example/v1'] },
      [],
    ],
    [
      'at any of several servers, which is said',
      'timeout: 1s',
      server('https://a.example', 'https://b.example'),
      '',
      { orders: ['https://a.example', 'https://b.example'] },
      ['GW3303'],
    ],
    [
      'at its url even for an operation with a server of its own, which is said',
      'url: http://orders.internal',
      server('https://a.example'),
      server('https://up.example'),
      { orders: ['http://orders.internal'] },
      ['GW3304'],
    ],
    [
      'elsewhere for an operation with a server of its own',
      'timeout: 1s',
      server('https://a.example'),
      server('https://up.example/api'),
      { orders: ['https://a.example'], 'orders--up-example-api': ['https://up.example/api'] },
      [],
    ],
  ]
  test.each(cases)('%s', (_, service, root, own, want, codes) => {
    const found = planned(manifest(['orders.*: {}'], { service }), { orders: spec(paths(own), `${secured}\n${root}`) })
    expect(Object.fromEntries(found.client.services.map(({ id, service }) => [id, service.url]))).toEqual(want)
    expect(found.codes).toEqual(codes)
  })

  test('operations at another server have a separate contract', () => {
    const { client } = planned(manifest(['orders.*: {}'], { service: 'timeout: 1s' }), {
      orders: spec(paths(server('https://up.example')), `${secured}\n${server('https://a.example')}`),
    })
    expect(client.services.map(({ id, schemas }) => [id, Object.keys(schemas.operations)])).toEqual([
      ['orders', ['list']],
      ['orders--up-example', ['upload']],
    ])
    expect(client.routes.map(({ route }) => [route.id, route.action.service])).toEqual([
      ['orders.upload', 'orders--up-example'],
      ['orders.list', 'orders'],
    ])
  })

  test.each([[''], [server('/v1')], [server('orders.example')]])('is unknown with %s', (root) => {
    const { codes } = planned(manifest(['orders.*: {}'], { service: 'timeout: 1s' }), {
      orders: spec(paths(''), `${secured}\n${root}`),
    })
    expect(codes).toEqual(['GW3301'])
  })
})

describe('credentials', () => {
  const setting = (text: string) => ({ text, variables: [], origin: { file: '', pointer: '' } })
  const origin = { file: '', pointer: '' }
  const header = (name: string) => ({ kind: 'header', name, value: setting('${KEY}'), origin }) as const
  const principal = { kind: 'principal', origin } as const
  const none = { kind: 'none', origin } as const

  test('are named by kind, with a number if they differ', () => {
    const names = nameCredentials([[header('X-A'), principal], [header('X-B')], [header('X-A')], [none]])
    expect(Object.keys(names.all)).toEqual(['header', 'principal', 'header-2'])
    expect([[header('X-B'), principal], [none], [header('X-A')]].map(names.namesOf)).toEqual([
      ['header-2', 'principal'],
      [],
      ['header'],
    ])
  })

  test('that no route sends need no secret', () => {
    const { client } = planned(manifest(['orders.list: { credential: principal }']), { orders: spec(paths('')) })
    expect([client.services[0]?.service.credentials, client.variables.map(({ name }) => name)]).toEqual([
      { principal: { kind: 'principal' } },
      ['ISSUER'],
    ])
  })

  test('in descriptions contain no secret', () => {
    expect(
      credentialWords({ kind: 'header', name: 'X-Api-Key', value: '${KEY}' }, { kind: 'public', because: 'Open' }),
    ).toBe('a secret in X-Api-Key')
  })
})
