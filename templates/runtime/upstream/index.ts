import type { Environment } from '../environment/environment.ts'
import type { Service } from '../vocabulary.ts'
import { Endpoint } from './endpoint.ts'
import { readTls } from './tls.ts'

export type { Endpoint, Waiting } from './endpoint.ts'

/** A service as the gateway reaches it. */
export interface Upstream {
  readonly name: string
  readonly urls: readonly URL[]
  /** Bytes of an answer that must be read whole. */
  readonly maxAnswer: number
  /**
   * The endpoint to try next: in turn, those that refused a connection a moment ago last, none of `tried`, none that is full.
   * `null`: there is none left.
   */
  choose(tried: readonly Endpoint[]): Endpoint | null
  destroy(): Promise<void>
}

/** Makes a service's connections from its environment; what is wrong with them is noted there. */
export function createUpstream(name: string, service: Service, environment: Environment): Upstream {
  const urls = service.url
    .map((setting) => environment.url(setting, `the url of service ${name}`))
    .filter((url) => url !== null)
  if (service.url.length === 0) environment.refuse(`service ${name} has no url`)
  const tls = readTls(name, service, environment)
  const { max, queue } = service.concurrency
  const endpoints = urls.map((url) => new Endpoint({ url, max, queue, tls }))
  let turn = 0

  return {
    name,
    urls,
    maxAnswer: service.maxAnswer,
    choose(tried) {
      const [only] = endpoints
      if (endpoints.length === 1 && only !== undefined) return tried.length > 0 || only.full ? null : only
      const now = performance.now()
      turn = (turn + 1) % endpoints.length
      let last: Endpoint | null = null
      for (let i = 0; i < endpoints.length; i++) {
        const endpoint = endpoints[(turn + i) % endpoints.length]
        if (endpoint === undefined || endpoint.full || tried.includes(endpoint)) continue
        if (!endpoint.refused(now)) return endpoint
        last ??= endpoint
      }
      return last
    },
    async destroy() {
      await Promise.all(endpoints.map((endpoint) => endpoint.destroy()))
    },
  }
}
