import { readFileSync } from 'node:fs'
import type { Environment } from '../environment/environment.ts'
import { parseData } from '../json/index.ts'
import { type CompiledSchemas, compileSchemas } from '../schema/index.ts'
import type { Gateway, ServiceSchemas } from '../vocabulary.ts'

/** Reads the contracts of all services that routes use. Missing files and operations are refused through `environment`. */
export function readContracts(
  { data, routes }: Gateway,
  environment: Environment,
): ReadonlyMap<string, CompiledSchemas> {
  const contracts = new Map<string, CompiledSchemas>()
  for (const service of new Set(routes.map((route) => route.contract.service))) {
    const contract = readContract(service, data, environment)
    if (contract === null) continue
    contracts.set(service, compileSchemas(contract))
    for (const route of routes) {
      if (route.contract.service === service && !Object.hasOwn(contract.operations, route.contract.operation)) {
        environment.refuse(
          `route ${route.id} needs ${route.contract.operation}, which is not in ${service}/schemas.json`,
        )
      }
    }
  }
  return contracts
}

function readContract(service: string, data: URL, environment: Environment): ServiceSchemas | null {
  try {
    return parseData(readFileSync(new URL(`${service}/schemas.json`, data), 'utf8')) as unknown as ServiceSchemas
  } catch (error) {
    environment.refuse(
      `${service}/schemas.json cannot be read${error instanceof SyntaxError ? ': it is not JSON' : ''}`,
    )
    return null
  }
}
