import type { ClientPlan } from '../../generator/plan/types.ts'

/** A client's plan whose services have their documents as data, so that plans can be compared. */
export function asData(client: ClientPlan): object {
  return { ...client, services: client.services.map((service) => ({ ...service, document: service.document() })) }
}
