import { expect, test } from '@jest/globals'
import { authorityChange } from '../../../generator/diff/authority.ts'
import { credentialWords } from '../../../generator/plan/settle/services/credentials.ts'
import type { Access, Credential } from '../../../templates/runtime/vocabulary.ts'

const access: Access = { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] }
const optional: Access = { kind: 'public', because: 'No secret', optional: true }
const oauth = { tokenUrl: 'https://idp.example/token', clientId: 'shop', clientSecret: '${SECRET}', scopes: [] }

const credentials: { readonly [K in Credential['kind']]: Extract<Credential, { kind: K }> } = {
  principal: { kind: 'principal' },
  exchange: { kind: 'exchange', ...oauth, audience: 'orders' },
  identity: { kind: 'identity', issuer: 'shop', audience: 'orders', key: '${KEY}', claims: [], lifetime: 60 },
  header: { kind: 'header', name: 'X-Key', value: '${KEY}' },
  basic: { kind: 'basic', username: 'shop', password: '${PASSWORD}' },
  client: { kind: 'client', ...oauth, audience: null },
}
const words = (kind: Credential['kind'], by: Access = access): string => credentialWords(credentials[kind], by)

test.each(['principal', 'exchange', 'identity'] as const)('%s is a credential of the caller', (kind) => {
  expect(authorityChange([], [words(kind)])).toEqual([])
  expect(authorityChange([words(kind)], [])).toEqual(['the service is called without a credential of the caller now'])
  expect(authorityChange([words(kind)], [words(kind, optional)])).toEqual([])
})

test.each(['header', 'basic', 'client'] as const)('%s is a credential of the gateway', (kind) => {
  const sent = words(kind)
  expect(authorityChange([words('principal')], [sent])).toEqual([
    `the service is called with the gateway's own authority now (${sent})`,
  ])
  expect(authorityChange([sent], [])).toEqual([])
})
