import type { Observer } from '../../templates/runtime/observe/observer.ts'
import { HeldBytes } from '../../templates/runtime/support/heldBytes.ts'
import type { Caller, Order, Result, Sink } from '../../templates/runtime/upstream/transport.ts'

export interface MemoryObserver extends Observer {
  /** Name and arguments of each event, in order. */
  readonly events: readonly (readonly unknown[])[]
}

/** An observer that records events. */
export function createMemoryObserver(): MemoryObserver {
  const events: (readonly unknown[])[] = []
  const keep =
    (name: string) =>
    (...args: unknown[]): void => {
      events.push([name, ...args])
    }
  return {
    events,
    requestEnded: keep('requestEnded'),
    messageRejected: keep('messageRejected'),
    callFailed: keep('callFailed'),
    transferCut: keep('transferCut'),
    callUndecided: keep('callUndecided'),
    answerDrifted: keep('answerDrifted'),
    redirectRefused: keep('redirectRefused'),
    prefixIgnored: keep('prefixIgnored'),
    requestFailed: keep('requestFailed'),
    keyBlocked: keep('keyBlocked'),
    proxyUnknown: keep('proxyUnknown'),
    proxiesUnrestricted: keep('proxiesUnrestricted'),
    tlsUnverified: keep('tlsUnverified'),
    keyFileReloaded: keep('keyFileReloaded'),
    keyFileInvalid: keep('keyFileInvalid'),
    keyFileUnreadable: keep('keyFileUnreadable'),
    issuerKeysUnavailable: keep('issuerKeysUnavailable'),
    credentialUnavailable: keep('credentialUnavailable'),
    credentialUnsigned: keep('credentialUnsigned'),
    streamOpened: keep('streamOpened'),
    streamClosed: keep('streamClosed'),
  }
}

export interface MemorySink extends Sink {
  /** `sending`, `responded`, and the result of the call. */
  readonly events: readonly (string | Result)[]
  /** Resolves with the result. */
  readonly result: Promise<Result>
}

/** A sink that records events. */
export function createMemorySink(): MemorySink {
  const events: (string | Result)[] = []
  let settle: (result: Result) => void = () => undefined
  const result = new Promise<Result>((resolve) => {
    settle = resolve
  })
  return {
    events,
    result,
    sending: () => events.push('sending'),
    responded: () => events.push('responded'),
    settled(of) {
      events.push(of)
      settle(of)
    },
  }
}

/** An anonymous caller, who holds nothing yet. */
export function aCaller(more: Partial<Caller> = {}): Caller {
  return { requestId: 'request-1', principal: null, held: 0, account: null, callerKey: '192.0.2.1', ...more }
}

/** More room than tests need. */
export const aLotOfRoom = (): HeldBytes => new HeldBytes(1_000_000_000)

/** An order that passes every answer. */
export function anOrder(more: Partial<Order> = {}): Order {
  return {
    caller: aCaller(),
    request: { method: 'GET', path: '/orders', headers: { accept: '*/*' }, body: null },
    body: null,
    timeout: 5_000,
    transfer: { idle: 15_000, streamIdle: 300_000, lifetime: 86_400_000 },
    headOnly: false,
    treat: (status) => ({ kind: 'pass', status }),
    passes: true,
    expected: { bytes: 0 },
    ...more,
  }
}
