import { expect, test } from '@jest/globals'
import { parseRecords } from '../../../templates/runtime/auth/keyRecords.ts'

const good = { id: 'key-1', hash: 'a'.repeat(64), subject: 'partner', scopes: ['orders:read'] }
const parse = (...records: readonly unknown[]) => parseRecords(JSON.stringify(records))

test.each([
  ['the least', good],
  ['everything', { ...good, roles: ['r'], expires: '2027-01-31', addresses: ['10.0.0.0/8', '::1'], claims: { a: 1 } }],
  ['an expiry with time and zone', { ...good, expires: '2027-01-31T10:00:00+02:00' }],
  ['no scopes', { ...good, scopes: [] }],
])('%s is valid', (_name, record) => {
  expect(parse(record)).toEqual({ kind: 'records', records: [record] })
})

test.each([
  ['an id with an underscore', { ...good, id: 'a_b' }, 'id is not 1 to 64 letters, digits or hyphens'],
  ['a hash in capitals', { ...good, hash: 'A'.repeat(64) }, 'hash is not 64 lower-case hexadecimal digits'],
  ['an empty subject', { ...good, subject: '' }, 'subject is not a non-empty string'],
  ['scopes in one text', { ...good, scopes: 'a b' }, 'scopes is not a list of scopes'],
  ['a scope with a space', { ...good, scopes: ['a b'] }, 'scopes is not a list of scopes'],
  ['a role that is a number', { ...good, roles: [1] }, 'roles is not a list of roles'],
  [
    'an expiry that is no day',
    { ...good, expires: '2027-13-01' },
    'expires is not an ISO 8601 date, or a date and time with a zone',
  ],
  [
    'an expiry without a zone',
    { ...good, expires: '2027-01-01T10:00:00' },
    'expires is not an ISO 8601 date, or a date and time with a zone',
  ],
  [
    'an expiry that is null',
    { ...good, expires: null },
    'expires is not an ISO 8601 date, or a date and time with a zone',
  ],
  [
    'a range that is none',
    { ...good, addresses: ['10.0.0.0/99'] },
    'addresses is not a list of IP addresses or CIDR ranges',
  ],
  ['claims that are a list', { ...good, claims: [] }, 'claims is not an object'],
  ['a misspelt member', { ...good, expire: '2027-01-01' }, 'has an unknown member'],
  ['a text', 'key', 'is not an object'],
])('%s is refused', (_name, record, fault) => {
  expect(parse(record)).toEqual({ kind: 'faults', faults: [`[0] ${fault}`] })
})

test('every missing member is listed', () => {
  expect(parse(good, {})).toEqual({
    kind: 'faults',
    faults: ['[1] has no id', '[1] has no hash', '[1] has no subject', '[1] has no scopes'],
  })
})

test('two records with one id are refused, because one would hide the other', () => {
  expect(parse(good, { ...good, subject: 'other' })).toEqual({
    kind: 'faults',
    faults: ['[1] id is also the id of an earlier key'],
  })
})

test.each(['', '{', 'null', '{}'])('%j is not a list of records', (text) => {
  expect(parseRecords(text).kind).toBe('faults')
})
