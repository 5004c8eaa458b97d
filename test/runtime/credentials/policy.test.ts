import { describe, expect, test } from '@jest/globals'
import type { Credentials } from '../../../templates/runtime/credentials/index.ts'
import { withCredentials } from '../../../templates/runtime/credentials/policy.ts'
import type { Order } from '../../../templates/runtime/upstream/transport.ts'
import { problem } from '../../../templates/runtime/words/problems.ts'
import { anOrder, createMemorySink } from '../../support/observed.ts'

function start(apply: Credentials['apply']) {
  const sent: Order[] = []
  const cancelled: string[] = []
  const sink = createMemorySink()
  const transport = withCredentials(apply, 'orders', ['main'])((order) => {
    sent.push(order)
    return { cancel: (reason) => cancelled.push(reason) }
  })
  const order = anOrder({ request: { method: 'GET', path: '/', headers: {}, body: null } })
  return { running: transport(order, sink), sent, sink, cancelled, order }
}

describe('the credentials of a call', () => {
  test('are added before it is sent, synchronously if possible', () => {
    const { sent, order, running, cancelled } = start((_caller, service, names, headers) => {
      headers['authorization'] = `${service} ${names}`
      return undefined
    })
    expect([sent, order.request.headers]).toEqual([[order], { authorization: 'orders main' }])
    running.cancel('gone')
    expect(cancelled).toEqual(['gone'])
  })

  test('that are refused end it, and nothing is sent', () => {
    const { sent, sink } = start(() => problem('forbidden'))
    expect([sent, sink.events]).toEqual([[], [problem('forbidden')]])
  })

  test('that have to be obtained delay it', async () => {
    const { sent, running, cancelled } = start(() => Promise.resolve(undefined))
    expect(sent).toEqual([])
    await Promise.resolve()
    expect(sent).toHaveLength(1)
    running.cancel('gone')
    expect(cancelled).toEqual(['gone'])
  })

  test('that could not be obtained end it', async () => {
    const { sent, sink } = start(() => Promise.resolve(problem('bad-gateway')))
    expect(await sink.result).toEqual(problem('bad-gateway'))
    expect(sent).toEqual([])
  })

  test('are not used if it was cancelled meanwhile', async () => {
    const { sent, running, sink } = start(() => Promise.resolve(undefined))
    running.cancel('gone')
    await new Promise(setImmediate)
    expect([sent, sink.events]).toEqual([[], []])
  })

  test('that throw an error fail the call as a fault of the gateway', async () => {
    const error = new Error('broken')
    const { sink } = start(() => Promise.reject(error))
    expect(await sink.result).toMatchObject({ kind: 'failure', problem: { name: 'internal' }, sent: false, error })
  })
})
