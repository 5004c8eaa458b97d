import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ApiKeyRecord } from '../../../templates/runtime/auth/keyRecords.ts'
import { createKey, hashKey } from '../../../templates/runtime/auth/keys.ts'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import type { Problem } from '../../../templates/runtime/words/problems.ts'
import { aClient, anExchange, type Clocks, createClocks, createMemoryLog, reference } from '../../support/identity.ts'

const pepper = 'a pepper of some length'
const key = createKey('shop')
const rotated = createKey('shop')
/** The 401 of every refused key, and the reason for the log. */
const refusedFor = (reason: string, detail: string | null = key.id) => ({
  kind: 'problem',
  name: 'unauthenticated',
  status: 401,
  errors: [],
  headers: { 'www-authenticate': 'ApiKey realm="shop-test"' },
  close: false,
  reason,
  detail,
})

let clocks: Clocks
let log: ReturnType<typeof createMemoryLog>
let authenticate: Authenticate

beforeEach(() => {
  clocks = createClocks()
  log = createMemoryLog()
})
afterEach(() => authenticate.close())

function aRecord(more: Partial<ApiKeyRecord> = {}, of = key): ApiKeyRecord {
  return { id: of.id, hash: hashKey(pepper, of.secret), subject: 'partner-1', scopes: ['orders:read'], ...more }
}

function start(keys: string | readonly ApiKeyRecord[]): void {
  const environment = createEnvironment({
    PEPPER: pepper,
    KEYS: typeof keys === 'string' ? keys : JSON.stringify(keys),
  })
  const client = aClient({
    key: { kind: 'api-key', header: 'X-Api-Key', keys: reference('KEYS'), pepper: reference('PEPPER') },
  })
  authenticate = createAuthenticate(client, environment, { ...clocks, observer: log.observer })
  expect(environment.problems).toEqual([])
}

function ask(text: string | readonly string[], address = '192.0.2.1') {
  const exchange = anExchange({ headers: { 'x-api-key': text }, address })
  const outcome = authenticate.step(exchange)
  return { outcome, principal: exchange.principal }
}

