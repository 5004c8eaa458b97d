import { type BlockedPort, lastPort, type Ports } from '../dev/ports.ts'
import type { Plan } from '../plan/types.ts'
import type { Terminal } from './terminal.ts'

/** All ports that `dev` listens on, except for those of simulators, which are any free ones. */
export function wantedPorts(ports: Ports, plan: Plan): readonly number[] {
  if (ports.page === 0) return []
  return [ports.page, ports.identity, ...plan.clients.map((_, index) => ports.gateways + index)]
}

/** Says which ports cannot be used and why, and names others. */
export function portText(blocked: readonly BlockedPort[], ports: Ports, plan: Plan, { paint }: Terminal): string {
  const reasons = [...new Set(blocked.map(({ why }) => why))]
  const sentences = reasons.map((why) => {
    const named = blocked.filter((one) => one.why === why).map(({ port }) => `${port} (${userOf(port, ports, plan)})`)
    const many = named.length > 1
    return `${many ? 'ports' : 'port'} ${named.join(', ')} ${many ? 'are' : 'is'} ${why}`
  })
  const last = Math.max(...wantedPorts(ports, plan))
  const next = last + 1000 > lastPort ? ports.page - 1000 : ports.page + 1000
  return `${paint.red('cannot start')}  ${sentences.join('; ')}.

  --port ${next} uses ${next} and the following ports, --port 0 any free ones.`
}

function userOf(port: number, ports: Ports, { clients }: Plan): string {
  if (port === ports.page) return 'the page'
  if (port === ports.identity) return 'the identity provider'
  return `the gateway ${clients[port - ports.gateways]?.id}`
}
