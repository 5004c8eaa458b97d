import type { Step } from '../exchange/exchange.ts'

/**
 * What comes to a gateway goes one of these ways:
 * - `request`: a request to a route, and all that is nothing else.
 * - `upgrade`: a request for another protocol on its connection, CONNECT included.
 * - `preflight`: a browser's question about requests from another origin.
 * - `own`: a request to an endpoint of the gateway's own, such as a probe.
 */
export type Way = 'request' | 'upgrade' | 'preflight' | 'own'

const R = 'request'
const U = 'upgrade'
const P = 'preflight'
const O = 'own'
const _ = null

/**
 * The steps from top to bottom, and which ways run each. A step lets an exchange pass, ends it with a problem, or answers it. The
 * order is the security: nothing of a body is read before the caller is known and allowed, and nothing is sent before that either.
 */
// biome-ignore format: a column for each way
export const table = [
  /** Client address and request id. First, so that every refusal carries the id. */
  row('identify',      R, U, P, O),
  /** Framing, header fields and request target have one reading only. */
  row('admit',         R, U, P, O),
  /** Answers probes and serves keys, for any host. */
  row('own',           _, _, _, O),
  /** The host is one of the client's. */
  row('host',          R, U, P, _),
  /** Refuses the upgrade. */
  row('upgrade',       _, U, _, _),
  /** Answers the preflight. Before authentication: browsers send no credential with it. */
  row('preflight',     _, _, P, _),
  /** Finds the route. OPTIONS is answered here. */
  row('match',         R, _, _, _),
  /** Who calls. A broken credential ends a request to a public route as well. */
  row('authenticate',  R, _, _, _),
  /** Whether the caller may do this. Before any parameter or body is read. */
  row('authorize',     R, _, _, _),
  /** `100 Continue`, now that the body is wanted. */
  row('invite',        R, _, _, _),
  /** Parameters and body against the contract; makes what goes to the service. */
  row('validate',      R, _, _, _),
  /** The service, with the gateway's credential. */
  row('call',          R, _, _, _),
  /** What this client may see of the answer. */
  row('shape',         R, _, _, _),
  /** Status, allowed header fields, body. */
  row('answer',        R, _, _, _),
] as const

export type StepName = (typeof table)[number]['step']

/** What each row runs. */
export type Steps = Readonly<Record<StepName, Step>>

export interface Row<Name extends string> {
  readonly step: Name
  readonly ways: ReadonlySet<Way>
}

function row<Name extends string>(step: Name, ...columns: readonly (Way | null)[]): Row<Name> {
  return { step, ways: new Set(columns.filter((way) => way !== null)) }
}

/** The steps of one way, in order. */
export function column(way: Way, steps: Steps): readonly Step[] {
  return table.filter(({ ways }) => ways.has(way)).map(({ step }) => steps[step])
}

/**
 * How many rows from the top are the same for all that arrives as a request: these run before it is known which way it takes.
 * `admit` is among them, since it reads the path.
 */
export const commonRows = table.findIndex(({ ways }) => !(ways.has(R) && ways.has(P) && ways.has(O)))