describe('rule K1: an API key', () => {
  test('that is stored sets the principal', () => {
    start([aRecord({ roles: ['partner'], claims: { accounts: ['a-1'], sub: 'somebody else' }, expires: '2999-01-01' })])
    expect(ask(key.text)).toEqual({
      outcome: undefined,
      principal: {
        authenticator: 'key',
        issuer: 'shop-test',
        subject: 'partner-1',
        scopes: new Set(['orders:read']),
        roles: new Set(['partner']),
        claims: { accounts: ['a-1'], sub: 'partner-1' },
        token: null,
        expires: Date.parse('2999-01-01') / 1_000,
      },
    })
  })

  test('has 256 random bits, which are not stored', () => {
    expect(key.text).toMatch(/^shop_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/)
    expect(key.text).not.toBe(rotated.text)
    expect(hashKey('pepper', 'secret')).toBe('804e6d854739162fdea0d455b3aafe67f40d2919406186a27be601596ac6d306')
  })

  test('of a rotation is valid together with the other one, with the same subject', () => {
    start([aRecord(), aRecord({}, rotated)])
    expect(ask(key.text).principal?.subject).toBe('partner-1')
    expect(ask(rotated.text).principal?.subject).toBe('partner-1')
  })

  const wrong: readonly (readonly [name: string, text: string])[] = [
    ['an unknown id', createKey('shop').text],
    ['a wrong secret', `shop_${key.id}_${rotated.secret}`],
    ['a secret that is one character short', key.text.slice(0, -1)],
    ['a secret that is one character long', `${key.text}A`],
    ['the hash instead of the secret', `shop_${key.id}_${hashKey(pepper, key.secret)}`],
    ['no secret', `shop_${key.id}_`],
    ['no id', `shop__${key.secret}`],
    ['the secret alone', key.secret],
    ['an id that every object has', `shop_constructor_${key.secret}`],
    ['an empty text', ''],
    ['a scheme before it', `Bearer ${key.text}`],
    ['a space after it', `${key.text} `],
    ['10 kB', `shop_${key.id}_${'A'.repeat(10_000)}`],
  ]

  test.each(wrong)('with %s gets the same 401', (_name, text) => {
    start([aRecord()])
    const { outcome, principal } = ask(text)
    const { reason, detail } = outcome as Problem
    expect({ outcome, principal }).toEqual({ outcome: refusedFor(reason ?? '', detail), principal: null })
  })

  test.each([
    ['key-malformed', null, 'shop_0123'],
    ['key-unknown', rotated.id, rotated.text],
    ['key-secret', key.id, `shop_${key.id}_${rotated.secret}`],
  ])('says for the log: %s', (reason, detail, text) => {
    start([aRecord()])
    expect(ask(text).outcome).toEqual(refusedFor(reason, detail))
  })

  test('that is expired, or used from another address, gets the same 401', () => {
    start([aRecord({ expires: '2020-01-01T00:00:00Z' }), aRecord({ addresses: ['198.51.100.0/24'] }, rotated)])
    expect(ask(key.text).outcome).toEqual(refusedFor('key-expired'))
    expect(ask(rotated.text).outcome).toEqual(refusedFor('key-address', rotated.id))
    expect(ask(rotated.text, '198.51.100.7').outcome).toBeUndefined()
    expect(ask(rotated.text, '::ffff:198.51.100.7').outcome).toBeUndefined()
  })

  test('expires while the gateway runs', () => {
    start([aRecord({ expires: new Date(clocks.clock() + 60_000).toISOString() })])
    expect(ask(key.text).outcome).toBeUndefined()
    clocks.advance(60_000)
    expect(ask(key.text).outcome).toEqual(refusedFor('key-expired'))
  })

  test('in the query is ignored', () => {
    start([aRecord()])
    const exchange = anExchange({ query: `X-Api-Key=${key.text}&api_key=${key.text}` })
    expect(authenticate.step(exchange)).toBeUndefined()
    expect(exchange.principal).toBeNull()
  })

  test('rule P3: sent twice is 400', () => {
    start([aRecord()])
    expect(ask([key.text, rotated.text])).toMatchObject({
      outcome: { name: 'malformed-request', status: 400 },
      principal: null,
    })
  })

  test('hashed with another pepper does not work', () => {
    start([aRecord({ hash: hashKey('another pepper, also long', key.secret) })])
    expect(ask(key.text).outcome).toEqual(refusedFor('key-secret'))
  })
})

