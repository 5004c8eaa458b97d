import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import { createEndings } from '../../../templates/runtime/answers/endings.ts'

/** A response that records how it was ended. */
function response(ended: unknown[], destroyed = false): ServerResponse {
  return { destroyed, end: (...body: unknown[]) => ended.push(body) } as unknown as ServerResponse
}

describe('the ends of answers', () => {
  test('are written together and in order, at the end of the turn', async () => {
    const ended: unknown[] = []
    const end = createEndings()
    end(response(ended), Buffer.from('a'))
    end(response(ended), null)
    expect(ended).toEqual([])
    await setImmediate()
    expect(ended).toEqual([[Buffer.from('a'), 'latin1'], []])
  })

  test('of texts have one byte for each character', async () => {
    const ended: unknown[] = []
    createEndings()(response(ended), '\xe4')
    await setImmediate()
    expect(ended).toEqual([['\xe4', 'latin1']])
  })

  test('are written again in the next turn', async () => {
    const ended: unknown[] = []
    const end = createEndings()
    end(response(ended), null)
    await setImmediate()
    end(response(ended), null)
    await setImmediate()
    expect(ended).toHaveLength(2)
  })

  test('are not written to a response whose connection has closed', async () => {
    const ended: unknown[] = []
    const end = createEndings()
    end(response(ended, true), null)
    end(response(ended), null)
    await setImmediate()
    expect(ended).toHaveLength(1)
  })
})
