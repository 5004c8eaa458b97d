import { expect, test } from '@jest/globals'
import { credentialsOf } from '../../../generator/settings/credentials.ts'

const origin = { file: 'gateway.yaml', pointer: '/credential' }

test.each(['none', 'principal'])('%s is a credential without settings', (kind) => {
  expect(credentialsOf(kind, origin)).toEqual([{ kind, origin }])
})

test('omitted settings have their defaults, at the place of the credential', () => {
  expect(credentialsOf({ identity: { audience: 'orders' } }, origin)).toMatchObject([
    {
      kind: 'identity',
      audience: { text: 'orders', origin: { pointer: '/credential/identity/audience' } },
      issuer: { text: '${GATEWAY_ISSUER}', origin: { pointer: '/credential/identity' } },
      key: { variables: [{ name: 'GATEWAY_IDENTITY_KEY', fallback: null }] },
      claims: [],
      lifetime: 60,
    },
  ])
})

test('a list keeps its order and its places', () => {
  const list = [{ basic: { username: 'u', password: '${P}' } }, { mtls: { cert: 'a', key: 'b' } }]
  expect(credentialsOf(list, origin)).toMatchObject([
    { kind: 'basic', origin: { pointer: '/credential/0/basic' } },
    { kind: 'mtls', ca: null, origin: { pointer: '/credential/1/mtls' } },
  ])
})

test('an unknown kind is not a credential', () => {
  expect(credentialsOf({ toString: {} }, origin)).toEqual([])
})
