import { beforeAll, describe, expect, test } from '@jest/globals'
import type { JWK } from 'jose'
import { parseKeySet, selectKeys } from '../../../templates/runtime/auth/keySet.ts'
import { makeRsaSigner } from '../../support/forgery.ts'
import { makePair } from '../../support/identityProvider.ts'

let ec: JWK
let rsa: JWK

beforeAll(async () => {
  ec = (await makePair('ES256', 'ec')).jwk
  rsa = (await makePair('RS256', 'rsa')).jwk
})

const ids = (keys: readonly { readonly kid: string | undefined }[] | null) => keys?.map(({ kid }) => kid)

describe('a key set', () => {
  test('leaves out unusable keys, and keeps the others', () => {
    const useless: readonly (() => unknown)[] = [
      () => null,
      () => 'key',
      () => ({ kty: 'oct', k: 'AAAA', kid: 'symmetric' }),
      () => ({ ...ec, kid: 7 }),
      () => ({ ...ec, alg: 'RS256' }),
      () => ({ ...ec, alg: 'HS256' }),
      () => ({ ...ec, use: 'enc' }),
      () => ({ ...ec, key_ops: ['sign'] }),
      () => ({ ...ec, y: ec.x }),
      () => ({ ...ec, crv: 'secp256k1' }),
      () => ({ ...rsa, d: 'AAAA' }),
      () => ({ ...rsa, n: undefined }),
      () => makeRsaSigner(1_024, 65_537).jwk,
      () => makeRsaSigner(2_048, 3).jwk,
    ]
    for (const make of useless) {
      expect(parseKeySet({ keys: [make()] })).toBeNull()
      expect(ids(parseKeySet({ keys: [make(), rsa, ec] }))).toEqual(['rsa', 'ec'])
    }
  })

  test('contains a key once that is listed twice', () => {
    expect(ids(parseKeySet({ keys: [ec, rsa, { ...ec }] }))).toEqual(['ec', 'rsa'])
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['no keys', {}],
    ['an empty set', { keys: [] }],
    ['keys that are no list', { keys: { 0: 'x' } }],
    ['an error', { error: 'server_error' }],
  ])('%s is not valid', (_name, body) => {
    expect(parseKeySet(body)).toBeNull()
  })
})

describe('rule J1: the keys that may have signed a token', () => {
  test('have its id, and fit its algorithm', () => {
    const { alg: _named, ...any } = rsa
    const keys = parseKeySet({ keys: [ec, rsa, { ...any, kid: 'any' }] }) ?? []
    expect(ids(selectKeys(keys, 'ec', 'ES256'))).toEqual(['ec'])
    expect(ids(selectKeys(keys, 'ec', 'RS256'))).toEqual([])
    expect(ids(selectKeys(keys, 'rsa', 'PS256'))).toEqual([])
    expect(ids(selectKeys(keys, 'any', 'PS256'))).toEqual(['any'])
    expect(ids(selectKeys(keys, undefined, 'RS256'))).toEqual(['rsa', 'any'])
    expect(ids(selectKeys(keys, 'nobody', 'RS256'))).toEqual([])
    expect(ids(selectKeys(keys, 'rsa', 'constructor'))).toEqual([])
  })
})
