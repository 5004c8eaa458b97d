import { describe, expect, test } from '@jest/globals'
import { inTurns } from '../../../templates/runtime/answers/pieces.ts'

interface Client {
  gone: boolean
}

/** Works that each take three turns, and the number of those that have begun and not ended. */
function works() {
  const count = { begun: 0, open: 0, most: 0 }
  const order: number[] = []
  function* pieces(at: number) {
    count.begun += 1
    count.open += 1
    count.most = Math.max(count.most, count.open)
    try {
      yield
      if (at === 3) throw new Error('broken')
      yield
      order.push(at)
      return at
    } finally {
      count.open -= 1
    }
  }
  return { count, order, start: (at: number, client: Client = { gone: false }) => inTurns(pieces(at), 100, client) }
}

describe('long answers (rules F27, F30)', () => {
  test('one is worked on at a time, in their order, whether they fail or not', async () => {
    const { count, order, start } = works()
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => start(at)))
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((at) => at !== 3))
    expect(order).toEqual([0, 1, 2, 4, 5, 6, 7])
    expect(count).toMatchObject({ begun: 8, most: 1 })
    await expect(Promise.all([start(8), start(9), start(10)])).resolves.toEqual([8, 9, 10])
  })

  test('those whose client has disconnected do not begin, and do not wait', async () => {
    const { count, order, start } = works()
    const first = [start(0), start(1)]
    const clients = Array.from({ length: 20 }, (): Client => ({ gone: false }))
    const left = clients.map((client, at) => start(10 + at, client))
    for (const client of clients) client.gone = true
    const next = start(2)
    await expect(Promise.all(left)).resolves.toEqual(left.map(() => undefined))
    expect(order).toEqual([])
    await expect(Promise.all([...first, next])).resolves.toEqual([0, 1, 2])
    expect(count.begun).toBe(3)
  })

  test('a client that leaves in between frees the place', async () => {
    const { start } = works()
    const clients = [{ gone: false }, { gone: false }]
    const first = clients.map((client, at) => start(at, client))
    const next = start(2)
    for (const client of clients) client.gone = true
    await expect(Promise.all([...first, next])).resolves.toEqual([undefined, undefined, 2])
  })
})
