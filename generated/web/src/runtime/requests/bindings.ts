import { claimAt } from '../access/claims.ts'
import type { Principal } from '../access/principal.ts'
import type { Filling } from '../bodies/index.ts'
import type { JsonValue } from '../json/index.ts'
import { binding, bodyBinding } from '../parameters/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { Bind, OperationSchemas, ParameterSchema } from '../vocabulary.ts'

type Texts = readonly (readonly [name: string, text: string])[]

/** The inputs of a request that are filled from the caller's claims. */
export interface Bound {
  readonly path: Texts
  readonly query: readonly string[]
  readonly headers: Texts
  readonly body: Filling
}

const unbound: Bound = { path: [], query: [], headers: [], body: [] }

/** Fills the bound inputs of a request; `null`: a claim is missing or unsuitable, and the request is refused with 403. */
export function createBindings(
  binds: readonly Bind[],
  operation: OperationSchemas,
  schemas: CompiledSchemas,
): (principal: Principal | null) => Bound | null {
  if (binds.length === 0) return () => unbound
  const ofBody = binds.filter((bind) => bind.in === 'body')
  const ofText = binds.flatMap((bind) => {
    if (bind.in === 'body') return []
    const name = bind.in === 'header' ? bind.name.toLowerCase() : bind.name
    const { in: place, claim } = bind
    return [{ in: place, name, claim, text: binding({ in: place, name }, parameterOf(operation, bind), schemas) }]
  })
  return (principal) => {
    if (principal === null) return null
    const texts = { path: [], query: [], header: [] } as Record<'path' | 'query' | 'header', [string, string][]>
    for (const bind of ofText) {
      const text = bind.text(claimAt(principal.claims, bind.claim))
      if (text === null) return null
      texts[bind.in].push([bind.name, text])
    }
    const body: [string, JsonValue][] = []
    for (const { name, claim } of ofBody) {
      const filled = bodyBinding(claimAt(principal.claims, claim))
      if (filled === null) return null
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
