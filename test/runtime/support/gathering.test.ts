import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Gathering } from '../../../templates/runtime/support/gathering.ts'

describe('pieces of a body', () => {
  test('one piece is not copied', () => {
    const piece = Buffer.from('abc')
    const body = new Gathering(null, 100)
    body.add(piece)
    expect(body.whole()).toBe(piece)
  })

  test('are joined, within the room that was named before', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 12 })
    fc.assert(
      fc.property(pieces, fc.boolean(), fc.nat(10), (given, isStated, wrong) => {
        const all = Buffer.concat(given)
        const body = new Gathering(isStated ? all.length + wrong : null, all.length)
        let room = 0
        for (const piece of given) {
          room = body.room(piece.length)
          expect(room).toBeLessThanOrEqual(Math.max(all.length + wrong, 16_384))
          body.add(Buffer.from(piece))
          expect(body.size).toBeLessThanOrEqual(room)
        }
        const whole = body.whole()
        expect(whole.equals(all)).toBe(true)
        // What JavaScript keeps of a piece is not more than its bytes, unless the piece is the only one.
        if (given.filter(({ length }) => length > 0).length > 1)
          expect(whole.buffer.byteLength).toBeLessThanOrEqual(room)
      }),
      { numRuns: 200 },
    )
  })

  test('of one byte take little more than their bytes', () => {
    const body = new Gathering(null, 1_000_000)
    const byte = Buffer.from('a')
    for (let at = 0; at < 300_000; at++) body.add(byte)
    expect(body.whole().length).toBe(300_000)
    expect(body.whole().buffer.byteLength).toBeLessThanOrEqual(600_000)
  })
})
