import { describe, expect, jest, test } from '@jest/globals'
import type { Credentials } from '../../../templates/runtime/credentials/index.ts'
import { withCredentials } from '../../../templates/runtime/credentials/policy.ts'
import { deadline } from '../../../templates/runtime/upstream/call/deadline.ts'
import type { Order, Sink, Transport } from '../../../templates/runtime/upstream/transport.ts'
import { problem } from '../../../templates/runtime/words/problems.ts'
import { anOrder, createMemoryObserver, createMemorySink } from '../../support/observed.ts'

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
    const { sent, sink } = start(() => problem('forbidden', { reason: 'caller-missing' }))
    expect([sent, sink.events]).toEqual([[], [problem('forbidden', { reason: 'caller-missing' })]])
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
    const { sent, sink } = start(() => Promise.resolve(problem('bad-gateway', { reason: 'credential-denied' })))
    expect(await sink.result).toEqual(problem('bad-gateway', { reason: 'credential-denied' }))
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

  test('that throw an error after it was cancelled have no effect', async () => {
    const { running, sink } = start(() => Promise.reject(new Error('broken')))
    running.cancel('gone')
    await new Promise(setImmediate)
    expect(sink.events).toEqual([])
  })
})

describe('a call that has waited for its credentials', () => {
  const failed = { kind: 'failure', problem: { name: 'internal' } }

  test('fails once if it throws an error', async () => {
    const { sink } = await waited(() => {
      throw new Error('broken')
    })
    expect(sink.events).toMatchObject([{ ...failed, sent: false, error: new Error('broken') }])
  })

  test('is not repeatable if it throws an error when it was sent (rule F1)', async () => {
    const { sink } = await waited((_order, given) => {
      given.sending()
      throw new Error('broken')
    })
    expect(sink.events).toMatchObject(['sending', { ...failed, sent: true }])
  })

  test('is settled once if it throws an error after that', async () => {
    const { sink } = await waited((_order, given) => {
      given.settled(problem('bad-gateway', { reason: 'credential-denied' }))
      throw new Error('broken')
    })
    expect(sink.events).toEqual([problem('bad-gateway', { reason: 'credential-denied' })])
  })

  test('has no events after it threw an error', async () => {
    let inner: Sink | null = null
    const { sink } = await waited((_order, given) => {
      inner = given
      throw new Error('broken')
    })
    const given = inner as Sink | null
    given?.sending()
    given?.responded(1)
    given?.settled(problem('bad-gateway', { reason: 'credential-denied' }))
    expect(sink.events).toMatchObject([failed])
  })

  test('has no deadline after it threw an error', async () => {
    jest.useFakeTimers()
    try {
      const broken: Transport = () => {
        throw new Error('broken')
      }
      const observer = createMemoryObserver()
      const { sink } = await waited(deadline('orders', observer)(broken))
      expect(jest.getTimerCount()).toBe(0)
      jest.runAllTimers()
      expect([sink.events, observer.events]).toMatchObject([[failed], []])
    } finally {
      jest.useRealTimers()
    }
  })

  test('is cancelled if its sink does so before it has begun', async () => {
    const cancelled: string[] = []
    await waited((_order, given) => {
      given.sending()
      return { cancel: (reason) => cancelled.push(reason) }
    }, true)
    expect(cancelled).toEqual(['gone'])
  })
})

/** A call whose credentials were obtained. `cancel`: its sink cancels it when it is sent. */
async function waited(transport: Transport, cancel = false) {
  const sink = createMemorySink()
  const running = withCredentials(() => Promise.resolve(undefined), 'orders', ['main'])(transport)(anOrder(), {
    ...sink,
    sending() {
      sink.sending()
      if (cancel) running.cancel('gone')
    },
  })
  await Promise.resolve()
  return { sink }
}
