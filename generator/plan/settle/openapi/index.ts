import type { JsonObject } from '../../../read/types.ts'
import { sortedBy } from '../../../support/index.ts'
import type { Draft } from '../schemas/values.ts'
import { createFacing, type Facing } from './facing.ts'
import { operationObject, useOf } from './operation.ts'
import { pathIn } from './paths.ts'
import { problemName, problemObject, problemResponse, problemSchema } from './problems.ts'
import { securitySchemes } from './security.ts'
import type { ContractInput } from './types.ts'
import type { RouteView } from './view.ts'

export type { ContractInput, ContractService } from './types.ts'

/**
 * The exact contract of a gateway for its client, in OpenAPI 3.1: its routes with their security, the requests that
 * they accept, and all possible answers, including the gateway's own problems. Throws for a route whose operation was
 * not translated, which is a bug of the generator.
 */
export function planContract(input: ContractInput): JsonObject {
  const { title, description = null, version = '1.0.0', client, routes, services } = input
  const facings = new Map<string, Facing>(
    sortedBy(services, ([id]) => id).map(([id, { translation }]) => [id, createFacing(id, translation.schemas)]),
  )
  const views = routes.map((route): RouteView => {
    const service = services.get(route.contract.service)
    const facing = facings.get(route.contract.service)
    const operation = service?.translation.operations.get(route.contract.operation)
    if (service === undefined || facing === undefined || operation === undefined) {
      throw new Error(`The operation of the route ${route.id} has not been translated.`)
    }
    return { route, operation, service, facing }
  })
  for (const view of views) useOf(view)

  const paths: { [path: string]: Draft } = {}
  const problems = new Map<string, JsonObject>()
  for (const view of views) {
    const { route } = view
    const { operation, problems: own } = operationObject(view, client)
    const path = pathIn(route)
    const item = paths[path] ?? {}
    paths[path] = item
    item[route.method.toLowerCase()] = operation
    for (const problem of own) problems.set(problemName(problem), problemResponse(problem))
  }
  const called = sortedBy(new Set(routes.map(({ action }) => action.service)), (id) => id)
  const schemas = called.flatMap((id) => facings.get(id)?.components() ?? [])
  return {
    openapi: '3.1.0',
    info: { title, ...(description === null ? {} : { description }), version },
    servers: [{ url: client.basePath === null ? '/' : client.basePath }],
    tags: called.map((name) => tag(name, input)),
    paths,
    components: {
      securitySchemes: securitySchemes(client),
      schemas: { ...Object.fromEntries(schemas), [problemSchema]: problemObject },
      responses: Object.fromEntries(sortedBy(problems, ([name]) => name)),
    },
  }
}

function tag(name: string, { services }: ContractInput): JsonObject {
  const description = services.get(name)?.translation.service.title ?? ''
  return description === '' ? { name } : { name, description }
}
