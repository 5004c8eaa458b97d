import { describe, expect, test } from '@jest/globals'
import { operation, planned } from '../../../support/planned.ts'

const answer = operation('get', 'operationId: list')

/** The findings about the credential of a service whose operations require this scheme. */
function findingsOf(scheme: string, credential: string, parameters = '') {
  const manifest = `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: http://orders.internal, security: { own: service }, credential: ${credential} }
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop }
clients:
  web:
    authenticate: [bearer]
    expose:
      orders.list: { access: { authenticated: true } }
`
  const document = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
security: [{ own: [] }]
components: { securitySchemes: { own: ${scheme} } }
paths:
  /orders: { ${parameters}${answer} }
`
  return planned(manifest, { orders: document }).diagnostics
}

const codesOf = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ code }) => code)
const cookie = (value: string) => `{ header: { name: Cookie, value: '${value}' } }`
const sid = '{ type: apiKey, in: cookie, name: sid }'

describe('a credential for a key in a cookie (GW3307)', () => {
  test.each([
    ['the cookie', cookie('sid=${KEY}')],
    ['the cookie among others', cookie('theme=dark; sid=${KEY}')],
    ['a whole field from the environment', cookie('${KEY}')],
    ['a field name in other letters', cookie('sid=${KEY}').replace('Cookie', 'cookie')],
    ['one of several credentials', `[{ basic: { username: '\${U}', password: '\${P}' } }, ${cookie('sid=${KEY}')}]`],
  ])('fits: %s', (_, credential) => {
    expect(codesOf(sid, credential)).toEqual([])
  })

  test.each([
    ['another cookie', cookie('token=${KEY}')],
    ['a cookie whose name ends in the same letters', cookie('my-sid=${KEY}')],
    ['another header', "{ header: { name: X-Api-Key, value: '${KEY}' } }"],
    ['a password', "{ basic: { username: '${U}', password: '${P}' } }"],
  ])('does not fit: %s', (_, credential) => {
    const [finding, ...others] = findingsOf(sid, credential)
    expect([finding?.code, others]).toEqual(['GW3307', []])
    expect(finding?.remedy).toContain("{ header: { name: Cookie, value: 'sid=${ORDERS_KEY}' } }")
  })

  test('is named by the remedy where the service has no credential (GW3306)', () => {
    const [finding] = findingsOf(sid, 'none')
    expect([finding?.code, finding?.remedy?.includes('name: Cookie')]).toEqual(['GW3306', true])
  })
})

test('a key in a query is not to be had, which the remedy says', () => {
  const [finding] = findingsOf('{ type: apiKey, in: query, name: key }', cookie('sid=${KEY}'))
  expect([finding?.code, finding?.remedy]).toEqual(['GW3307', expect.stringContaining('in headers only')])
})

const field = 'parameters: [{ name: Cookie, in: header, schema: { type: string } }], '

test('a header `Cookie` of an operation is the credential of its scheme, so it is not reported as withheld (GW3204)', () => {
  expect(codesOf(sid, cookie('sid=${KEY}'), field)).toEqual([])
  const header = '{ type: apiKey, in: header, name: X-Api-Key }'
  expect(codesOf(header, "{ header: { name: X-Api-Key, value: '${KEY}' } }", field)).toEqual(['GW3204'])
})

describe('the server of an operation (GW3304)', () => {
  const found = (url: string, server: string) =>
    planned(
      `
gatewright: 1
name: shop
services:
  files: { spec: files.yaml, url: '${url}', security: {} }
authenticators: { bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop } }
clients:
  web: { authenticate: [bearer], expose: { files.list: { access: { authenticated: true } } } }
`,
      {
        files: `
openapi: 3.1.0
info: { title: Files, version: '1' }
servers: [{ url: 'https://api.example.com' }]
paths:
  /files: { servers: [{ url: '${server}' }], ${answer} }
`,
      },
    )
  const codes = (url: string, server: string) => found(url, server).codes

  test.each([
    ['https://files.example.com', 'https://files.example.com/'],
    ['${FILES_URL:-https://files.example.com}', 'https://files.example.com/'],
    ['https://files.example.com/', 'https://files.example.com'],
    ['https://files.example.com', 'https://files.example.com'],
  ])('%s is %s', (url, server) => {
    expect(codes(url, server)).toEqual([])
  })

  test.each([
    ['https://api.example.com', 'https://files.example.com/'],
    ['${FILES_URL}', 'https://files.example.com'],
    ['https://files.example.com', 'https://files.example.co'],
    ['https://files.example.com:8443', 'https://files.example.com'],
  ])('%s is not %s', (url, server) => {
    expect(codes(url, server)).toEqual(['GW3304'])
  })

  test.each([
    ['https://files.example.com', 'has the server `https://files.example.com`.'],
    ['https://', 'has the server `https://`.'],
    ['https://{host}', 'has a server of its own, without an address.'],
  ])('%s is named as far as it has an address', (server, words) => {
    expect(found('https://api.example.com', server).diagnostics).toMatchObject([
      { message: expect.stringContaining(words) },
    ])
  })
})
