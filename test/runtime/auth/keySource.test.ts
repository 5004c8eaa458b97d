import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { type Authenticate, createAuthenticate } from '../../../templates/runtime/steps/authenticate.ts'
import type { JwtIssuer } from '../../../templates/runtime/vocabulary.ts'
import { aClient, anExchange, type Clocks, createClocks, createMemoryLog, issuerOf } from '../../support/identity.ts'
import {
  type Behaviour,
  type IdentityProvider,
  makePair,
  startIdentityProvider,
} from '../../support/identityProvider.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

let idp: IdentityProvider
let clocks: Clocks
let authenticate: Authenticate
let log: ReturnType<typeof createMemoryLog>

beforeEach(async () => {
  idp = await startIdentityProvider()
  clocks = createClocks()
  log = createMemoryLog()
})

afterEach(async () => {
  authenticate.close()
  await idp.close()
})

function start(more: Partial<JwtIssuer> = {}): void {
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp, more)] } })
  authenticate = createAuthenticate(client, createEnvironment({}), { ...clocks, observer: log.observer })
}

/** A token that does not expire during a test. */
function longToken(header: Record<string, unknown> = {}, pair?: Parameters<IdentityProvider['token']>[2]) {
  return idp.token({ exp: Math.floor(Date.now() / second) + 10 * 24 * 3_600 }, header, pair)
}

async function ask(token: string): Promise<number> {
  const outcome = await authenticate.step(anExchange({ headers: { authorization: `Bearer ${token}` } }))
  return outcome === undefined ? 200 : outcome === 'answered' ? 0 : outcome.status
}

