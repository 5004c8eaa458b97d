import { claimAt } from '../access/claims.ts'
import type { Principal } from '../access/principal.ts'
import type { Filling } from '../bodies/index.ts'
import type { JsonValue } from '../json/index.ts'
import { binding, bodyBinding } from '../parameters/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { Bind, OperationSchemas, ParameterSchema, RequestPolicy } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

type Texts = readonly (readonly [name: string, text: string])[]

/** The inputs of a request that are filled from the caller's claims. */
export interface Bound {
  readonly path: Texts
  readonly query: readonly string[]
  readonly headers: Texts
  readonly body: Filling
}

const unbound: Bound = { path: [], query: [], headers: [], body: [] }

const anonymous = problem('forbidden', { reason: 'caller-missing' })

/** The problem of values of claims that cannot stand where they are bound: 403 (rules R3, R8). It names parameters of the path only. */
export function unfitBinds(binds: readonly Pick<Bind, 'in' | 'name'>[]): Problem {
  const ofPath = binds.filter((one) => one.in === 'path')
  return problem('forbidden', {
    reason: 'bound-value-unfit',
    detail: binds.map((one) => `${one.in} ${one.name}`).join(', '),
    errors: ofPath.map(({ name }) => ({ in: 'path', pointer: name, detail: 'bound value does not fit' })),
  })
}

function claimMissing(claim: readonly string[]): Problem {
  return problem('forbidden', { reason: 'claim-missing', detail: claim.join('.') })
}

/** Fills the bound inputs of a request. A claim that is missing or unsuitable is 403. */
export function createBindings(
  { bind: binds, encodedSlash = [] }: Pick<RequestPolicy, 'bind' | 'encodedSlash'>,
  operation: OperationSchemas,
  schemas: CompiledSchemas,
): (principal: Principal | null) => Bound | Problem {
  if (binds.length === 0) return () => unbound
  const ofBody = binds.filter((bind) => bind.in === 'body')
  const ofText = binds.flatMap((bind) => {
    if (bind.in === 'body') return []
    const name = bind.in === 'header' ? bind.name.toLowerCase() : bind.name
    const { in: place, claim } = bind
    const slashes = place === 'path' && encodedSlash.includes(name)
    const text = binding({ in: place, name }, parameterOf(operation, bind), schemas, slashes)
    return [{ in: place, name, claim, text, unfit: unfitBinds([bind]) }]
  })
  return (principal) => {
    if (principal === null) return anonymous
    const texts = { path: [], query: [], header: [] } as Record<'path' | 'query' | 'header', [string, string][]>
    for (const bind of ofText) {
      const value = claimAt(principal.claims, bind.claim)
      const text = bind.text(value)
      if (text === null) return value === undefined ? claimMissing(bind.claim) : bind.unfit
      texts[bind.in].push([bind.name, text])
    }
    const body: [string, JsonValue][] = []
    for (const { name, claim } of ofBody) {
      const value = claimAt(principal.claims, claim)
      const filled = bodyBinding(value)
      if (filled === null) return value === undefined ? claimMissing(claim) : unfitBinds([{ in: 'body', name }])
      body.push([name, filled])
    }
    return { path: texts.path, query: texts.query.map(([, text]) => text), headers: texts.header, body }
  }
}

function parameterOf(operation: OperationSchemas, { in: place, name }: Bind): ParameterSchema | undefined {
  const parameters = place === 'body' ? {} : operation[place]
  if (place !== 'header') return Object.hasOwn(parameters, name) ? parameters[name] : undefined
  return Object.entries(parameters).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}
