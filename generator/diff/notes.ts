import type { AccessRow } from '../plan/types.ts'
import { type ClientChanges, tables } from './changes.ts'
import type { Change, RouteChange, RouteName } from './contract.ts'

/** One change of a gateway, for people. */
export interface Note {
  readonly kind:
    | 'widened'
    | 'breaking'
    | 'new, public'
    | 'new'
    | 'gone'
    | 'changed'
    | 'authentication'
    | 'unknown'
    | 'settings'
    | 'runtime'
  /** `widening`: more callers, or more data for them. `contract`: callers may have to change. */
  readonly effect: 'widening' | 'contract' | 'other'
  /** A route, a part of the manifest, or a file. */
  readonly subject: string
  readonly what: string
}

/** Every change of one client, widenings first. */
export function notesOf(changes: ClientChanges): readonly Note[] {
  const { access, contract, trust, unexplained } = changes
  const opened = newPublic(changes)
  const closed = access.added.filter(({ rule }) => rule.kind !== 'public')
  const trusted = (wanted: string): NonNullable<typeof trust> => (trust ?? []).filter(({ how }) => how === wanted)
  return [
    // What is not known may be wider.
    ...(contract === null ? [unknown(tables.contract, 'what answers could have before')] : []),
    ...(trust === null ? [unknown(tables.access, 'whom the gateway believed before')] : []),
    ...access.widened.map((route) => note('widened', 'widening', nameOf(route), route.what.join('; '))),
    ...(contract?.opened ?? []).map((route) => note('widened', 'widening', nameOf(route), openedText(route.what))),
    ...trusted('wider').map(({ where, what }) => note('widened', 'widening', where, what)),
    ...opened.map(({ because, ...route }) => note('new, public', 'widening', nameOf(route), because)),
    ...closed.map((row) => note('new', 'widening', nameOf(row), row.who)),
    ...access.narrowed.map((route) => note('breaking', 'contract', nameOf(route), route.what.join('; '))),
    ...trusted('narrower').map(({ where, what }) => note('breaking', 'contract', where, what)),
    ...access.removed.map((row) => note('gone', 'contract', nameOf(row), ruleOf(row))),
    ...changedNotes(changes),
    ...(contract?.schemes ?? []).map(({ what, how }) => note('authentication', 'contract', what, how)),
    ...trusted('other').map(({ where, what }) => note('changed', 'other', where, what)),
    ...access.reported.map((row) => note('settings', 'other', nameOf(row), reportText(row))),
    ...unexplainedNotes(unexplained),
  ]
}

function unknown(file: string, what: string): Note {
  return note('unknown', 'widening', file, `the earlier file does not say ${what}: this cannot be compared`)
}

/** The notes of a gateway that did not exist: each of its routes. */
export function notesOfNew(rows: readonly AccessRow[]): readonly Note[] {
  return rows.map((row) =>
    row.rule.kind === 'public'
      ? note('new, public', 'widening', nameOf(row), row.rule.because)
      : note('new', 'widening', nameOf(row), row.who),
  )
}

/** The notes of a gateway that is removed: each of its routes. */
export function notesOfGone(rows: readonly AccessRow[]): readonly Note[] {
  return rows.map((row) => note('gone', 'contract', nameOf(row), ruleOf(row)))
}

/** New routes that are public, whether an entry of `expose` names the operation or a selector includes it. */
export function newPublic({ access }: ClientChanges): readonly (RouteName & { readonly because: string })[] {
  return access.added.flatMap(({ method, path, rule }) =>
    rule.kind === 'public' ? [{ method, path, because: rule.because }] : [],
  )
}

/** Routes that changed in the access table or in the contract. */
export function changedRoutes({ access, contract }: ClientChanges): readonly string[] {
  return [...new Set([...access.changed, ...(contract?.changed ?? [])].map(nameOf))]
}

export function nameOf({ method, path }: RouteName): string {
  return `${method} ${path}`
}

function note(kind: Note['kind'], effect: Note['effect'], subject: string, what: string): Note {
  return { kind, effect, subject, what }
}

function ruleOf({ rule, who }: AccessRow): string {
  return rule.kind === 'public' ? 'public' : who
}

function reportText({ answers: { check } }: AccessRow): string {
  return `answers that do not fit their schema are ${check === 'off' ? 'no longer reported' : 'reported'} now (answers: ${check})`
}

function changedNotes(changes: ClientChanges): readonly Note[] {
  const { access, contract } = changes
  const of = new Map((contract?.changed ?? []).map((route) => [nameOf(route), route]))
  const listed = new Set([...access.widened, ...access.narrowed].map(nameOf))
  return changedRoutes(changes).flatMap((name) => {
    const route = of.get(name)
    if (route !== undefined) return [note('changed', 'contract', name, partsText(route))]
    return listed.has(name) ? [] : [note('changed', 'contract', name, 'access, see ACCESS.md')]
  })
}

/** The most members that are named; further ones are counted. */
const mostMembers = 5

function openedText(what: readonly string[]): string {
  const rest = what.length - mostMembers
  const more = rest > 0 ? ` and ${rest} more` : ''
  return `answers have ${what.slice(0, mostMembers).join(', ')}${more} now`
}

function unexplainedNotes(paths: readonly string[]): readonly Note[] {
  const runtime = paths.filter((path) => path.startsWith('src/runtime/'))
  const others = paths.filter((path) => !path.startsWith('src/runtime/'))
  return [
    ...others.map((path) => note('settings', 'other', path, 'has other settings now')),
    ...(runtime.length === 0
      ? []
      : [
          note(
            'runtime',
            'other',
            'src/runtime',
            runtime.length === 1 ? '1 file differs' : `${runtime.length} files differ`,
          ),
        ]),
  ]
}

/** `inputs: query page new; answers: 200 changed, 404 gone` */
function partsText({ inputs, answers }: RouteChange): string {
  const text = (name: string, changes: readonly Change[]): readonly string[] =>
    changes.length === 0 ? [] : [`${name}: ${changes.map(({ what, how }) => `${what} ${how}`).join(', ')}`]
  return [...text('inputs', inputs), ...text('answers', answers)].join('; ')
}
