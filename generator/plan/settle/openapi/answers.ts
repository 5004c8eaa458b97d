import type { Route } from '../../../../templates/runtime/vocabulary.ts'
import { headerUse } from '../../../../templates/runtime/words/headers.ts'
import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import { concernOf, concernWithoutCaller } from '../../../../templates/runtime/words/unauthorized.ts'
import type { JsonObject } from '../../../read/types.ts'
import { sortedBy } from '../../../support/index.ts'
import { isBodiless } from '../../draft/routes/bodiless.ts'
import { contentObject, headerObject } from '../schemas/document.ts'
import type { TranslatedMedia, TranslatedOperation } from '../schemas/index.ts'
import { type Draft, isObject, put } from '../schemas/values.ts'
import { type ProblemStatus, problemBody, problemMedia, problemName } from './problems.ts'
import type { ContractService } from './types.ts'
import { examplesOf, type RouteView } from './view.ts'

/** A documented answer of the service, without the parts that do not reach the client. */
export interface Got {
  readonly status: string
  readonly description: string
  readonly headers: TranslatedOperation['answers'][number]['headers']
  readonly content: readonly TranslatedMedia[]
}

/**
 * The documented answers that pass. 407 does not, and 401 only if it may be about the caller: otherwise they are about the
 * gateway's own credential. Of the content of an error only media types that can be projected pass, unless
 * undeclared members pass.
 */
export function answersOf({ route, operation, service }: RouteView): readonly Got[] {
  const judged = judgesCaller(route, service)
  return operation.answers.flatMap(({ model, headers, content }) => {
    const { status, description } = model
    if (!route.answers.statuses.includes(status) || status === '407' || (status === '401' && !judged)) return []
    const isError = status.startsWith('4')
    const passing = isError && route.answers.undeclared === 'drop' ? content.filter(isProjected) : content
    return [{ status, description, headers, content: isBodiless(route.method, status) ? [] : passing }]
  })
}

function isProjected({ model, schema }: TranslatedMedia): boolean {
  return isJson(essenceOf(model.type)) && schema !== null && schema !== true && Object.keys(schema).length > 0
}

/**
 * Client errors are problems of the gateway if the spec does not document them. A documented one may be either: a
 * service's error whose body cannot be projected is replaced by a problem.
 */
export function responses(view: RouteView, answers: readonly Got[], problems: readonly ProblemStatus[]): JsonObject {
  const found: Draft = {}
  for (const answer of answers) {
    const refusal = { status: answer.status, description: '', headers: {} }
    found[answer.status] = responseObject(view, answer, answer.status.startsWith('4') ? refusal : null)
  }
  for (const problem of problems) {
    const { status } = problem
    const documented = documentedFor(status, answers, view)
    if (documented === null) found[status] = { $ref: `#/components/responses/${problemName(problem)}` }
    // A `4XX` of the spec is written once, not again for each status in it.
    else if (status === '4XX' || documented.status === status) found[status] = responseObject(view, documented, problem)
  }
  return Object.fromEntries(sortedBy(Object.entries(found), ([status]) => status))
}

/**
 * The documented answer for a client error's status: that of this status, else of `4XX` or else `default`, if it has
 * content that passes.
 */
export function documentedFor(status: string, answers: readonly Got[], { route, service }: RouteView): Got | null {
  if (!status.startsWith('4') || (status === '401' && !judgesCaller(route, service))) return null
  const exact = answers.find((answer) => answer.status === status)
  const found =
    exact ?? answers.find((answer) => answer.status === '4XX') ?? answers.find((answer) => answer.status === 'default')
  if (found === undefined) return null
  const content = found.content.filter((media) => route.answers.undeclared === 'pass' || isProjected(media))
  return exact !== undefined || content.length > 0 ? { ...found, content } : null
}

function judgesCaller({ access, action, answers }: Route, { credentials }: ContractService): boolean {
  const kinds = action.credentials.map((name) => credentials[name]?.kind)
  const concern = isSignInOptional(access) ? concernWithoutCaller : concernOf
  return concern(answers.unauthorized, kinds, false) !== 'gateway'
}

function responseObject(
  { facing }: RouteView,
  { description, headers, content }: Got,
  problem: ProblemStatus | null,
): JsonObject {
  const shownHeaders: Draft = { ...(problem?.headers ?? {}) }
  for (const header of headers) {
    const schema = header.schema === null ? null : facing.show(header.schema, 'answer')
    const { required, ...rest } = headerObject(header, schema)
    // `Location` and `Link` are removed if their URLs do not lead to routes of the gateway, so the fields are not required.
    const { answer } = headerUse(header.model.name)
    const certain = required === true && answer !== 'rewritten' && answer !== 'linked'
    put(shownHeaders, header.model.name, certain ? { ...rest, required } : rest)
  }
  const shown = contentObject(
    content,
    ({ schema }) => (schema === null ? null : facing.show(schema, 'answer')),
    (media) => examplesOf(media, facing.hides(media.schema ?? true, 'answer'), (value) => value),
  )
  const all = problem === null ? shown : withProblem(shown)
  return {
    description: description || problem?.description || 'No description.',
    ...(Object.keys(shownHeaders).length === 0 ? {} : { headers: shownHeaders }),
    ...(Object.keys(all).length === 0 ? {} : { content: all }),
  }
}

/** The content of an answer that may instead be a problem of the gateway. */
function withProblem(content: JsonObject): JsonObject {
  const documented = content[problemMedia]
  const schema = isObject(documented) ? documented['schema'] : undefined
  if (!isObject(documented) || schema === undefined) return { ...content, [problemMedia]: { schema: problemBody } }
  return { ...content, [problemMedia]: { ...documented, schema: { anyOf: [schema, problemBody] } } }
}