describe('rule K3: guessing', () => {
  const guess = () => `shop_${key.id}_${createKey('shop').secret}`
  const blocked = (seconds: number, detail = key.id) => ({
    outcome: {
      kind: 'problem',
      name: 'too-many-requests',
      status: 429,
      errors: [],
      headers: { 'retry-after': String(seconds) },
      close: false,
      reason: 'key-blocked',
      detail,
    },
    principal: null,
  })

  test('is stopped after 20 failures in a minute: then even the right key is refused without a comparison, with 429', () => {
    start([aRecord()])
    for (let i = 0; i < 19; i += 1) ask(guess())
    expect(ask(key.text).outcome).toBeUndefined()
    expect(ask(guess()).outcome).toEqual(refusedFor('key-secret'))
    expect(ask(key.text)).toEqual(blocked(3))
    expect(log.lines).toHaveLength(1)
  })

  test('at an id that does not exist has the same answers', () => {
    const answers = (id: string) => {
      start([aRecord()])
      return Array.from({ length: 40 }, () => {
        clocks.advance(700)
        const {
          reason: _reason,
          detail: _detail,
          ...sent
        } = ask(`shop_${id}_${createKey('shop').secret}`).outcome as Problem
        return sent
      })
    }
    const known = answers(key.id)
    expect(known.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
    expect(answers('0123456789abcdef')).toEqual(known)
    expect(answers('constructor')).toEqual(known)
  })

  test('at a key that is expired, or not for this address, has the same answers', () => {
    start([aRecord({ expires: '2020-01-01' }), aRecord({ addresses: ['198.51.100.7'] }, rotated)])
    for (let i = 0; i < 20; i += 1) {
      expect([ask(key.text).outcome, ask(rotated.text).outcome]).toEqual([
        refusedFor('key-expired'),
        refusedFor('key-address', rotated.id),
      ])
    }
    expect([ask(key.text), ask(rotated.text)]).toEqual([blocked(3), blocked(3, rotated.id)])
    expect(ask(rotated.text, '198.51.100.7').outcome).toBeUndefined()
  })

  test('blocks only the /64 of the attempts, but all of it', () => {
    start([aRecord()])
    for (let i = 0; i < 20; i += 1) ask(guess(), `2001:db8::${i.toString(16)}`)
    expect(ask(key.text, '2001:db8::ffff')).toEqual(blocked(3))
    expect(ask(key.text, '2001:db8:0:1::1').outcome).toBeUndefined()
    expect(ask(key.text, '192.0.2.1').outcome).toBeUndefined()
  })

  test('one key blocks no other key from the same address', () => {
    start([aRecord(), aRecord({}, rotated)])
    for (let i = 0; i < 30; i += 1) ask(guess())
    expect(ask(rotated.text).outcome).toBeUndefined()
  })

  test('may continue at a rate of 20 a minute, at the time that the refusal names', () => {
    start([aRecord()])
    for (let i = 0; i < 20; i += 1) ask(guess())
    clocks.advance(1_500)
    expect(ask(key.text)).toEqual(blocked(2))
    clocks.advance(1_499)
    expect(ask(key.text)).toEqual(blocked(1))
    clocks.advance(1)
    expect(ask(key.text).outcome).toBeUndefined()
    ask(guess())
    expect(ask(key.text)).toEqual(blocked(3))
  })

  test('leaves no key in the log', () => {
    start([aRecord()])
    for (let i = 0; i < 30; i += 1) ask(`shop_${key.id}_${rotated.secret}`)
    expect(log.lines.join('\n')).not.toContain(rotated.secret)
  })
})

describe('rule K2: a file of keys', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'))
    file = join(folder, 'keys.json')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is read at start', () => {
    writeFileSync(file, JSON.stringify([aRecord()]))
    start(`file:${file}`)
    expect(ask(key.text).outcome).toBeUndefined()
  })
})

describe('keys that a gateway cannot start with', () => {
  const problems = (env: Readonly<Record<string, string>>): readonly string[] => {
    const environment = createEnvironment(env)
    const client = aClient({
      key: { kind: 'api-key', header: 'X-Api-Key', keys: reference('KEYS'), pepper: reference('PEPPER') },
    })
    authenticate = createAuthenticate(client, environment, clocks)
    return environment.problems
  }

  test('are all listed, by place and without values', () => {
    const broken = [aRecord({ hash: 'secret-hash', subject: '' }), { ...aRecord({}, rotated), expire: '2027-01-01' }]
    expect(problems({ PEPPER: pepper, KEYS: JSON.stringify(broken) })).toEqual([
      `authenticator key: keys (${reference('KEYS')}): [0] hash is not 64 lower-case hexadecimal digits`,
      `authenticator key: keys (${reference('KEYS')}): [0] subject is not a non-empty string`,
      `authenticator key: keys (${reference('KEYS')}): [1] has an unknown member`,
    ])
  })

  test.each([
    [
      'a short pepper',
      { PEPPER: 'short', KEYS: '[]' },
      `authenticator key: the pepper (${reference('PEPPER')}) has fewer than 16 characters`,
    ],
    [
      'a missing file',
      { PEPPER: pepper, KEYS: 'file:/nowhere/keys.json' },
      `authenticator key: keys (${reference('KEYS')}): the file cannot be read`,
    ],
    ['no JSON', { PEPPER: pepper, KEYS: 'secret' }, `authenticator key: keys (${reference('KEYS')}): is not JSON`],
  ])('%s', (_name, env, want) => {
    expect(problems(env)).toEqual([want])
  })

  test('a missing variable is reported once, by the environment', () => {
    expect(problems({ PEPPER: pepper })).toEqual([])
  })
})
