import { readFileSync } from 'node:fs'
import type { Gateway, ServiceContract } from './contract.ts'
import { parseData } from './json/index.ts'
import { type CompiledContract, compileContract } from './schema/index.ts'
import type { Settings } from './settings.ts'

/** Reads the contracts of all services that routes call; what is missing among them is noted in the settings. */
export function readContracts({ data, routes }: Gateway, settings: Settings): ReadonlyMap<string, CompiledContract> {
  const contracts = new Map<string, CompiledContract>()
  for (const service of new Set(routes.map((route) => route.call.service))) {
    const contract = readContract(service, data, settings)
    if (contract === null) continue
    contracts.set(service, compileContract(contract))
    for (const route of routes) {
      if (route.call.service === service && !Object.hasOwn(contract.operations, route.contract)) {
        settings.refuse(`route ${route.id} needs ${route.contract}, which is not in ${service}/schemas.json`)
      }
    }
  }
  return contracts
}

function readContract(service: string, data: URL, settings: Settings): ServiceContract | null {
  try {
    return parseData(readFileSync(new URL(`${service}/schemas.json`, data), 'utf8')) as unknown as ServiceContract
  } catch (error) {
    settings.refuse(`${service}/schemas.json cannot be read${error instanceof SyntaxError ? ': it is not JSON' : ''}`)
    return null
  }
}
