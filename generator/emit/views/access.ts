import { isSignInOptional } from '../../../templates/runtime/words/optionalSignIn.ts'
import { type Code, code, count, joined, markdown, prose } from '../../code/index.ts'
import type { AccessRow, ClientPlan } from '../../plan/types.ts'
import { type TrustRowView, trustRows } from './trust.ts'

export type AccessView = {
  readonly title: Code
  readonly routes: Code
  readonly open: Code
  readonly weaker: Code
  readonly unchecked: Code
  readonly unshaped: Code
  readonly openBodies: Code
  readonly rows: readonly AccessRowView[]
  readonly trust: readonly TrustRowView[]
  readonly public: readonly { readonly route: Code; readonly because: Code; readonly isOptional: boolean }[]
  readonly overrides: readonly {
    readonly route: Code
    readonly who: Code
    readonly weakerThan: Code
    readonly because: Code
  }[]
  readonly notChecked: readonly { readonly route: Code; readonly parameters: Code }[]
  readonly isReserving: boolean
  readonly reserving: readonly { readonly route: Code; readonly reserved: Code }[]
  readonly isSlashed: boolean
  readonly slashed: readonly { readonly route: Code; readonly parameters: Code }[]
  readonly isRedirecting: boolean
  readonly redirecting: readonly { readonly route: Code; readonly hosts: Code }[]
  readonly notShaped: readonly UnshapedView[]
  readonly bodies: readonly { readonly route: Code; readonly undeclared: boolean; readonly free: boolean }[]
  readonly skipped: readonly { readonly reference: Code; readonly reason: Code; readonly code: Code }[]
}

type AccessRowView = {
  readonly route: Code
  readonly isPublic: boolean
  /** Callers of the public route may authenticate. */
  readonly isOptional: boolean
  readonly who: Code
  readonly isWeaker: boolean
  readonly unchecked: Code | null
  readonly authenticators: Code | null
  readonly decidedBy: Code
  readonly sends: Code | null
  readonly reaches: Code
}

type UnshapedView = {
  readonly route: Code
  /** `null`: `passes` says how many further parts there are. */
  readonly at: Code | null
  readonly passes: Code
  readonly because: Code | null
}

/** The most parts of one route that are listed. `access.json` has all. */
const mostUnshaped = 50

export function accessView(plan: ClientPlan): AccessView {
  const rows = plan.access
  const open = rows.flatMap((row) => (row.rule.kind === 'public' ? [{ row, because: row.rule.because }] : []))
  const overrides = rows.flatMap((row) => (row.override === null ? [] : [{ row, override: row.override }]))
  const notChecked = rows.filter((row) => row.unchecked.length > 0)
  const notShaped = rows.filter((row) => row.unshaped.length > 0)
  const reserving = rows.flatMap((row) =>
    row.reserved === undefined ? [] : [{ route: routeCode(row), reserved: names(row.reserved) }],
  )
  const slashed = rows.flatMap((row) =>
    row.encodedSlash === undefined ? [] : [{ route: routeCode(row), parameters: names(row.encodedSlash) }],
  )
  const redirecting = rows.flatMap((row) =>
    row.redirectHosts === undefined ? [] : [{ route: routeCode(row), hosts: names(row.redirectHosts) }],
  )
  const bodies = rows.filter((row) => row.undeclaredBody === 'pass' || row.freeBody)
  return {
    title: markdown(`${plan.gateway}: ${plan.title}`),
    routes: count(rows.length, 'route', 'routes'),
    open: count(open.length, 'is public', 'are public'),
    weaker: count(overrides.length, 'is weaker than its spec', 'are weaker than their spec'),
    unchecked: count(notChecked.length, 'leaves an id to the service', 'leave an id to the service'),
    unshaped: count(notShaped.length, 'passes answers unshaped', 'pass answers unshaped'),
    openBodies: count(bodies.length, 'takes an open body', 'take open bodies'),
    rows: rows.map(rowView),
    trust: trustRows(plan.trust),
    public: open.map(({ row, because }) => ({
      route: routeCode(row),
      because: prose(because),
      isOptional: isSignInOptional(row.rule),
    })),
    overrides: overrides.map(({ row, override }) => ({
      route: routeCode(row),
      who: prose(row.who),
      weakerThan: prose(override.weakerThan),
      because: prose(override.because),
    })),
    notChecked: notChecked.map((row) => ({ route: routeCode(row), parameters: names(row.unchecked) })),
    isReserving: reserving.length > 0,
    reserving,
    isSlashed: slashed.length > 0,
    slashed,
    isRedirecting: redirecting.length > 0,
    redirecting,
    notShaped: notShaped.flatMap(unshapedViews),
    bodies: bodies.map((row) => ({
      route: routeCode(row),
      undeclared: row.undeclaredBody === 'pass',
      free: row.freeBody,
    })),
    skipped: plan.skipped.map((skipped) => ({
      reference: code(skipped.reference),
      reason: prose(skipped.reason),
      code: code(skipped.code),
    })),
  }
}

function unshapedViews(row: AccessRow): readonly UnshapedView[] {
  const route = routeCode(row)
  const shown = row.unshaped.slice(0, mostUnshaped).map(({ at, passes, because }) => ({
    route,
    at: code(at),
    passes: prose(passes),
    because: because === null ? null : prose(because),
  }))
  const left = row.unshaped.length - shown.length
  if (left === 0) return shown
  return [...shown, { route, at: null, passes: prose(`${left} more, in access.json`), because: null }]
}

function rowView(row: AccessRow): AccessRowView {
  return {
    route: routeCode(row),
    isPublic: row.rule.kind === 'public',
    isOptional: isSignInOptional(row.rule),
    who: prose(row.rule.kind === 'public' ? row.rule.because : row.who),
    isWeaker: row.override !== null,
    unchecked: row.unchecked.length === 0 ? null : names(row.unchecked),
    authenticators: row.authenticators.length === 0 ? null : names(row.authenticators),
    decidedBy: markdown(row.decidedBy),
    sends: row.sends.length === 0 ? null : prose(row.sends.join(', ')),
    reaches: names(row.reaches),
  }
}

/** `GET /orders/{orderId}` as a code span. */
export function routeCode(row: Pick<AccessRow, 'method' | 'path'>): Code {
  return code(`${row.method} ${row.path}`)
}

function names(list: readonly string[]): Code {
  return joined(list.map(code), ', ')
}
