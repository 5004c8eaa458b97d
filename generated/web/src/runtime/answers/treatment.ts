import type { Drift, Observer } from '../observe/observer.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { Treat, Treatment } from '../upstream/answer.ts'
import type { Route } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { createDocumented, type Documented } from './documented.ts'
import { forClient, type Reading } from './projected.ts'
import type { Projection } from './projection.ts'

export interface TreatmentOptions {
  /** The service gets the caller's own token, so its 401 concerns the caller. */
  readonly principal?: boolean
  /** Default: for a client. */
  readonly reading?: Reading
  /** Called with each answer that is not as documented, unless `check` is `off`. */
  readonly observer: Pick<Observer, 'answerDrifted'>
}

/** The members of a route that decide how its answers are handled. */
export type AnsweredRoute = Pick<Route, 'id' | 'contract' | 'answers'>

type ContentType = Parameters<Treat>[1]

const badGateway = problem('bad-gateway')
const broken: Treatment = { kind: 'problem', problem: badGateway }

/**
 * Makes the function that decides how a route's answers are handled, by status and media type only (rules O1, O2). Bodies of
 * successes reach the client only as documented. Of a 4xx the client gets the documented body, otherwise only the status. A 5xx is
 * replaced by a problem of the gateway.
 */
export function createTreatment(
  route: AnsweredRoute,
  schemas: CompiledSchemas,
  { principal = false, reading = forClient, observer }: TreatmentOptions,
): Treat {
  const { answers: policy } = route
  const { answers } = schemas.operation(route.contract.operation)
  const enforced = policy.check === 'enforce'
  const documented = new Map<string, Documented>()
  for (const status of policy.statuses) {
    const answer = answers[status]
    if (answer !== undefined) documented.set(status, createDocumented(answer, policy, schemas, reading))
  }
  const successes = [...documented].filter(([status]) => status.startsWith('2')).map(([, answer]) => answer)
  const exact = (status: number): Documented | undefined => {
    const found = documented.get(String(status)) ?? documented.get(`${Math.floor(status / 100)}XX`)
    // A 206 is a range of the 200 answer (RFC 9110 section 15.3.7).
    return found === undefined && status === 206 ? documented.get('200') : found
  }

  const drifted = (status: number, what: Drift['what'], faults: Drift['faults'] = []): void => {
    if (policy.check !== 'off') observer.answerDrifted({ route: route.id, status, what, faults })
  }
  const bodyDrifted = (status: number, faults: Drift['faults']): void => drifted(status, 'body', faults)

  const shaped = (status: number, projection: Projection | 'pass', otherwise: Problem): Treatment =>
    projection === 'pass' ? { kind: 'pass', status } : reading.projected(status, projection, otherwise, bodyDrifted)

  const success = (status: number, contentType: ContentType): Treatment => {
    let answer = exact(status)
    if (answer === undefined) {
      drifted(status, 'status')
      if (enforced) return broken
      answer = successes.length === 1 ? successes[0] : documented.get('default')
    }
    // The operation has succeeded: without a description only the body is withheld, not the status.
    if (answer === undefined || answer.isEmpty) return { kind: 'empty', status }
    const found = answer.find(contentType)
    if (found === null) {
      drifted(status, 'media type')
      return contentType == null && !enforced ? { kind: 'empty', status } : broken
    }
    return shaped(status, found, badGateway)
  }

  const redirect = (status: number, contentType: ContentType): Treatment => {
    const answer = exact(status)
    if (answer === undefined) return broken
    const found = answer.find(contentType)
    return found === null ? { kind: 'empty', status } : shaped(status, found, badGateway)
  }

  const clientError = (status: number, contentType: ContentType): Treatment => {
    // The service refused the gateway's own credential, which does not concern the caller.
    if (status === 407 || (status === 401 && !principal)) return broken
    const refused = problem('refused', { status })
    const answer = exact(status) ?? documented.get('default')
    if (answer === undefined) drifted(status, 'status')
    const found = answer?.find(contentType) ?? null
    // Free text in an error may contain undocumented data.
    if (found === null || (found === 'pass' && policy.undeclared === 'drop'))
      return { kind: 'problem', problem: refused }
    return shaped(status, found, refused)
  }

  const decide = (status: number, contentType: ContentType): Treatment => {
    if (status >= 200 && status < 300) return success(status, contentType)
    if (status === 304) return { kind: 'empty', status }
    if (status >= 300 && status < 400) return redirect(status, contentType)
    if (status >= 400 && status < 500) return clientError(status, contentType)
    return serverError(status)
  }

  return (status, contentType, headOnly) => {
    const treatment = decide(status, contentType)
    const bodiless = status === 204 || status === 205 || headOnly
    return bodiless && treatment.kind !== 'problem' ? { kind: 'empty', status } : treatment
  }
}

function serverError(status: number): Treatment {
  const name = status === 503 ? 'unavailable' : status === 504 ? 'gateway-timeout' : 'bad-gateway'
  return { kind: 'problem', problem: problem(name) }
}
