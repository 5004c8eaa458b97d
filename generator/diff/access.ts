import type { Grant } from '../../templates/runtime/vocabulary.ts'
import type { AccessRow, UnshapedPart } from '../plan/types.ts'
import { isObject } from '../support/index.ts'
import { authorityChange } from './authority.ts'
import { canonical, parsedObject } from './document.ts'

/** A route that requires less than before, and descriptions of what is no longer required. */
export interface Widening {
  readonly method: string
  readonly path: string
  readonly what: readonly string[]
}

/** A route that refuses or drops what it took before. */
export type Narrowing = Widening

/** How the access table of one client changed. Lists are in the order of the tables. */
export interface AccessChanges {
  readonly added: readonly AccessRow[]
  readonly removed: readonly AccessRow[]
  readonly changed: readonly AccessRow[]
  /** Routes of which nothing changed but whether answers that do not fit, and pass, are reported: `answers` is `off` or `report`. */
  readonly reported: readonly AccessRow[]
  readonly widened: readonly Widening[]
  readonly narrowed: readonly Narrowing[]
}

/** Compares two access tables. Routes are the same if method and path are, whatever the names of path parameters. */
export function diffAccess(before: readonly AccessRow[], after: readonly AccessRow[]): AccessChanges {
  const old = new Map(before.map((row) => [keyOf(row), row]))
  const now = new Set(after.map(keyOf))
  const pairs = after.flatMap((row) => {
    const earlier = old.get(keyOf(row))
    return earlier === undefined ? [] : [{ earlier: completed(earlier, row), row }]
  })
  const different = pairs
    .filter(({ earlier, row }) => canonical(earlier) !== canonical(row))
    .map(({ earlier, row }) => ({ row, isOnlyReport: isOnlyReport(earlier, row) }))
  return {
    added: after.filter((row) => !old.has(keyOf(row))),
    removed: before.filter((row) => !now.has(keyOf(row))),
    changed: different.filter(({ isOnlyReport }) => !isOnlyReport).map(({ row }) => row),
    reported: different.filter(({ isOnlyReport }) => isOnlyReport).map(({ row }) => row),
    widened: pairs
      .map(({ earlier, row }) => ({ method: row.method, path: row.path, what: widenings(earlier, row) }))
      .filter(({ what }) => what.length > 0),
    narrowed: pairs
      .map(({ earlier, row }) => ({ method: row.method, path: row.path, what: narrowings(earlier, row) }))
      .filter(({ what }) => what.length > 0),
  }
}

/**
 * A row of a gateway from before `undeclaredBody` existed, when undeclared members passed; or from before the treatment of answers and
 * the parts that pass unshaped were listed.
 */
function completed(earlier: Partial<AccessRow> & AccessRow, row: AccessRow): AccessRow {
  const { undeclaredBody, freeBody, answers, sends, unshaped } = row
  const before = undeclaredBody === null ? null : 'pass'
  return {
    ...earlier,
    ...(Object.hasOwn(earlier, 'undeclaredBody') ? {} : { undeclaredBody: before, freeBody }),
    ...(saysTreatment(earlier) ? {} : { answers }),
    ...(isList(earlier.sends, isText) ? {} : { sends }),
    ...(isList(earlier.unshaped, isObject) ? {} : { unshaped }),
  }
}

/** Whether a row, which may be of an earlier version, says how answers are treated. */
export function saysTreatment(row: Partial<AccessRow>): boolean {
  return isObject(row.answers)
}

function isOnlyReport(earlier: AccessRow, row: AccessRow): boolean {
  const { check } = row.answers
  const same = { ...earlier, answers: { ...earlier.answers, check } }
  return check !== 'enforce' && earlier.answers.check !== 'enforce' && canonical(same) === canonical(row)
}

const strictness = { pass: 0, drop: 1, refuse: 2 } as const
const treated = { pass: 'passed on', drop: 'dropped', refuse: 'refused' } as const

function narrowings(before: AccessRow, after: AccessRow): string[] {
  const { undeclaredBody: old } = before
  const { undeclaredBody: now } = after
  const isStricter = old !== null && now !== null && strictness[now] > strictness[old]
  return [
    ...(isStricter ? [`undeclared members of bodies are ${treated[now]} now`] : []),
    ...treatmentChanges(after.answers, before.answers).map(({ back }) => back),
    ...missing(before.redirectHosts ?? [], after.redirectHosts ?? []).map(
      (host) => `may no longer redirect to ${host}`,
    ),
  ]
}

/** What passes of answers that did not pass before, and the words for the opposite change. */
function treatmentChanges(
  before: AccessRow['answers'],
  after: AccessRow['answers'],
): readonly { readonly now: string; readonly back: string }[] {
  const isEnforced = ({ check }: AccessRow['answers']): boolean => check === 'enforce'
  return [
    ...(isEnforced(before) && !isEnforced(after)
      ? [
          {
            now: `answers that do not fit their schema are passed on now (answers: ${after.check})`,
            back: 'answers that do not fit their schema are refused now (answers: enforce)',
          },
        ]
      : []),
    ...(before.undeclared === 'drop' && after.undeclared === 'pass'
      ? [
          {
            now: 'undeclared members of answers are passed on now (undeclared: pass)',
            back: 'undeclared members of answers are dropped now (undeclared: drop)',
          },
        ]
      : []),
    ...(before.unauthorized !== 'pass' && after.unauthorized === 'pass'
      ? [
          {
            now: 'a 401 of the service is passed on now (unauthorized: pass)',
            back: 'a 401 of the service is no longer passed on (unauthorized)',
          },
        ]
      : []),
  ]
}

