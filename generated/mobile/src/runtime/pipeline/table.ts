import type { Step } from '../exchange/exchange.ts'

/**
 * The way of a request through the pipeline:
 * - `request`: to a route; also every request that is none of the others.
 * - `upgrade`: for another protocol on its connection; also CONNECT.
 * - `preflight`: a browser's CORS preflight.
 * - `own`: to one of the gateway's own endpoints, such as a probe.
 */
export type Way = 'request' | 'upgrade' | 'preflight' | 'own'

const R = 'request'
const U = 'upgrade'
const P = 'preflight'
const O = 'own'
const _ = null

type Columns = readonly [typeof R | null, typeof U | null, typeof P | null, typeof O | null]

/**
 * The steps from top to bottom, and the ways that run each. A step passes an exchange on, ends it with a problem, or answers it.
 * Security depends on the order: before the access decision no body is read and nothing is sent to a service.
 */
// biome-ignore format: a column for each way
export const table = [
  row('identify',     R, U, P, O), // Sets the client's address and the request id, which every refusal contains.
  row('admit',        R, U, P, O), // Refuses ambiguous framing, header fields and request targets.
  row('own',          _, _, _, O), // Answers probes and serves keys, for any host.
  row('host',         R, U, P, _), // Refuses requests for other hosts.
  row('upgrade',      _, U, _, _), // Refuses the upgrade.
  row('preflight',    _, _, P, _), // Answers the preflight; before authentication, since browsers send no credential with it.
  row('match',        R, _, _, _), // Finds the route. Answers OPTIONS.
  row('authenticate', R, _, _, _), // Authenticates the caller. An invalid credential ends the request, on public routes too.
  row('authorize',    R, _, _, _), // Decides whether the caller may use the route.
  row('reserve',      R, _, _, _), // Refuses a body if its caller has too many unfinished ones.
  row('invite',       R, _, _, _), // Sends `100 Continue`.
  row('validate',     R, _, _, _), // Checks parameters and body against the contract; builds the request to the service.
  row('call',         R, _, _, _), // Adds credentials and sends the request.
  row('shape',        R, _, _, _), // Reduces the answer to what the client may see.
  row('answer',       R, _, _, _), // Writes status, allowed header fields and body.
] as const

export type StepName = (typeof table)[number]['step']

/** The step of each row. */
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
 * Number of rows at the top that all ways except `upgrade` share: they run before the way is chosen. `admit` is one of them, since
 * it sets the path. The server separates upgrades.
 */
export const commonRows = table.findIndex(({ ways }) => !(ways.has(R) && ways.has(P) && ways.has(O)))
