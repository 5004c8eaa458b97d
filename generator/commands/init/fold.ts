import { isDeepStrictEqual } from 'node:util'
import type { OperationModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import type { ClientDraft, EntryDraft, ServiceDraft } from './draft.ts'

/** An entry of `expose` as written. */
export interface WrittenEntry {
  readonly selector: string
  readonly options: JsonObject
  readonly decisions: readonly string[]
}

/**
 * The entries of one service. For an external client each operation is named, because nothing may be exposed
 * implicitly. For an internal client selectors are used where possible. Options that all operations share are at the
 * selector, others at the operations.
 */
export function foldEntries(service: ServiceDraft, client: ClientDraft): readonly WrittenEntry[] {
  const entries = client.entries.filter(({ operation }) => operation.service === service.id)
  if (client.external || entries.length === 0) return entries.map(byName)
  const others = client.leftOut.filter(({ operation }) => operation.service === service.id)
  const unmeant = [...others.map(({ operation }) => operation), ...service.elsewhere]
  if (unmeant.length === 0) return under(`${service.id}.*`, entries, true)

  const folded: WrittenEntry[] = []
  let rest = entries
  for (const tag of tagsServedWhole(entries, unmeant)) {
    const members = rest.filter(({ operation }) => operation.tags.includes(tag))
    // An operation with two tags must not be covered by two selectors, whose options could differ.
    const whole = members.length === entries.filter(({ operation }) => operation.tags.includes(tag)).length
    if (members.length < 2 || !whole) continue
    folded.push(...under(`${service.id}#${tag}`, members, false))
    rest = rest.filter((entry) => !members.includes(entry))
  }
  return [...folded, ...rest.map(byName)]
}

/** Tags that select only these operations. */
function tagsServedWhole(entries: readonly EntryDraft[], unmeant: readonly OperationModel[]): readonly string[] {
  const broken = new Set(unmeant.flatMap((operation) => operation.tags))
  const tags = new Set(entries.flatMap(({ operation }) => operation.tags))
  return [...tags].filter((tag) => !broken.has(tag) && /^\S(?:.*\S)?$/.test(tag))
}

/** `whole`: the selector is that of the whole service. */
function under(selector: string, entries: readonly EntryDraft[], whole: boolean): readonly WrittenEntry[] {
  const [first] = entries
  if (first === undefined) return []
  // Operations that ask for no credential have none here. That of the whole service is not sent to them.
  const deciding = (name: string): readonly EntryDraft[] =>
    whole && name === 'credential' ? entries.filter(({ options }) => Object.hasOwn(options, name)) : entries
  const isCommon = ([name, value]: readonly [string, JsonValue]): boolean =>
    name !== 'path' && deciding(name).every(({ options }) => isDeepStrictEqual(options[name], value))
  const all: JsonObject = Object.assign({}, ...entries.map(({ options }) => options))
  const common = Object.fromEntries(Object.entries(all).filter(isCommon))
  const different = entries.flatMap((entry) => {
    const options = Object.fromEntries(Object.entries(entry.options).filter(([name]) => !Object.hasOwn(common, name)))
    return Object.keys(options).length === 0 ? [] : [written(entry.selector, options, entry)]
  })
  return [written(selector, common, first), ...different]
}

/** The entry of one operation. */
export function byName(entry: EntryDraft): WrittenEntry {
  return written(entry.selector, entry.options, entry)
}

/** With the questions about these options. */
function written(selector: string, options: JsonObject, { decisions }: EntryDraft): WrittenEntry {
  const open = Object.entries(decisions).filter(([option]) => Object.hasOwn(options, option))
  return { selector, options, decisions: open.map(([, question]) => question) }
}
