import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { Principal } from '../../../templates/runtime/access/principal.ts'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { UnfinishedBodies } from '../../../templates/runtime/http/unfinishedBodies.ts'

type Part = { req: { complete: boolean; headers: IncomingMessage['headers'] }; counted: string | null }

const upload = (address: string, subject: string | null = null): Exchange & Part =>
  ({
    req: { complete: false, headers: { 'content-length': '5' } },
    address,
    principal: subject === null ? null : ({ issuer: 'https://id.test', subject } as Principal),
    counted: null,
  }) as unknown as Exchange & Part

describe('unfinished bodies are counted (rule P7)', () => {
  test('for an address, and its network where that is IPv6', () => {
    const bodies = new UnfinishedBodies(2)
    const claims = (...addresses: string[]) => addresses.map((address) => bodies.claim(upload(address)))
    expect(claims('10.0.0.1', '10.0.0.1', '10.0.0.1', '::ffff:10.0.0.1')).toEqual([true, true, false, false])
    expect(claims('10.0.0.2')).toEqual([true])
    expect(claims('2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1')).toEqual([true, true, false, true])
  })

  test('for a principal instead, at any address', () => {
    const bodies = new UnfinishedBodies(1)
    expect(bodies.claim(upload('10.0.0.1', 'ann'))).toBe(true)
    expect(bodies.claim(upload('10.0.0.2', 'ann'))).toBe(false)
    expect(bodies.claim(upload('10.0.0.1', 'bob'))).toBe(true)
    expect(bodies.claim(upload('10.0.0.1'))).toBe(true)
  })

  test('until they have arrived, or their request has ended', () => {
    const bodies = new UnfinishedBodies(2)
    const [first, second, third] = [upload('10.0.0.1'), upload('10.0.0.1'), upload('10.0.0.1')]
    expect([first, second, third].map((each) => bodies.claim(each))).toEqual([true, true, false])
    first.req.complete = true
    expect(bodies.claim(third)).toBe(true)
    expect(bodies.claim(upload('10.0.0.1'))).toBe(false)
    bodies.release(second)
    expect(bodies.claim(second)).toBe(true)
    for (const each of [first, second, third]) bodies.release(each)
    expect(bodies.callers).toBe(0)
  })
})
