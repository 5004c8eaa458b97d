import type { Drift, Observer } from '../observe/observer.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { AnswerFields, Treat, Treatment } from '../upstream/answer.ts'
import type { OperationSchemas, Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'
import { createDocumented, type Documented, type Found } from './documented.ts'
import { type ErrorFields, gatewayErrors } from './errorFields.ts'
import { forClient, type Reading, type Report } from './projected.ts'

export interface TreatmentOptions {
  /** Default: every 401 concerns the gateway's own credential. */
  readonly errors?: ErrorFields
  /** Default: those of the route's operation. */
  readonly answers?: OperationSchemas['answers']
  /** Default: for a client. */
  readonly reading?: Reading
  /** Called with each answer that is not as documented, unless `check` is `off`. */
  readonly observer: Pick<Observer, 'answerDrifted'>
}

/** The members of a route that decide how its answers are handled. */
export type AnsweredRoute = Pick<Route, 'id' | 'contract' | 'answers'>

const noFields: AnswerFields = {}

type ContentType = Parameters<Treat>[1]

const unusable = problem('bad-gateway', { reason: 'answer-body' })

function failed(reason: Reason<'bad-gateway'>, status: number, code?: string): Treatment {
  const treatment = {
    kind: 'problem',
    problem: problem('bad-gateway', { reason, detail: `status ${status}` }),
  } as const
  return code === undefined ? treatment : { ...treatment, code }
}

/**
 * Makes the function that decides how a route's answers are handled, by status, media type and fields (rules O1, O2). Bodies of
 * successes reach the client only as documented. Of a 4xx the client gets the documented body, otherwise only the status. A 5xx is
 * replaced by a problem of the gateway.
 */
export function createTreatment(route: AnsweredRoute, schemas: CompiledSchemas, options: TreatmentOptions): Treat {
  const { answers: policy } = route
  const { errors = gatewayErrors, reading = forClient, observer } = options
  const answers = options.answers ?? schemas.operation(route.contract.operation).answers
  const enforced = policy.check === 'enforce'
  const documented = new Map<string, Documented>()
  for (const status of policy.statuses) {
    const answer = answers[status]
    if (answer !== undefined) documented.set(status, createDocumented(answer, policy, schemas, reading))
  }
  const covering = documented.get('default')
  const successes = [...documented].filter(([status]) => status.startsWith('2')).map(([, answer]) => answer)
  const exact = (status: number): Documented | undefined => {
    const found = documented.get(String(status)) ?? documented.get(`${Math.floor(status / 100)}XX`)
    // A 206 is a range of the 200 answer (RFC 9110 section 15.3.7).
    return found === undefined && status === 206 ? documented.get('200') : found
  }

  const drifted = (requestId: string, status: number, what: Drift['what'], faults: Drift['faults'] = []): void => {
    if (policy.check !== 'off') observer.answerDrifted({ requestId, route: route.id, status, what, faults })
  }
  const bodyDrifted: Report = (requestId, status, faults) => drifted(requestId, status, 'body', faults)

  const shaped = (requestId: string, status: number, { projection }: Found, otherwise: Problem): Treatment =>
    projection === 'pass'
      ? { kind: 'pass', status }
      : reading.projected(requestId, status, projection, otherwise, bodyDrifted)

  const success = (requestId: string, status: number, contentType: ContentType, bodiless: boolean): Treatment => {
    let answer = exact(status) ?? covering
    if (answer === undefined) {
      drifted(requestId, status, 'status')
      if (enforced) return failed('answer-status', status)
      answer = successes.length === 1 ? successes[0] : undefined
    }
    // The operation has succeeded: without a description only the body is withheld, not the status.
    if (answer === undefined || answer.isEmpty) return { kind: 'empty', status }
    // An answer without a body has no media type that could differ (RFC 9110 sections 9.3.2 and 15.3.5).
    if (bodiless && contentType == null) return { kind: 'empty', status }
    const found = answer.find(contentType)
    if (found === null || !found.exact) {
      drifted(requestId, status, 'media type')
      if (enforced || (found === null && contentType != null)) return failed('answer-media-type', status)
      if (found === null) return { kind: 'empty', status }
    }
    return shaped(requestId, status, found, unusable)
  }

  const redirect = (requestId: string, status: number, contentType: ContentType): Treatment => {
    const answer = exact(status)
    if (answer === undefined) return failed('answer-status', status)
    const found = answer.find(contentType)
    return found === null ? { kind: 'empty', status } : shaped(requestId, status, found, unusable)
  }

  const clientError = (
    requestId: string,
    status: number,
    contentType: ContentType,
    headers: AnswerFields,
  ): Treatment => {
    // The service refused the gateway's own credential, which does not concern the caller.
    if (status === 407 || (status === 401 && !errors.concernsCaller(headers)))
      return failed('credential-refused', status, 'credential-refused')
    const refused = problem('refused', {
      status,
      headers: errors.ofProblem(status, headers),
      reason: 'service-refused',
    })
    const answer = exact(status) ?? covering
    if (answer === undefined) drifted(requestId, status, 'status')
    const found = answer?.find(contentType) ?? null
    // Free text in an error may contain undocumented data.
    if (found === null || (found.projection === 'pass' && policy.undeclared === 'drop'))
      return { kind: 'problem', problem: refused }
    return shaped(requestId, status, found, refused)
  }

  const serverError = (status: number, headers: AnswerFields): Treatment => {
    const why = { reason: 'service-error', detail: `status ${status}` } as const
    if (status === 504) return { kind: 'problem', problem: problem('gateway-timeout', why) }
    if (status !== 503) return { kind: 'problem', problem: problem('bad-gateway', why) }
    const fields = errors.ofProblem(status, headers)
    return { kind: 'problem', problem: problem('unavailable', { headers: fields, ...why }) }
  }

  const decide = (
    requestId: string,
    status: number,
    contentType: ContentType,
    bodiless: boolean,
    headers: AnswerFields,
  ): Treatment => {
    if (status >= 200 && status < 300) return success(requestId, status, contentType, bodiless)
    if (status === 304) return { kind: 'empty', status }
    if (status >= 300 && status < 400) return redirect(requestId, status, contentType)
    if (status >= 400 && status < 500) return clientError(requestId, status, contentType, headers)
    return serverError(status, headers)
  }

  return (status, contentType, headOnly, headers = noFields, requestId = '') => {
    if (isBodiless(status, headers)) {
      // A media type that a service sends nevertheless does not count.
      const treatment = decide(requestId, status, null, true, headers)
      return treatment.kind === 'problem' ? treatment : { kind: 'empty', status }
    }
    const treatment = decide(requestId, status, contentType, headOnly, headers)
    if (!headOnly || treatment.kind === 'problem') return treatment
    return contentType == null ? { kind: 'empty', status } : { kind: 'empty', status, get: treatment }
  }
}

/** Whether a success has no body. 204 and 205 never have one, 200, 203 and 206 promise one (RFC 9110 section 15.3). */
function isBodiless(status: number, headers: AnswerFields): boolean {
  if (status === 204 || status === 205) return true
  return status > 200 && status < 300 && status !== 203 && status !== 206 && headers['content-length'] === '0'
}
