import { type Code, code, count, joined, markdown, prose } from '../../code/index.ts'
import type { AccessRow, ClientPlan } from '../../plan/types.ts'

export type AccessView = {
  readonly title: Code
  readonly routes: Code
  readonly open: Code
  readonly weaker: Code
  readonly unchecked: Code
  readonly unshaped: Code
  readonly rows: readonly AccessRowView[]
  readonly public: readonly { readonly route: Code; readonly because: Code }[]
  readonly overrides: readonly {
    readonly route: Code
    readonly who: Code
    readonly weakerThan: Code
    readonly because: Code
  }[]
  readonly notChecked: readonly { readonly route: Code; readonly parameters: Code }[]
  readonly notShaped: readonly { readonly route: Code }[]
  readonly skipped: readonly { readonly reference: Code; readonly reason: Code; readonly code: Code }[]
}

type AccessRowView = {
  readonly route: Code
  readonly isPublic: boolean
  readonly who: Code
  readonly isWeaker: boolean
  readonly unchecked: Code | null
  readonly authenticators: Code | null
  readonly decidedBy: Code
  readonly sends: Code | null
  readonly reaches: Code
}

export function accessView(plan: ClientPlan): AccessView {
  const rows = plan.access
  const open = rows.flatMap((row) => (row.rule.kind === 'public' ? [{ row, because: row.rule.because }] : []))
  const overrides = rows.flatMap((row) => (row.override === null ? [] : [{ row, override: row.override }]))
  const notChecked = rows.filter((row) => row.unchecked.length > 0)
  const notShaped = rows.filter((row) => row.unshaped)
  return {
    title: markdown(`${plan.gateway}: ${plan.title}`),
    routes: count(rows.length, 'route', 'routes'),
    open: count(open.length, 'is public', 'are public'),
    weaker: count(overrides.length, 'is weaker than its spec', 'are weaker than their spec'),
    unchecked: count(notChecked.length, 'leaves an id to the service', 'leave an id to the service'),
    unshaped: count(notShaped.length, 'passes answers unshaped', 'pass answers unshaped'),
    rows: rows.map(rowView),
    public: open.map(({ row, because }) => ({ route: routeCode(row), because: prose(because) })),
    overrides: overrides.map(({ row, override }) => ({
      route: routeCode(row),
      who: prose(row.who),
      weakerThan: prose(override.weakerThan),
      because: prose(override.because),
    })),
    notChecked: notChecked.map((row) => ({ route: routeCode(row), parameters: names(row.unchecked) })),
    notShaped: notShaped.map((row) => ({ route: routeCode(row) })),
    skipped: plan.skipped.map((skipped) => ({
      reference: code(skipped.reference),
      reason: prose(skipped.reason),
      code: code(skipped.code),
    })),
  }
}

function rowView(row: AccessRow): AccessRowView {
  return {
    route: routeCode(row),
    isPublic: row.rule.kind === 'public',
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
