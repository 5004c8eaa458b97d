import type { Endpoint } from '../endpoint.ts'

/** The addresses of one service. */
export interface Endpoints {
  /** The endpoint, if there is only one. */
  readonly only: Endpoint | null
  /**
   * The endpoint to try next: round robin, those that recently refused a connection last, without those in `tried` and those that are
   * full for a call with `passes`. `null`: none is left.
   */
  choose(tried: readonly Endpoint[], passes: boolean): Endpoint | null
  /** Whether none has a place for a further call. `passes`: its answer may be passed on as it arrives. */
  areFull(passes: boolean): boolean
  destroy(): Promise<void>
}

export function createEndpoints(endpoints: readonly Endpoint[]): Endpoints {
  const [first] = endpoints
  let turn = 0
  return {
    only: endpoints.length === 1 && first !== undefined ? first : null,
    choose(tried, passes) {
      const now = performance.now()
      turn = (turn + 1) % endpoints.length
      let last: Endpoint | null = null
      for (let i = 0; i < endpoints.length; i++) {
        const endpoint = endpoints[(turn + i) % endpoints.length]
        if (endpoint === undefined || endpoint.isFull(passes) || tried.includes(endpoint)) continue
        if (!endpoint.refused(now)) return endpoint
        last ??= endpoint
      }
      return last
    },
    areFull(passes) {
      for (const endpoint of endpoints) if (!endpoint.isFull(passes)) return false
      return true
    },
    async destroy() {
      await Promise.all(endpoints.map((endpoint) => endpoint.destroy()))
    },
  }
}
