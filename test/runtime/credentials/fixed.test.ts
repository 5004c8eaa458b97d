import { afterEach, describe, expect, test } from '@jest/globals'
import { type CredentialBench, createCredentialBench } from '../../support/credentialBench.ts'
import { anExchange, aPrincipal, reference } from '../../support/identity.ts'

let bench: CredentialBench
afterEach(() => bench.credentials.close())

function start(...of: Parameters<typeof createCredentialBench>): CredentialBench {
  bench = createCredentialBench(...of)
  return bench
}

describe('credentials without requests', () => {
  test('the caller’s own token', async () => {
    start({ main: { kind: 'principal' } })
    expect(await bench.send(aPrincipal({ token: 'a.b.c' }))).toEqual({ authorization: 'Bearer a.b.c' })
  })

  test.each([
    ['an anonymous caller', null],
    ['a caller with a key', aPrincipal({ token: null })],
  ])('the caller’s own token, of %s: the call fails', async (_name, principal) => {
    start({ main: { kind: 'principal' } })
    expect(await bench.send(principal)).toMatchObject({ name: 'forbidden', status: 403 })
  })

  test('a secret in a header', async () => {
    start({ main: { kind: 'header', name: 'X-Api-Key', value: reference('KEY') } }, { KEY: 'k e y' })
    expect(await bench.send(null)).toEqual({ 'x-api-key': 'k e y' })
  })

  test.each([
    ['no cookie of the client', {}, 'sid=secret'],
    ['one of the client', { cookie: 'theme=dark' }, 'sid=secret; theme=dark'],
    ['several, one of them in its place', { cookie: 'a=1; sid=guess; b=2' }, 'sid=secret; a=1; b=2'],
    ['one whose name differs in case', { cookie: 'SID=guess' }, 'sid=secret'],
    ['one without a value', { cookie: 'sid; a=1' }, 'sid=secret; a=1'],
    ['its own, of an earlier attempt', { cookie: 'sid=secret; theme=dark' }, 'sid=secret; theme=dark'],
  ])('a secret in a cookie, beside %s (rule P13)', async (_, headers: Record<string, string>, want) => {
    start({ main: { kind: 'header', name: 'Cookie', value: reference('KEY') } }, { KEY: 'sid=secret' })
    expect(bench.credentials.apply(anExchange(), 'orders', ['main'], headers)).toBeUndefined()
    expect(headers).toEqual({ cookie: want })
  })

  test('a user name and a password (RFC 7617)', async () => {
    start({ main: { kind: 'basic', username: 'shop', password: reference('PASSWORD') } }, { PASSWORD: 'päss:word' })
    const authorization = `Basic ${Buffer.from('shop:päss:word').toString('base64')}`
    expect(await bench.send(null)).toEqual({ authorization })
  })

  test('several, in order, synchronously if possible', () => {
    start({ one: { kind: 'header', name: 'X-One', value: '1' }, two: { kind: 'principal' } })
    const headers = {}
    expect(
      bench.credentials.apply(anExchange({ principal: aPrincipal() }), 'orders', ['one', 'two'], headers),
    ).toBeUndefined()
    expect(headers).toEqual({ 'x-one': '1', authorization: 'Bearer the.caller.token' })
  })

  test('none', async () => {
    start({})
    expect(await bench.credentials.apply(anExchange(), 'orders', [], {})).toBeUndefined()
  })

  test('one that does not exist: the call fails', async () => {
    start({})
    expect(await bench.send(null, ['nobody'])).toMatchObject({ name: 'internal', status: 500 })
    expect(await bench.credentials.apply(anExchange(), 'nobody', ['main'], {})).toMatchObject({ status: 500 })
  })

  test.each([
    ['a line break', 'a\r\nx-admin: 1'],
    ['a control character', 'a\u0000'],
    ['a letter beyond ASCII', 'ü'],
    ['a space at the end', 'a '],
  ])('a secret with %s is refused at start, and not shown', (_name, value) => {
    const { environment } = start({ main: { kind: 'header', name: 'x', value: reference('KEY') } }, { KEY: value })
    expect(environment.problems).toEqual([
      `service orders, credential main: the value (${reference('KEY')}) has characters that a header cannot carry`,
    ])
  })

  test('a user name with a colon is refused at start', () => {
    const { environment } = start({ main: { kind: 'basic', username: 'a:b', password: 'x' } })
    expect(environment.problems).toHaveLength(1)
  })
})
