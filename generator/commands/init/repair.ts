import { type Code, type Diagnostic, isObject, type Origin, pointerSegments } from '../../support/index.ts'
import { identifier } from '../identifiers.ts'
import type { ClientDraft, Draft, EntryDraft, LeftOut } from './draft.ts'

/** Errors that another path resolves: a reserved path, and a conflict of two routes. */
const reservedPath: Code = 'GW3112'
const routeConflict: Code = 'GW3113'
/** A part of an answer that the document does not describe. */
const openAnswer: Code = 'GW3340'

/**
 * Changes the draft where the plan found errors: conflicting routes get different paths, and operations with other
 * errors are left out with the reason. Errors that do not belong to an entry are skipped. `null`: none belongs to one.
 *
 * @param file the manifest's name in origins
 */
export function repair(draft: Draft, errors: readonly Diagnostic[], file: string): Draft | null {
  const changes = new Map<EntryDraft, EntryDraft | LeftOut>()
  for (const error of errors) {
    const places = [error.origin, ...error.related.map(({ origin }) => origin)]
    const entries = places.flatMap((origin) => (origin === null ? [] : (entryAt(draft, origin, file) ?? [])))
    const [entry, rival] = entries
    if (entry === undefined) continue
    const mayMove = !('path' in entry.options)
    if (mayMove && error.code === routeConflict && rival !== undefined) separate(rival, entry, changes)
    else if (mayMove && error.code === reservedPath) {
      change(entry, changes, moved(entry, inFront(entry), 'the paths are reserved for endpoints of the gateway'))
    } else if (!openError(entry, error, changes)) change(entry, changes, leftOut(entry, error))
  }
  if (changes.size === 0) return null
  return { ...draft, clients: draft.clients.map((client) => changed(client, changes)) }
}

/**
 * If two services have the same path, both get another one, so that neither looks like the owner. Within one service
 * only one route gets another path: the one whose operation is a `#variant`, else the second.
 */
function separate(first: EntryDraft, second: EntryDraft, changes: Map<EntryDraft, EntryDraft | LeftOut>): void {
  if (first.operation.service === second.operation.service) {
    const goes = isVariant(first) && !isVariant(second) && !('path' in first.options) ? first : second
    change(goes, changes, moved(goes, behind(goes), 'another operation of the service has the same path'))
    return
  }
  if (!('path' in first.options)) change(first, changes, moved(first, inFront(first), sameAs(second)))
  change(second, changes, moved(second, inFront(second), sameAs(first)))
}

function sameAs({ operation }: EntryDraft): string {
  return `${operation.service} has operations with the same paths`
}

/** The first change to an entry in a round is kept. The next round handles the remaining errors. */
function change(entry: EntryDraft, changes: Map<EntryDraft, EntryDraft | LeftOut>, made: EntryDraft | LeftOut): void {
  if (!changes.has(entry)) changes.set(entry, made)
}

/**
 * Writes `open` for errors of a service whose parts are not described: they mostly repeat the request, and without it no operation of a
 * document that has one such error everywhere could be exposed. Answers that succeed are data: their operations are left out.
 */
function openError(
  entry: EntryDraft,
  { code, answer }: Diagnostic,
  changes: Map<EntryDraft, EntryDraft | LeftOut>,
): boolean {
  const [status = ''] = pointerSegments(answer ?? '')
  const now = changes.get(entry) ?? entry
  if (code !== openAnswer || !(status.startsWith('4') || status === 'default') || !('selector' in now)) return false
  const succeeds = entry.operation.responses.some((one) => one.status.startsWith('2'))
  if (status === 'default' && !succeeds) return false
  const open = isObject(now.options['open']) ? now.options['open'] : {}
  changes.set(entry, {
    ...now,
    options: { ...now.options, open: { ...open, [`/${status}`]: 'Errors say what was wrong with the request' } },
    decisions: { ...now.decisions, open: 'whether clients may see everything in these errors' },
  })
  return true
}

function isVariant({ operation }: EntryDraft): boolean {
  return operation.path.variant !== null
}

/** `/carts/{id}` of the service cart as `/cart/carts/{id}`. */
function inFront({ operation }: EntryDraft): string {
  return `/${operation.service}${pathOf(operation)}`
}

/** `/files/{id}` of the operation addComment as `/files/{id}/add-comment`. */
function behind({ operation }: EntryDraft): string {
  const { variant } = operation.path
  const name = identifier(variant ?? operation.operationId ?? operation.reference, 'other')
  return `${pathOf(operation).replace(/\/$/, '')}/${name}`
}

function pathOf({ path }: EntryDraft['operation']): string {
  const segments = path.segments.map((pieces) =>
    pieces.map((piece) => (piece.kind === 'literal' ? piece.text : `{${piece.name}}`)).join(''),
  )
  return `/${segments.join('/')}`
}

function moved(entry: EntryDraft, path: string, why: string): EntryDraft {
  return { ...entry, options: { path, ...entry.options }, decisions: { path: why, ...entry.decisions } }
}

function leftOut({ operation, selector }: EntryDraft, { code, message }: Diagnostic): LeftOut {
  return { operation, code, reason: reasonOf(message, selector, operation) }
}

/** A message without the names of its operation, so that operations with the same fault are one group. */
export function reasonOf(message: string, selector: string, { reference }: EntryDraft['operation']): string {
  const text = [`'${selector}'`, selector, reference].reduce(
    (all, name) => all.replaceAll(name, 'the operation'),
    message,
  )
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function changed(client: ClientDraft, changes: ReadonlyMap<EntryDraft, EntryDraft | LeftOut>): ClientDraft {
  const now = client.entries.map((entry) => changes.get(entry) ?? entry)
  return {
    ...client,
    entries: now.filter((one) => 'selector' in one),
    leftOut: [...client.leftOut, ...now.filter((one) => 'reason' in one)],
  }
}

/** The entry at a place of the manifest: `/clients/<client>/expose/<selector>/...`. */
function entryAt(draft: Draft, origin: Origin, file: string): EntryDraft | null {
  const [clients, id, expose, selector] = pointerSegments(origin.pointer)
  if (origin.file !== file || clients !== 'clients' || expose !== 'expose') return null
  return draft.clients.find((client) => client.id === id)?.entries.find((entry) => entry.selector === selector) ?? null
}
