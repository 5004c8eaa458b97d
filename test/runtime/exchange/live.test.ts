import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'

test('the abort signal exists before and after the client left', () => {
  const exchange = createExchange({} as IncomingMessage, {} as ServerResponse)
  const { signal } = exchange.abort
  expect(signal.aborted).toBe(false)
  exchange.leave()
  expect(signal.aborted).toBe(true)
  const other = createExchange({} as IncomingMessage, {} as ServerResponse)
  other.leave()
  expect(other.abort.signal.aborted).toBe(true)
})
