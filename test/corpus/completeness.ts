import type { PublishedContract } from '../../generator/dev/published.ts'
import type { OperationModel, ParameterModel, ServiceModel } from '../../generator/model/types.ts'
import type { ClientPlan } from '../../generator/plan/types.ts'
import type { OperationSchemas } from '../../templates/runtime/vocabulary.ts'
import { isClientHeader } from '../../templates/runtime/words/headers.ts'

/**
 * Parameters and bodies that the specs let a client send and the published contract lacks; empty if there are none.
 * Headers that OpenAPI ignores, that carry credentials, or that are reserved for the gateway are not counted.
 */
export function lostParts(
  plan: ClientPlan,
  services: readonly ServiceModel[],
  published: PublishedContract,
): readonly string[] {
  const byPlace = new Map<string, Called>()
  for (const service of services) {
    for (const operation of service.operations) {
      byPlace.set(`${service.file} > ${operation.reference}`, { service, operation })
    }
  }
  return plan.routes.flatMap(({ route, comment }) => {
    const contract = published.schemas.operations[route.id]
    const found = byPlace.get(comment)
    if (contract === undefined || found === undefined) return [`${route.id} has no contract, or no operation`]
    const lost = lostOf(found.operation, contract, withheldNames(plan, found.service))
    return lost.map((part) => `${route.id} lost ${part}`)
  })
}

interface Called {
  readonly service: ServiceModel
  readonly operation: OperationModel
}

function lostOf(
  operation: OperationModel,
  contract: OperationSchemas,
  withheld: (parameter: ParameterModel) => boolean,
): readonly string[] {
  const parameters = operation.parameters
    .filter((parameter) => !Object.hasOwn(contract[parameter.in], parameter.name) && !withheld(parameter))
    .map((parameter) => `${parameter.in} ${parameter.name}`)
  const bodies = (operation.body?.content ?? [])
    .filter(({ type }) => !Object.hasOwn(contract.body?.content ?? {}, type))
    .map(({ type }) => `the body ${type}`)
  return [...parameters, ...bodies]
}

/** Matches parameters that OpenAPI ignores, that carry credentials, and that no client may send (GW3204). */
function withheldNames(plan: ClientPlan, service: ServiceModel): (parameter: ParameterModel) => boolean {
  const ignored = ['accept', 'content-type', 'authorization']
  const keys = Object.values(plan.client.authenticators).flatMap((one) => (one.kind === 'api-key' ? [one.header] : []))
  const sent = plan.services.flatMap((one) =>
    Object.values(one.service.credentials).flatMap((credential) =>
      credential.kind === 'header' ? [credential.name] : [],
    ),
  )
  const headers = new Set([...ignored, ...keys, ...sent].map((name) => name.toLowerCase()))
  return (parameter) =>
    service.schemes.some((scheme) => scheme.in === parameter.in && isSame(scheme.parameterName ?? '', parameter)) ||
    (parameter.in === 'header' && (headers.has(parameter.name.toLowerCase()) || !isClientHeader(parameter.name)))
}

function isSame(name: string, parameter: ParameterModel): boolean {
  return parameter.in === 'header' ? name.toLowerCase() === parameter.name.toLowerCase() : name === parameter.name
}
