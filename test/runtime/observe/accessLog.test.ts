import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Exchange } from '../../../templates/runtime/exchange/exchange.ts'
import { createAccessLog } from '../../../templates/runtime/observe/accessLog.ts'
import { type Log, lineOf } from '../../../templates/runtime/observe/log.ts'
import { some } from '../../support/gatewayParts.ts'

const route = some.route('GET', '/orders/{id}')

const exchange = {
  req: { method: 'GET' },
  started: performance.now(),
  requestId: 'request-1',
  address: '192.0.2.1',
  match: { route, names: ['id'], raw: ['secret'] },
  principal: { subject: 'user-1' },
  serviceTime: 1.26,
  bytes: 12,
  problem: null,
  reason: null,
  detail: null,
  cut: null,
} as unknown as Exchange

/** The log level and members of an exchange. */
function logged(of: Partial<Exchange>, status = 200): readonly [level: string, members: string] {
  const lines: [string, string][] = []
  createAccessLog((level, members) => lines.push([level, members()]), 'web')({ ...exchange, ...of }, status)
  const [line = ['', '']] = lines
  return line
}

describe('the line of an exchange', () => {
  test('contains the template of the path and none of its values (rule O4)', () => {
    const [, members] = logged({})
    expect(JSON.parse(`{${members}}`)).toEqual({
      client: 'web',
      id: 'request-1',
      method: 'GET',
      path: '/orders/{id}',
      route: route.id,
      status: 200,
      duration: expect.any(Number),
      serviceTime: 1.3,
      bytes: 12,
      principal: 'user-1',
      address: '192.0.2.1',
      problem: null,
    })
  })

  test('says why a request was refused, and nothing where there is no reason', () => {
    const read = (of: Partial<Exchange>) => JSON.parse(`{${logged({ problem: 'forbidden', ...of }, 403)[1]}}`)
    expect(read({ reason: 'no-room' })).toMatchObject({ reason: 'no-room' })
    expect(read({ reason: 'no-room' })).not.toHaveProperty('detail')
    expect(read({ reason: 'role-missing', detail: 'a "b"' })).toMatchObject({ reason: 'role-missing', detail: 'a "b"' })
    expect(Object.keys(read({}))).not.toContain('reason')
  })

  test('cuts a long detail, and stays one line whatever the detail is', () => {
    const [, members] = logged(
      { problem: 'forbidden', reason: 'condition-false', detail: `\n"\u2028${'x'.repeat(500)}` },
      403,
    )
    expect(members).toMatch(/^[ -~]*$/)
    expect(JSON.parse(`{${members}}`).detail).toBe(`\n"\u2028${'x'.repeat(197)}`)
  })

  test('is one line with one member of each name, for any subject (rule O4)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (subject) => {
        const principal = { subject } as Exchange['principal']
        const [, members] = logged({ principal })
        expect(members).toMatch(/^[ -~]*$/)
        const read = JSON.parse(`{${members}}`)
        expect([read.principal, read.problem]).toEqual([subject, null])
        expect(Object.keys(read)).toHaveLength(12)
      }),
      { examples: [['"}\n{"level":60,"msg":"forged"'], ['a","problem":"x'], ['\\'], ['\u2028'], ['\x7f']] },
    )
  })

  const levels = [
    { when: 'a service answered', of: {}, status: 200, level: 'info' },
    { when: 'internal error', of: {}, status: 500, level: 'error' },
    { when: 'a service failed', of: {}, status: 502, level: 'warn' },
    { when: 'the gateway answered about itself', of: { match: null }, status: 200, level: 'debug' },
    { when: 'there is no such route', of: { match: null, problem: 'not-found' }, status: 404, level: 'info' },
  ]
  test.each(levels)('has the level $level when $when', ({ of, status, level }) => {
    expect(logged(of, status)[0]).toBe(level)
  })

  test('is passed to a custom log as an object', () => {
    const given: object[] = []
    const log = { info: (fields: object) => given.push(fields) } as unknown as Log
    createAccessLog(lineOf(log), 'web')(exchange, 200)
    expect(given).toEqual([expect.objectContaining({ client: 'web', principal: 'user-1', status: 200 })])
  })
})
