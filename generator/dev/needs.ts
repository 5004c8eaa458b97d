import type { ClientPlan, Plan } from '../plan/types.ts'
import { givenBy, type Surroundings } from './environment.ts'
import { isLocal } from './loopback.ts'

/** The parts of a development system that its gateways use. The others are real ones, and not started. */
export interface Needs {
  readonly identity: boolean
  /** Ids of the services that are simulated. */
  readonly services: ReadonlySet<string>
}

export function needsOf({ clients }: Plan, shell: Surroundings['shell']): Needs {
  const services = clients.flatMap((client) => client.services)
  const tokenUrls = services.flatMap(({ service }) =>
    Object.values(service.credentials).flatMap((one) =>
      one.kind === 'client' || one.kind === 'exchange' ? [one.tokenUrl] : [],
    ),
  )
  return {
    identity: [...clients.flatMap(issuersOf), ...tokenUrls].some((one) => isProvided(one, shell)),
    services: new Set(
      services.flatMap(({ id, service }) => (service.url.some((url) => givenBy(url, shell) === null) ? [id] : [])),
    ),
  }
}

/** Whether an address is that of the development identity provider. A fixed one on this machine can be it too. */
export function isProvided(setting: string, shell: Surroundings['shell']): boolean {
  const given = givenBy(setting, shell)
  return given === null || (given === setting && isLocal(given))
}

/** The addresses of a client's issuers, as settings. */
export function issuersOf({ client }: ClientPlan): readonly string[] {
  return Object.values(client.authenticators).flatMap((one) =>
    one.kind === 'jwt' ? one.issuers.map(({ issuer }) => issuer) : [],
  )
}
