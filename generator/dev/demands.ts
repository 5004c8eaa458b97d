import type { Expression, Route, Schema } from '../../templates/runtime/vocabulary.ts'
import type { ClientPlan, Plan } from '../plan/types.ts'
import { compareText } from '../support/index.ts'
import { exemplaryContract } from './published.ts'
import type { Sampler } from './sampler.ts'

/** The requirements of all gateways on callers. Development users satisfy them, so that every rule can be tried. */
export interface Demands {
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  /**
   * Claims that identify the caller (bound or owned inputs), with different values for each user. May contain `sub`.
   */
  identity(index: number, name: string): Readonly<Record<string, unknown>>
  /** Claims that a `when` compares with a literal. */
  readonly conditions: Readonly<Record<string, unknown>>
}

/** Collects the requirements of all clients. */
export function demandsOf(plan: Plan): Demands {
  const routes = plan.clients.flatMap((client) => client.routes.map(({ route }) => ({ client, route })))
  const rules = routes.flatMap(({ route }) => (route.access.kind === 'principal' ? [route.access] : []))
  const grants = rules.flatMap(({ anyOf }) => anyOf)
  const conditions: Record<string, unknown> = {}
  for (const condition of rules.flatMap(({ when }) => when)) collectConditions(condition, conditions)
  const inputs = routes.flatMap(({ client, route }) => claimInputs(client, route))

  return {
    scopes: distinct(grants.flatMap(({ scopes }) => scopes)),
    roles: distinct(grants.flatMap(({ roles }) => roles)),
    conditions,
    identity: (index, name) => {
      const claims: Record<string, unknown> = {}
      for (const input of inputs) {
        if (readPath(claims, input.claim) !== undefined) continue
        const value = input.sample(index, name)
        if (value !== undefined) writePath(claims, input.claim, value)
      }
      return claims
    },
  }
}

interface ClaimInput {
  readonly claim: readonly string[]
  /** A value that the input's schema accepts, different for each user; `undefined` if none was found. */
  sample(index: number, name: string): unknown
}

function claimInputs(client: ClientPlan, route: Route): ClaimInput[] {
  const service = client.services.find(({ id }) => id === route.action.service)
  if (service === undefined) return []
  const { schemas, sampler } = exemplaryContract(service)
  const operation = schemas.operations[route.contract.operation]
  if (operation === undefined) return []
  const owns = route.access.kind === 'principal' ? route.access.own : []
  const uses = [
    ...route.request.bind.map((bind) => ({ claim: bind.claim, in: bind.in, name: bind.name })),
    ...owns.map((own) => ({ claim: own.claim, in: 'path' as const, name: own.parameter })),
  ]
  return uses.flatMap((use) => {
    const parameter = use.in === 'body' ? undefined : operation[use.in][use.name]
    if (parameter === undefined) return []
    return [
      { claim: use.claim, sample: (index: number, name: string) => sampled(sampler, parameter.schema, index, name) },
    ]
  })
}

/** The user's name if the schema accepts it, because it is easy to recognise; else a sampled value. */
function sampled(sampler: Sampler, schema: Schema, index: number, name: string): unknown {
  if (sampler.value(schema, 'request', [name]).value === name) return name
  const sample = sampler.value(schema, 'request', [], index + 1)
  return sample.fits ? sample.value : undefined
}

function collectConditions(expression: Expression, into: Record<string, unknown>): void {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const part of expression.of) collectConditions(part, into)
      break
    case 'equal': {
      const sides = [expression.left, expression.right]
      const claim = sides.find((side) => side.kind === 'principal')
      const literal = sides.find((side) => side.kind === 'literal')
      if (claim?.kind === 'principal' && literal?.kind === 'literal') writePath(into, claim.claim, literal.value)
      break
    }
    case 'in':
      if (expression.left.kind === 'literal' && expression.right.kind === 'principal') {
        if (!['roles', 'scope'].includes(expression.right.claim.join('.'))) {
          writePath(into, expression.right.claim, [expression.left.value])
        }
      }
      break
    default:
      break
  }
}

function readPath(object: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let value: unknown = object
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}

/** Sets a nested member. An existing value is kept. */
export function writePath(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    if (!Object.hasOwn(object, name)) object[name] = value
    return
  }
  const inner = object[name]
  const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  object[name] = next
  writePath(next, rest, value)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText)
}
