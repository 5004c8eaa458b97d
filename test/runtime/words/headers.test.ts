import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type HeaderUse,
  headersWhere,
  headerTable,
  headerUse,
  isAnswerHeader,
  isBindableHeader,
  isClientHeader,
  isCredentialHeader,
  isHeaderName,
  isKeyHeader,
  isOwnHeaderName,
} from '../../../templates/runtime/words/headers.ts'

describe('the columns of a name', () => {
  test.each<[string, HeaderUse]>([
    ['X-Anything', {}],
    ['constructor', {}],
    ['Host', { request: 'gateway', once: true }],
    ['X-Forwarded-Anything', { request: 'gateway' }],
    ['X-Forwarded-For', { request: 'gateway', common: true }],
    ['Sec-WebSocket-Key', { request: 'identity', once: true }],
    ['X-Forwarded', {}],
  ])('%s', (name, want) => {
    expect(headerUse(name)).toEqual(want)
  })

  test('do not depend on case', () => {
    const cased = fc
      .constantFrom(...Object.keys(headerTable))
      .chain((name) =>
        fc
          .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
          .map((upper) =>
            [...name.replace('*', 'a')]
              .map((character, i) => (upper[i] ? character.toUpperCase() : character))
              .join(''),
          ),
      )
    fc.assert(fc.property(cased, (name) => expect(headerUse(name)).toEqual(headerUse(name.toLowerCase()))))
  })
})

test('the names of a column have no wildcards', () => {
  expect(headersWhere(({ undocumented }) => undocumented === 'range')).toEqual(['if-range', 'range'])
  expect(headersWhere(({ answer }) => answer === 'never').filter((name) => name.includes('*'))).toEqual([])
})

test('fewer than 24 headers may occur only once, so that each, and those of API keys, has one bit', () => {
  expect(headersWhere(({ once }) => once === true).length).toBeLessThan(24)
})

test('names are in lower case and in order', () => {
  const names = Object.keys(headerTable)
  expect(names).toEqual([...names].map((name) => name.toLowerCase()).sort())
})

describe('who may set a field', () => {
  /** client, bind, credential, API key of a caller */
  const names: readonly (readonly [string, string])[] = [
    ['X-Anything', 'client bind credential key'],
    ['X-API-Key', 'client bind credential key'],
    ['If-Match', 'client bind credential'],
    ['Idempotency-Key', 'client bind credential'],
    ['Accept-Language', 'client bind credential'],
    ['X-CSRF', 'client bind credential'],
    ['X-User-Id', 'bind credential'],
    ['X-Real-IP', 'bind credential'],
    ['Remote-User', 'bind credential'],
    ['Authorization', 'credential'],
    ['Cookie', 'credential'],
    ['X-HTTP-Method-Override', ''],
    ['X-Original-URL', ''],
    ['Content-Type', ''],
    ['Set-Cookie', ''],
    ['Host', ''],
    ['X-Request-Id', ''],
    ['X-Forwarded-For', ''],
    ['X-Gatewright-Subject', ''],
    ['api_key', 'bind credential'],
    ['X Y', 'bind'],
    ['', 'bind'],
  ]
  test.each(names)('%s: %s', (name, want) => {
    const may = {
      client: isClientHeader(name),
      bind: isBindableHeader(name),
      credential: isCredentialHeader(name),
      key: isKeyHeader(name),
    }
    const found = Object.entries(may).flatMap(([who, allowed]) => (allowed ? [who] : []))
    expect(found.join(' ')).toBe(want)
  })
})

test.each([
  ['X-Total-Count', true],
  ['ETag', true],
  ['Location', true],
  ['Content-Location', true],
  ['Content-Type', false],
  ['Cache-Control', false],
  ['Vary', false],
  ['Set-Cookie', false],
  ['Access-Control-Allow-Origin', false],
  ['X-AspNet-Version', false],
])('%s of an answer reaches the client: %s', (name, want) => {
  expect(isAnswerHeader(name)).toBe(want)
})

test.each([
  ['X-Tenant', true, true],
  ['api_key', false, true],
  ['X.Y', false, false],
  ['Ünicode', false, false],
  ['', false, false],
])('%j as a name: from a client %s, on a call %s', (name, client, own) => {
  expect([isHeaderName(name), isOwnHeaderName(name)]).toEqual([client, own])
})
