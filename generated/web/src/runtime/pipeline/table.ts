import type { Step } from '../exchange/exchange.ts'

/**
 * A request goes one of these ways through a gateway:
 * - `request`: to a route, and whatever is none of the others.
 * - `upgrade`: asks for another protocol on its connection; CONNECT as well.
 * - `preflight`: a browser asks what scripts of another origin may send.
 * - `own`: to an endpoint of the gateway's own, such as a probe.
 */
export type Way = 'request' | 'upgrade' | 'preflight' | 'own'

const R = 'request'
const U = 'upgrade'
const P = 'preflight'
const O = 'own'
const _ = null

type Columns = readonly [typeof R | null, typeof U | null, typeof P | null, typeof O | null]

/**
 * The steps from top to bottom, and which ways run each. A step lets an exchange pass, ends it with a problem, or answers it. The
 * order is the security: no part of a body is read before the caller is known and allowed, and nothing is sent before that.
 */
// biome-ignore format: a column for each way
export const table = [
  row('identify',     R, U, P, O), // The client's address and the request id, which every refusal carries.
  row('admit',        R, U, P, O), // Framing, header fields and request target have one reading only.
  row('own',          _, _, _, O), // Answers probes and serves keys, for any host.
  row('host',         R, U, P, _), // The host is one of the client's.
  row('upgrade',      _, U, _, _), // Refuses the upgrade.
  row('preflight',    _, _, P, _), // Answers the preflight; before authentication, since browsers send no credential with it.
  row('match',        R, _, _, _), // Finds the route. Answers OPTIONS.
  row('authenticate', R, _, _, _), // Who calls. A broken credential ends a request to a public route as well.
  row('authorize',    R, _, _, _), // Whether the caller may do this.
  row('invite',       R, _, _, _), // `100 Continue`, now that the body is wanted.
  row('validate',     R, _, _, _), // Parameters and body against the contract; makes what goes to the service.
  row('call',         R, _, _, _), // Sends it, with the gateway's credential.
  row('shape',        R, _, _, _), // What this client may see of the answer.
  row('answer',       R, _, _, _), // Status, allowed header fields, body.
] as const

export type StepName = (typeof table)[number]['step']

/** What each row runs. */
export type Steps = Readonly<Record<StepName, Step>>

export interface Row<Name extends string> {
  readonly step: Name
  readonly ways: ReadonlySet<Way>
}

function row<Name extends string>(step: Name, ...columns: Columns): Row<Name> {
  return { step, ways: new Set(columns.filter((way) => way !== null)) }
}

/** The steps of one way, in order. */
export function column(way: Way, steps: Steps): readonly Step[] {
  return table.filter(({ ways }) => ways.has(way)).map(({ step }) => steps[step])
}

/**
 * How many rows from the top are the same for all ways but `upgrade`, which the server tells apart: these run before the way is
 * chosen. `admit` is one of them, since it reads the path.
 */
export const commonRows = table.findIndex(({ ways }) => !(ways.has(R) && ways.has(P) && ways.has(O)))
