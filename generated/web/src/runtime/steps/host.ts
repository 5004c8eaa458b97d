import { createHostCheck } from '../admission/host.ts'
import type { Step } from '../exchange/exchange.ts'

/** Refuses requests for another host (rule P4). `null`: any well-formed host. */
export function createHost(publicHosts: readonly string[] | null): Step {
  const check = createHostCheck(publicHosts)
  return (exchange) => check(exchange.req.headers.host)
}