/** The rows of the text of an `access.json`, or `null` if it is not valid. */
export function accessRows(text: string): AccessRow[] | null {
  const rows = parsedObject(text)?.['routes']
  return isList(rows, isRow) ? rows : null
}

/** The name of the manifest in the text of an `access.json`, or `null` if it is not valid. */
export function gatewayIn(text: string): string | null {
  const name = parsedObject(text)?.['gateway']
  return typeof name === 'string' ? name : null
}

function keyOf({ method, path }: AccessRow): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`
}

/** What was required of a caller, or could not be chosen by it, and now is not required or can be. */
function widenings(before: AccessRow, after: AccessRow): string[] {
  if (before.rule.kind === 'public') return unbound(before, after)
  if (after.rule.kind === 'public') return ['now public', ...unbound(before, after)]
  const { rule: asked } = before
  const { rule: asks } = after
  const loosened = asks.anyOf.filter((grant) => !asked.anyOf.some((old) => covers(grant, old)))
  return [
    ...loosened.map((grant) => lost(asked.anyOf, grant)),
    ...changesOf(asked.own, asks.own, ({ parameter }) => parameter).map(({ from: { parameter }, to }) =>
      to === null
        ? `${parameter} is no longer checked for ownership`
        : `the claim that ${parameter} must match changed to ${to.claim.join('.')}`,
    ),
    ...changesOf(asked.when, asks.when, () => '').map(({ to }) =>
      to === null ? 'a condition of `when` was removed' : `a condition of \`when\` changed to: ${after.who}`,
    ),
    ...missing(after.authenticators, before.authenticators).map((name) => `callers of ${name} may call it now`),
    ...unbound(before, after),
  ]
}

function unbound(before: AccessRow, after: AccessRow): string[] {
  const { undeclaredBody: now } = after
  const opened = before.undeclaredBody !== 'pass' && now === 'pass'
  return [
    ...changesOf(before.binds, after.binds, ({ input }) => input).map(({ from: { input }, to }) =>
      to === null
        ? `${input} is no longer bound to the caller`
        : `the claim that ${input} is bound to changed to ${to.claim}`,
    ),
    ...missing(after.encodedSlash ?? [], before.encodedSlash ?? []).map((name) => `${name} may contain a slash now`),
    ...missing(after.redirectHosts ?? [], before.redirectHosts ?? []).map((host) => `may redirect to ${host} now`),
    ...missing(after.unshaped.map(partOf), before.unshaped.map(partOf)).map(
      ({ at, passes }) => `${at} of its answers passes ${passes} now`,
    ),
    ...(opened ? ['undeclared members of bodies are passed on now'] : []),
    ...(after.freeBody && !before.freeBody ? ['bodies may have members of any name now'] : []),
    ...treatmentChanges(before.answers, after.answers).map(({ now }) => now),
    ...authorityChange(before.sends, after.sends),
  ]
}

/** Items that are there no more, each with the new item that has its key, or with `null`. */
function changesOf<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly { readonly from: T; readonly to: T | null }[] {
  const fresh = missing(after, before)
  return missing(before, after).map((from) => {
    const at = fresh.findIndex((item) => keyOf(item) === keyOf(from))
    const [to = null] = at === -1 ? [] : fresh.splice(at, 1)
    return { from, to }
  })
}

function partOf({ at, passes }: UnshapedPart): Pick<UnshapedPart, 'at' | 'passes'> {
  return { at, passes }
}

/** Whether a caller that satisfies `grant` also satisfies `old`. */
function covers(grant: Grant, old: Grant): boolean {
  return missing(old.scopes, grant.scopes).length === 0 && missing(old.roles, grant.roles).length === 0
}

/** What `grant` lacks, compared with the most similar alternative. */
function lost(asked: readonly Grant[], grant: Grant): string {
  const candidates = asked.map((old) => [
    ...missing(old.scopes, grant.scopes).map((scope) => `scope ${scope}`),
    ...missing(old.roles, grant.roles).map((role) => `role ${role}`),
  ])
  const nearest = candidates.reduce((best, next) => (next.length < best.length ? next : best))
  return `${nearest.join(' and ')} no longer required`
}

function missing<T>(from: readonly T[], among: readonly T[]): T[] {
  const there = new Set(among.map(canonical))
  return from.filter((item) => !there.has(canonical(item)))
}

/** Checks the members that the comparison uses. */
function isRow(value: unknown): value is AccessRow {
  if (!isObject(value) || !isObject(value['rule'])) return false
  const { method, path, rule, authenticators, binds } = value
  const { kind } = rule
  if (typeof method !== 'string' || typeof path !== 'string' || !Array.isArray(authenticators)) return false
  if (!isList(binds, isObject)) return false
  if (kind === 'public') return true
  return (
    kind === 'principal' &&
    isList(rule['anyOf'], isGrant) &&
    isList(rule['own'], isObject) &&
    isList(rule['when'], isObject)
  )
}

function isGrant(value: unknown): value is Grant {
  return isObject(value) && Array.isArray(value['scopes']) && Array.isArray(value['roles'])
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem)
}
