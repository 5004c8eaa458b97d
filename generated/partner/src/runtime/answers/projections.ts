import type { CompiledSchemas } from '../schema/index.ts'
import type { OperationSchemas, Route } from '../vocabulary.ts'
import { isJson, mediaTypeOf } from '../words/mediaTypes.ts'
import { forClient } from './projected.ts'

/** The identities of the projections of a route's successes; empty where their bodies pass unchanged. */
export function projectionIds(
  { answers: policy }: Pick<Route, 'answers'>,
  answers: OperationSchemas['answers'],
  schemas: Pick<CompiledSchemas, 'fingerprint'>,
): ReadonlySet<string> {
  if (policy.undeclared === 'pass') return new Set()
  const successes = Object.entries(answers).filter(([status]) => status.startsWith('2') || status === 'default')
  const projected = successes.flatMap(([, { content }]) =>
    Object.entries(content)
      .filter(([type, { schema }]) => mayBeJson(type) && !forClient.passes(schema, policy))
      .map(([, { schema }]) => schemas.fingerprint(schema)),
  )
  return new Set(projected)
}

function mayBeJson(type: string): boolean {
  return type.includes('*') || isJson(mediaTypeOf(type) ?? '')
}
