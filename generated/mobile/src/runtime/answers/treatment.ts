import { type MediaEntry, mediaTable, parseMediaType } from '../bodies/index.ts'
import type { Exchange, Treatment } from '../exchange/exchange.ts'
import { type CompiledSchemas, isNeutral } from '../schema/index.ts'
import type { AnswerSchemas, MediaSchema, Route } from '../vocabulary.ts'
import { isJson } from '../words/mediaTypes.ts'
import { type Problem, problem } from '../words/problems.ts'
import { createProjection, type Projection } from './projection.ts'

/** A service's answer that is not as documented. Names the place, never a value. */
export interface Drift {
  /** `service.operation`. */
  readonly route: string
  readonly status: number
  readonly what: 'status' | 'media type' | 'body'
  /** RFC 6901 pointers into the body and what is wrong there; at most ten. */
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[]
}

export interface TreatmentOptions {
  /** The service judges the caller's own token: its 401 is the caller's. */
  readonly principal?: boolean
  /** Hears of each answer that is not as documented, unless `check` is off. */
  readonly report?: (drift: Drift) => void
}

/** Decides, by status and media type alone, what becomes of a service's answer. */
export type Treat = (status: number, contentType: string | null | undefined, exchange?: Exchange) => Treatment

const badGateway = problem('bad-gateway')
const broken: Treatment = { kind: 'problem', problem: badGateway }

/**
 * Makes the decision about a route's answers (rules O1, O2). Successes reach the client as documented or
 * not at all; of errors it sees what is documented, else the status alone; of a service's own failures neither.
 */
export function createTreatment(route: Route, schemas: CompiledSchemas, options: TreatmentOptions = {}): Treat {
  const { answers: policy } = route
  const { answers } = schemas.operation(route.contract.operation)
  const enforced = policy.check === 'enforce'
  const documented = new Map<string, Documented>()
  for (const status of policy.statuses) {
    const answer = answers[status]
    if (answer !== undefined) documented.set(status, document(answer, route, schemas))
  }
  const successes = [...documented].filter(([status]) => status.startsWith('2')).map(([, answer]) => answer)
  const exact = (status: number): Documented | undefined => {
    const found = documented.get(String(status)) ?? documented.get(`${Math.floor(status / 100)}XX`)
    // A range of what a 200 would have been (RFC 9110 section 15.3.7).
    return found === undefined && status === 206 ? documented.get('200') : found
  }

  const drifted = (status: number, what: Drift['what'], faults: Drift['faults'] = []): void => {
    if (policy.check !== 'off') options.report?.({ route: route.id, status, what, faults })
  }

  const success = (status: number, contentType: string | null | undefined): Treatment => {
    let answer = exact(status)
    if (answer === undefined) {
      drifted(status, 'status')
      if (enforced) return broken
      answer = successes.length === 1 ? successes[0] : documented.get('default')
    }
    // The service has done what was asked: without a description only the body is withheld, not the success.
    if (answer === undefined || answer.isEmpty) return { kind: 'empty', status }
    const found = answer.find(contentType)
    if (found === null) {
      drifted(status, 'media type')
      return contentType == null && !enforced ? { kind: 'empty', status } : broken
    }
    return shaped(status, found, badGateway)
  }

  const shaped = (status: number, projection: Projection | 'pass', otherwise: Problem): Treatment => {
    if (projection === 'pass') return { kind: 'pass', status }
    return {
      kind: 'project',
      status,
      project(bytes) {
        const { faults, output } = projection(bytes)
        if (faults.length > 0) drifted(status, 'body', faults)
        return output ?? otherwise
      },
    }
  }

  const clientError = (status: number, contentType: string | null | undefined): Treatment => {
    // The gateway's own credential was refused: not the caller's doing, and not the caller's to see.
    if (status === 407 || (status === 401 && options.principal !== true)) return broken
    const refused = problem('refused', { status })
    const answer = exact(status) ?? documented.get('default')
    if (answer === undefined) drifted(status, 'status')
    const found = answer?.find(contentType) ?? null
    // Free text in an error says more than anyone has documented.
    if (found === null || (found === 'pass' && policy.undeclared === 'drop'))
      return { kind: 'problem', problem: refused }
    return shaped(status, found, refused)
  }

  return (status, contentType, exchange) => {
    const shape = decide(status, contentType)
    const bodiless = status === 204 || status === 205 || exchange?.req.method === 'HEAD'
    return bodiless && shape.kind !== 'problem' ? { kind: 'empty', status } : shape
  }

  function decide(status: number, contentType: string | null | undefined): Treatment {
    if (status >= 200 && status < 300) return success(status, contentType)
    if (status === 304) return { kind: 'empty', status }
    if (status >= 300 && status < 400) return exact(status) === undefined ? broken : redirect(status, contentType)
    if (status >= 400 && status < 500) return clientError(status, contentType)
    return serverError(status)
  }

  function redirect(status: number, contentType: string | null | undefined): Treatment {
    const found = exact(status)?.find(contentType) ?? null
    return found === null ? { kind: 'empty', status } : shaped(status, found, badGateway)
  }
}

function serverError(status: number): Treatment {
  const name = status === 503 ? 'unavailable' : status === 504 ? 'gateway-timeout' : 'bad-gateway'
  return { kind: 'problem', problem: problem(name) }
}

/** One documented answer: how its media types are handled. */
interface Documented {
  /** No content is documented. */
  readonly isEmpty: boolean
  /** `null`: not a media type of this answer. */
  readonly find: (contentType: string | null | undefined) => Projection | 'pass' | null
}

function document({ content }: AnswerSchemas, route: Route, schemas: CompiledSchemas): Documented {
  const entries = Object.entries(content)
  const table = mediaTable(entries.map(([name, value]) => ({ name, value })))
  const projections = new Map<MediaEntry<MediaSchema>, Projection | 'pass'>()
  const known = new Map<string, Projection | 'pass' | null>()

  const find = (contentType: string): Projection | 'pass' | null => {
    const media = parseMediaType(contentType)
    const entry = media === null ? null : table(media)
    if (media === null || entry === null) return null
    if (!isJson(media.essence)) return 'pass'
    const projection = projections.get(entry) ?? projectionOf(entry.value, route, schemas)
    projections.set(entry, projection)
    return projection
  }

  return {
    isEmpty: entries.length === 0,
    find(contentType) {
      if (contentType == null) return null
      const remembered = known.get(contentType)
      if (remembered !== undefined) return remembered
      const found = find(contentType)
      // Services send few texts here; one that makes them up must not fill the memory.
      if (known.size < 32) known.set(contentType, found)
      return found
    },
  }
}

function projectionOf({ schema }: MediaSchema, { answers }: Route, schemas: CompiledSchemas): Projection | 'pass' {
  const drop = answers.undeclared === 'drop'
  if (isNeutral(schema) || (!drop && answers.check === 'off')) return 'pass'
  return createProjection(schema, schemas, answers.check, drop)
}
