import type { Expression, Route, Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import type { ClientPlan } from '../plan/types.ts'
import { isObject } from '../support/index.ts'
import { jsonText } from './json.ts'
import { exemplaryContract } from './published.ts'
import type { Sampler } from './sampler.ts'

/** An input of a route that takes a claim's value, or is compared with it. */
export interface ClaimInput {
  readonly claim: readonly string[]
  readonly schema: Schema
  readonly sampler: Sampler
}

interface Use {
  readonly claim: readonly string[]
  readonly in: 'path' | 'query' | 'header' | 'body'
  readonly name: string
}

/** The inputs of a route that `bind`, `own` or `when` connects with a claim. */
export function claimInputs(client: ClientPlan, route: Route): readonly ClaimInput[] {
  const service = client.services.find(({ id }) => id === route.action.service)
  if (service === undefined) return []
  const { schemas, sampler } = exemplaryContract(service)
  const operation = schemas.operations[route.contract.operation]
  if (operation === undefined) return []
  return usesOf(route).flatMap(({ claim, in: place, name }) => {
    const bodies = Object.values(operation.body?.content ?? {}).map((media) => media.schema)
    const schema =
      place === 'body'
        ? bodies.map((body) => memberOf(body, name, schemas)).find((one) => one !== undefined)
        : operation[place][name]?.schema
    return schema === undefined ? [] : [{ claim, schema, sampler }]
  })
}

function usesOf({ request, access }: Route): readonly Use[] {
  const rule = access.kind === 'principal' ? access : { own: [], when: [] }
  return [
    ...request.bind,
    ...rule.own.map(({ claim, parameter }) => ({ claim, in: 'path' as const, name: parameter })),
    ...rule.when.flatMap(comparisons),
  ]
}

/** The inputs that a condition compares with a claim. Those that must differ from it need no value. */
function comparisons(expression: Expression): readonly Use[] {
  if (expression.kind === 'and' || expression.kind === 'or') return expression.of.flatMap(comparisons)
  if (expression.kind !== 'equal' && expression.kind !== 'in') return []
  const sides = [expression.left, expression.right]
  const claim = sides.find((side) => side.kind === 'principal')
  const input = sides.find((side) => side.kind === 'request')
  if (claim?.kind !== 'principal' || input?.kind !== 'request') return []
  return [{ claim: claim.claim, in: input.in, name: input.name }]
}

function memberOf(schema: Schema | undefined, name: string, contract: ServiceSchemas): Schema | undefined {
  if (typeof schema !== 'object') return undefined
  const { $ref, properties, allOf } = schema as Readonly<Record<string, unknown>>
  if (isObject(properties) && Object.hasOwn(properties, name)) return properties[name] as Schema
  const target = typeof $ref === 'string' ? [contract.schemas[$ref.slice('#/schemas/'.length)]] : []
  const parts = Array.isArray(allOf) ? (allOf as readonly Schema[]) : []
  for (const part of [...target, ...parts]) {
    const found = part === schema ? undefined : memberOf(part, name, contract)
    if (found !== undefined) return found
  }
  return undefined
}

/** Values that are tried for one claim and user. */
const attempts = 8

/**
 * A value of a claim that all its inputs accept: the user's name if they do, because it is easy to recognise, else a sampled
 * value that differs between users. `undefined`: none was found for any of the inputs.
 */
export function claimValue(inputs: readonly ClaimInput[], index: number, name: string): unknown {
  const candidates = [name, ...inputs.flatMap((input) => sampled(input, index))]
  const counted = candidates.map((value) => ({ value, fits: inputs.filter((input) => accepts(input, value)).length }))
  const most = Math.max(0, ...counted.map(({ fits }) => fits))
  return most === 0 ? undefined : counted.find(({ fits }) => fits === most)?.value
}

/** JSON values, as a token has them. */
function sampled({ schema, sampler }: ClaimInput, index: number): readonly unknown[] {
  return Array.from({ length: attempts }, (_, attempt) =>
    sampler.value(schema, 'request', [], index + 1 + attempt * 16),
  )
    .filter(({ fits }) => fits)
    .map(({ value }) => JSON.parse(jsonText(value)) as unknown)
}

function accepts({ schema, sampler }: ClaimInput, value: unknown): boolean {
  const { value: chosen, fits } = sampler.value(schema, 'request', [value])
  return fits && jsonText(chosen) === jsonText(value)
}
