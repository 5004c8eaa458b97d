import type { Client } from '../../../../templates/runtime/vocabulary.ts'
import type { JsonObject } from '../../../read/types.ts'
import { described, parameterObject } from '../schemas/document.ts'
import { answersOf, documentedFor, responses } from './answers.ts'
import { renamed } from './paths.ts'
import { type ProblemStatus, problemsOf } from './problems.ts'
import { parametersOf, requestBody, sentBy } from './requests.ts'
import { withReservedNote } from './reserved.ts'
import { securityOf } from './security.ts'
import type { RouteView } from './view.ts'

/** Registers the schemas that a route uses. All routes come before the first `show`. */
export function useOf(view: RouteView): void {
  const { facing } = view
  for (const { schema } of parametersOf(view)) facing.use(schema, 'request')
  for (const { schema } of sentBy(view)) if (schema !== null) facing.use(schema, 'request')
  for (const { headers, content } of answersOf(view)) {
    for (const { schema } of [...headers, ...content]) if (schema !== null) facing.use(schema, 'answer')
  }
}

/** The OpenAPI operation of a route, and the gateway's own problems that its answers refer to. */
interface Described {
  readonly operation: JsonObject
  readonly problems: readonly ProblemStatus[]
}

/** The operation of a route: what the client may send, and all possible answers. */
export function operationObject(view: RouteView, client: Client): Described {
  const { route, operation, facing, service } = view
  const parameters = parametersOf(view).map((one) =>
    renamed(withReservedNote(parameterObject(one, facing.show(one.schema, 'request')), one, route), route),
  )
  const answers = answersOf(view)
  const possible = problemsOf(route, client, service.credentials)
  const problems = possible.filter(({ status }) => documentedFor(status, answers, view) === null)
  const object: JsonObject = {
    operationId: route.id,
    tags: [route.contract.service],
    ...described(operation.model),
    security: securityOf(route.access, client),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(view),
    responses: responses(view, answers, possible),
  }
  return { operation: object, problems }
}
