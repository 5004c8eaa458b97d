import type { IncomingMessage, ServerResponse } from 'node:http'
import { callerKey } from '../access/callerKey.ts'
import type { Principal } from '../access/principal.ts'
import type { Cut } from '../observe/cut.ts'
import type { Account } from '../support/heldBytes.ts'
import type { ServiceAnswer } from '../upstream/answer.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import type { Running } from '../upstream/transport.ts'
import type { Exchange, Match } from './exchange.ts'

/** The exchange of one request. Members that are expensive to create are created on first use. */
class LiveExchange implements Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly started = performance.now()
  requestId = ''
  address = ''
  path = ''
  query = ''
  match: Match | null = null
  principal: Principal | null = null
  decision: 'public' | 'granted' | null = null
  request: ServiceRequest | null = null
  answer: ServiceAnswer | null = null
  bytes = 0
  cut: Cut | null = null
  problem: string | null = null
  reason: Exchange['reason'] = null
  detail: string | null = null
  serviceTime: number | null = null
  counted: string | null = null
  streams: Exchange['streams'] = null
  running: Running | null = null
  held = 0
  account: Account | null = null
  #controller: AbortController | null = null
  #gone = false

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.req = req
    this.res = res
  }

  get callerKey(): string {
    return callerKey(this)
  }

  get abort(): AbortController {
    if (this.#controller === null) {
      this.#controller = new AbortController()
      if (this.#gone) this.#controller.abort()
    }
    return this.#controller
  }

  get gone(): boolean {
    return this.#gone
  }

  /** The client disconnected. */
  leave(): void {
    this.#gone = true
    this.#controller?.abort()
    this.running?.cancel('gone')
    this.running = null
  }
}

export type { LiveExchange }

export function createExchange(req: IncomingMessage, res: ServerResponse): LiveExchange {
  return new LiveExchange(req, res)
}