/** Waits until the keys were requested so many times. */
async function requested(hits: number): Promise<void> {
  const until = performance.now() + 10 * second
  while (idp.hits.jwks < hits) {
    if (performance.now() > until) throw new Error(`the keys were requested ${idp.hits.jwks} times, not ${hits}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Waits until a background refresh has ended. A token with an unknown key joins the refresh. */
async function settled(hits: number): Promise<void> {
  await requested(hits)
  await ask(await longToken({ kid: 'nobody' }))
}

describe('rule F12: the keys of an issuer at start', () => {
  test('are loaded in the background, before the first token is checked', async () => {
    start()
    expect(authenticate.ready()).toBe(false)
    expect(await ask(await idp.token())).toBe(200)
    expect(authenticate.ready()).toBe(true)
    expect(idp.hits.jwks).toBe(1)
  })

  const broken: readonly Behaviour[] = ['fail', 'garbage', 'empty', 'redirect', 'huge', 'refuse']
  test.each(broken)(
    'if they cannot be loaded (%s), tokens are 503 and the gateway is not ready until they can',
    async (behaviour) => {
      idp.behaviour.jwks = behaviour
      start()
      const exchange = anExchange({ headers: { authorization: `Bearer ${await idp.token()}` } })
      expect(await authenticate.step(exchange)).toMatchObject({
        name: 'unavailable',
        status: 503,
        headers: { 'retry-after': '1' },
      })
      expect(exchange.principal).toBeNull()
      expect(authenticate.ready()).toBe(false)

      idp.behaviour.jwks = 'ok'
      clocks.advance(second)
      expect(await ask(await idp.token())).toBe(200)
      expect(authenticate.ready()).toBe(true)
    },
  )

  test('time out after two seconds, and other requests do not wait', async () => {
    idp.behaviour.jwks = 'hang'
    start()
    // A request without a token does not wait.
    expect(authenticate.step(anExchange())).toBeUndefined()
    expect(await ask(await idp.token())).toBe(503)
    expect(log.lines.join()).toContain('"reason":"keys: timeout"')
  })

  test('are requested after growing pauses of up to 30 s if they cannot be loaded', async () => {
    idp.behaviour.jwks = 'fail'
    start()
    const token = await idp.token()
    await ask(token)
    const distances: number[] = []
    let last = 0
    for (let elapsed = 0; elapsed < 120; elapsed += 1) {
      const before = idp.hits.jwks
      clocks.advance(second)
      await ask(token)
      if (idp.hits.jwks === before) continue
      distances.push(elapsed + 1 - last)
      last = elapsed + 1
    }
    expect(distances).toEqual([1, 2, 4, 8, 16, 30, 30])
  })

  test('readiness checks retry when the pause is over', async () => {
    idp.behaviour.jwks = 'fail'
    start()
    expect(await ask(await idp.token())).toBe(503)
    idp.behaviour.jwks = 'ok'
    clocks.advance(second)
    expect(authenticate.ready()).toBe(false)
    await settled(2)
    expect(authenticate.ready()).toBe(true)
  })
})

describe('rule F12: the keys of an issuer later', () => {
  test.each(['fail', 'garbage', 'empty', 'redirect', 'huge'] as const)(
    'if an issuer fails (%s) for 15 minutes, known callers are not refused',
    async (behaviour) => {
      start()
      const token = await longToken()
      expect(await ask(token)).toBe(200)
      idp.behaviour.jwks = behaviour
      for (let elapsed = 0; elapsed < 15 * 60; elapsed += 5) {
        clocks.advance(5 * second)
        expect(await ask(token)).toBe(200)
      }
      // A new token is checked with the same last good set.
      expect(await ask(await longToken({ x: 1 }))).toBe(200)
    },
  )

  test('the last good set is used for 24 hours and no longer', async () => {
    start()
    const token = await longToken()
    await ask(token)
    idp.behaviour.jwks = 'fail'
    clocks.advance(24 * hour - minute)
    expect(await ask(token)).toBe(200)
    clocks.advance(2 * minute)
    expect(await ask(token)).toBe(503)
  })

  test('a set is refreshed in the background from half of its ten minutes on, once', async () => {
    start()
    const token = await longToken()
    await ask(token)
    clocks.advance(5 * minute - 1)
    await ask(token)
    expect(idp.hits.jwks).toBe(1)
    clocks.advance(1)
    idp.behaviour.jwks = 'hang'
    const exchange = anExchange({ headers: { authorization: `Bearer ${token}` } })
    for (let i = 0; i < 100; i += 1) expect(authenticate.step(exchange)).toBeUndefined()
    await requested(2)
    expect(idp.hits.jwks).toBe(2)
    idp.release()
  })

  test('a withdrawn key is invalid after the next refresh, for remembered tokens too', async () => {
    start()
    const token = await longToken()
    expect(await ask(token)).toBe(200)
    await idp.rotate()
    clocks.advance(5 * minute)
    expect(await ask(token)).toBe(200)
    await settled(2)
    expect(await ask(token)).toBe(401)
    expect(await ask(await longToken())).toBe(200)
  })

  test('tokens of an unchanged key stay remembered when other keys change', async () => {
    start()
    const token = await longToken()
    await ask(token)
    await idp.rotate('keep')
    clocks.advance(5 * minute)
    await ask(token)
    await settled(2)
    expect(authenticate.step(anExchange({ headers: { authorization: `Bearer ${token}` } }))).toBeUndefined()
  })

  test('a set that was not used for its ten minutes is refreshed before its next use', async () => {
    start()
    const token = await longToken()
    await ask(token)
    await idp.rotate()
    clocks.advance(11 * minute)
    expect(await ask(token)).toBe(401)
  })

  test('rule F21: a step of the wall clock neither refreshes keys nor ends pauses', async () => {
    start()
    const token = await longToken()
    await ask(token)
    clocks.step(hour)
    expect(await ask(token)).toBe(200)
    clocks.step(-2 * hour)
    await ask(token)
    expect(await ask(await longToken({ kid: 'nobody' }))).toBe(401)
    expect(idp.hits.jwks).toBe(1)
  })
})

describe('rule J5: unknown key ids', () => {
  test('10,000 random ids cause one request, and callers with a known key do not wait', async () => {
    start()
    const token = await longToken()
    await ask(token)
    clocks.advance(31 * second)
    idp.behaviour.jwks = 'hang'
    const [header = '', ...rest] = token.split('.')
    const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as object
    const askWith = (kid: string): Promise<number> =>
      ask([Buffer.from(JSON.stringify({ ...members, kid })).toString('base64url'), ...rest].join('.'))
    // The provider runs in this process: where the flood held the loop for the 2 s of the request's timeout, it would not arrive.
    const flood = [askWith('random-0')]
    await requested(2)
    for (let index = 1; index < 10_000; index += 1) flood.push(askWith(`random-${index}`))
    expect(authenticate.step(anExchange({ headers: { authorization: `Bearer ${token}` } }))).toBeUndefined()
    expect(await ask(await longToken({ fresh: true }))).toBe(200)
    idp.behaviour.jwks = 'ok'
    idp.release()
    expect(new Set(await Promise.all(flood))).toEqual(new Set([401]))
    // The connection was closed, so the same request may be repeated once.
    expect(idp.hits.jwks).toBeLessThanOrEqual(3)
  })

  test('after a rotation the new key is accepted at once if the last request was 30 s ago', async () => {
    start()
    await ask(await longToken())
    await idp.rotate('keep')
    clocks.advance(29 * second)
    const token = await longToken()
    expect(await ask(token)).toBe(401)
    clocks.advance(second)
    expect(await ask(token)).toBe(200)
    expect(idp.hits.jwks).toBe(2)
  })

  test('an id causes no second request within 30 s, even if the first one failed', async () => {
    start()
    await ask(await longToken())
    idp.behaviour.jwks = 'fail'
    clocks.advance(30 * second)
    const hits = idp.hits.jwks
    for (let elapsed = 0; elapsed < 30; elapsed += 1) {
      expect(await ask(await longToken({ kid: `id-${elapsed}` }))).toBe(401)
      clocks.advance(second - 1)
    }
    expect(idp.hits.jwks).toBe(hits + 1)
  })

  test('an id that stays unknown is requested less and less often', async () => {
    start()
    const token = await longToken({ kid: 'left-over' })
    const known = await longToken()
    await ask(known)
    const looks: number[] = []
    for (let elapsed = 10; elapsed <= 4 * 60; elapsed += 10) {
      clocks.advance(10 * second)
      const hits = idp.hits.jwks
      expect(await ask(token)).toBe(401)
      if (idp.hits.jwks > hits) looks.push(elapsed)
    }
    expect(looks).toEqual([30, 60, 120, 240])
  })
})

test('rule J6: a key of one issuer verifies no token of another, even with the same id', async () => {
  const other = await startIdentityProvider()
  const client = aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp), issuerOf(other)] } })
  authenticate = createAuthenticate(client, createEnvironment({}), clocks)
  expect(await ask(await idp.token())).toBe(200)
  expect(await ask(await idp.token({}, {}, other.current))).toBe(401)
  expect(await ask(await other.token())).toBe(200)
  await other.close()
})

test('a key set with more than 100 keys is invalid', async () => {
  const pair = await makePair('ES256', 'many')
  idp.published = Array.from({ length: 101 }, (_, index) => ({ ...pair.jwk, kid: `key-${index}` }))
  start()
  expect(await ask(await longToken())).toBe(503)
})
