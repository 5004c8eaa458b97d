import type { HeadLimits, RequestPolicy } from '../../../templates/runtime/vocabulary.ts'
import type { ClientManifest, OperationModel, ParameterModel } from '../../model/types.ts'
import { type Resolved, resolve } from '../../settings/index.ts'
import { encodedLength } from './extents.ts'
import { type Assumptions, createLengths } from './lengths.ts'
import type { PathDraft } from './routes/path.ts'
import type { ServiceSource } from './source.ts'

/** The parts of a route that decide how long its requests may be. */
interface MeasuredRoute {
  readonly operation: OperationModel
  readonly request: RequestPolicy
  readonly path: PathDraft
  readonly source: ServiceSource
}

/** A limit whose ceiling is reported where it is too low. A path counts in its target, and cookies in the fields. */
export type Reported = Exclude<keyof HeadLimits, 'path' | 'cookie'>

/** Requests that the contract allows for sure, and that are longer than a ceiling. */
interface Excess<R> {
  readonly limit: Reported
  readonly ceiling: Resolved<number>
  /** The route that needs most, and how many others need more than the ceiling. */
  readonly route: R
  readonly needs: number
  readonly others: number
}

/** The limits of the head of requests, and what of the contract is above them. */
export interface HeadDraft<R> {
  readonly limits: HeadLimits
  readonly excesses: readonly Excess<R>[]
}

/** Limits that hold whatever the contract says: 8,000 bytes of target (RFC 9110 section 4.1). */
const floors: HeadLimits = { target: 8_000, path: 8_000, queryPairs: 100, fields: 16_384, cookie: 8_192 }

/**
 * What no operation declares: pairs, which are dropped, and bytes of fields and cookies that browsers, proxies and authentication add.
 */
const undeclared: HeadLimits = { target: 0, path: 0, queryPairs: 20, fields: 12_288, cookie: 4_096 }

/** What the contract allows for sure. */
const certainly: Assumptions = { inUrl: 'plain', value: 0, item: 0, member: 1, items: 0, pairs: 0 }
/** What it allows if values without a limit have a usual length, and all characters of URLs are escaped. */
const likely: Assumptions = { inUrl: 'encoded', value: 100, item: 40, member: 100, items: 20, pairs: Infinity }

/**
 * The limits of a client: for each the most that a route needs, at least the floor, at most the ceiling. A list without `maxItems` may
 * have as many pairs as the ceiling allows.
 */
export function headOf<R extends MeasuredRoute>(routes: readonly R[], client: ClientManifest): HeadDraft<R> {
  const { maxTarget, maxQueryPairs, maxHeaders } = resolve('client', { client: client.settings })
  const base = client.stripBasePath ? (client.basePath?.length ?? 0) : 0
  const needs = routes.map((route) => needOf(route, base, likely))
  const limitOf = (limit: keyof HeadLimits, { value }: Resolved<number>): number =>
    Math.min(value, Math.max(floors[limit], ...needs.map((need) => need[limit] + undeclared[limit])))

  const certain = routes.map((route) => ({ route, need: needOf(route, base, certainly) }))
  const excessOf = (limit: Reported, ceiling: Resolved<number>): readonly Excess<R>[] => {
    const above = certain.filter(({ need }) => need[limit] > ceiling.value)
    const [first, ...others] = above.sort((a, b) => b.need[limit] - a.need[limit])
    if (first === undefined) return []
    return [{ limit, ceiling, route: first.route, needs: first.need[limit], others: others.length }]
  }
  return {
    limits: {
      target: limitOf('target', maxTarget),
      path: limitOf('path', maxTarget),
      queryPairs: limitOf('queryPairs', maxQueryPairs),
      fields: limitOf('fields', maxHeaders),
      cookie: limitOf('cookie', maxHeaders),
    },
    excesses: [
      ...excessOf('target', maxTarget),
      ...excessOf('queryPairs', maxQueryPairs),
      ...excessOf('fields', maxHeaders),
    ],
  }
}

/** What the parameters of a route take of each limit. `base`: bytes of the path before that of the route. */
function needOf({ operation, request, path, source }: MeasuredRoute, base: number, assumed: Assumptions): HeadLimits {
  const lengths = createLengths(source.model.document, assumed)
  const admitted = (place: ParameterModel['in']): readonly ParameterModel[] =>
    operation.parameters.filter((one) => one.in === place && request[place].includes(one.name))
  const literals = encodedLength(path.text.replace(/\{[^{}]*\}/g, '').replaceAll('/', '')) + path.segments.length
  const inPath = base + literals + sumOf(admitted('path').map(lengths.pathValue))
  const query = admitted('query').map(lengths.query)
  const cookie = sumOf(admitted('cookie').map(lengths.field))
  return {
    target: inPath + sumOf(query.map(({ bytes }) => bytes)),
    path: inPath,
    queryPairs: sumOf(query.map(({ pairs }) => pairs)),
    fields: sumOf(admitted('header').map(lengths.field)) + cookie,
    cookie,
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0)
}
