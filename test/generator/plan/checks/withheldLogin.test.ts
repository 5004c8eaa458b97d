import { describe, expect, test } from '@jest/globals'
import { manifest, planned, spec } from '../../../support/planned.ts'

const body = (members: string) =>
  `requestBody: { content: { application/json: { schema: { type: object, properties: { ${members} } } } } }`

const responses = "responses: { '204': { description: Yes }, '401': { description: No } }"

/** The findings for one operation with these members. */
function codesOf(operation: string, entry: string, answers = responses, name = 'login') {
  const { codes } = planned(manifest([`orders.${name}: ${entry}`], { service: 'url: http://orders.internal' }), {
    orders: spec([`/${name}: { post: { operationId: ${name}, ${operation}, ${answers} } }`], ''),
  })
  return codes.filter((code) => code === 'GW3218')
}

const open = 'access: { public: Everyone may log in }'
const guarded = 'access: { authenticated: true }'
const password = body('password: { type: string }')
const secured = (operation: string) => `security: [{ key: [] }], ${operation}`
const both = `{ ${guarded}, credential: [principal, { header: { name: X-A, value: '\${A}' } }] }`

describe('`unauthorized: pass` is suggested (GW3218)', () => {
  test.each([
    ['a body of an operation without security', `security: [], ${body('user: { type: string }')}`, `{ ${open} }`],
    ['one that the manifest guards', `security: [], ${body('user: { type: string }')}`, `{ ${guarded} }`],
    ['a password where no security is documented', password, `{ ${guarded} }`],
    ['a member whose format is password', body('word: { type: string, format: password }'), `{ ${open} }`],
    ['a form', password.replace('application/json', 'application/x-www-form-urlencoded'), `{ ${open} }`],
    ['a login with the key of the gateway', secured(password), `{ ${open} }`],
    ['the token of the caller beside another credential', password, both],
  ])('for %s', (_, operation, entry) => {
    expect(codesOf(operation, entry)).toEqual(['GW3218'])
  })

  test.each([
    ['an operation without a body', 'security: []', `{ ${open} }`],
    ['a body without a credential', body('name: { type: string }'), `{ ${open} }`],
    ['a service that gets the token of the caller', password, `{ ${guarded}, credential: principal }`],
    ['an entry that passes it', password, `{ ${open}, unauthorized: pass }`],
    ['an entry that does not', password, `{ ${open}, unauthorized: caller }`],
  ])('not for %s', (_, operation, entry) => {
    expect(codesOf(operation, entry)).toEqual([])
  })

  test.each(['log-in', 'sign_in', 'userLogon', 'auth'])('for an operation with security whose name is %s', (name) => {
    expect(codesOf(secured(password), `{ ${guarded} }`, responses, name)).toEqual(['GW3218'])
  })

  test.each(['spotPrice', 'footprint', 'author', 'passport'])('not for the member %s', (name) => {
    expect(codesOf(body(`${name}: { type: string }`), `{ ${open} }`)).toEqual([])
  })

  test.each(['otp', 'sms_otp', 'refreshToken', 'clientSecret'])('for the member %s', (name) => {
    expect(codesOf(body(`${name}: { type: string }`), `{ ${open} }`)).toEqual(['GW3218'])
  })

  test('not for a change of a password, whose 401 is about the security of the operation', () => {
    expect(codesOf(secured(password), `{ ${guarded} }`, responses, 'changePassword')).toEqual([])
  })

  test('not for an operation that does not document 401', () => {
    expect(codesOf(password, `{ ${open} }`, "responses: { '204': { description: Yes } }")).toEqual([])
  })
})

test('`unauthorized: pass` is written into the route and its 401 into the contract', () => {
  const of = (more: string) => {
    const { client } = planned(
      manifest([`orders.login: { ${open}${more} }`], { service: 'url: http://orders.internal' }),
      {
        orders: spec(
          [
            `/login: { post: { operationId: login, ${password}, responses: { '204': { description: Yes }, '401': { description: Wrong password } } } }`,
          ],
          '',
        ),
      },
    )
    return [client.routes[0]?.written.answers, JSON.stringify(client.contract).includes('Wrong password')]
  }
  const statuses = ['204', '401']
  expect(of('')).toEqual([{ statuses }, false])
  expect(of(', unauthorized: pass')).toEqual([{ statuses, unauthorized: 'pass' }, true])
})
