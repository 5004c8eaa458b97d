import { expect, test } from '@jest/globals'
import { algorithmNames, isAlgorithm, keyKindOf } from '../../../templates/runtime/words/algorithms.ts'

test.each([
  ['RS256', 'rsa'],
  ['PS512', 'rsa'],
  ['ES256', 'prime256v1'],
  ['ES384', 'secp384r1'],
  ['ES512', 'secp521r1'],
  ['EdDSA', 'ed25519'],
  ['Ed25519', 'ed25519'],
  ['HS256', null],
  ['none', null],
  ['ES256K', null],
  ['rs256', null],
  ['constructor', null],
])('%s needs keys of kind %s (rule J1)', (name, kind) => {
  expect(keyKindOf(name)).toBe(kind)
  expect(isAlgorithm(name)).toBe(kind !== null)
})

test('every suggested name is accepted', () => {
  expect(algorithmNames.filter((name) => !isAlgorithm(name))).toEqual([])
})
