import type { Origin } from '../support/index.ts'
import { readSetting, type ValueOf as ValueOfSetting, type WrittenOf } from './read.ts'
import type { Setting } from './row.ts'
import { table } from './table.ts'
import type { At } from './types.ts'
import type { Section } from './values.ts'

type Table = typeof table
export type Name = keyof Table
export type ValueOf<N extends Name> = ValueOfSetting<Table[N]>
/** Levels of the settings in the table. */
export type TableLevel = Table[Name]['levels'][number]
export type NamesAt<L extends TableLevel> = { [N in Name]: L extends Table[N]['levels'][number] ? N : never }[Name]
/** Settings that are not merged member by member if several selectors match an operation. */
export type WholeAt<L extends TableLevel> = {
  [N in NamesAt<L>]: Table[N]['byMember'] extends true ? never : N
}[NamesAt<L>]

/** The settings that one level sets. `null`: not set. */
export type Said<L extends TableLevel> = { readonly [N in NamesAt<L>]: At<WrittenOf<Table[N]>> | null }
export type SaidWhole<L extends TableLevel> = Pick<Said<L>, WholeAt<L>>

/** The effective value of a setting, and where it was written. */
export interface Resolved<T> {
  readonly value: T
  readonly from: Origin | 'default'
  /** The level that set it; `null`: none. */
  readonly level: TableLevel | null
}

/** The resolved settings of a level, without those that are merged member by member. */
export type ResolvedAt<L extends TableLevel> = { readonly [N in WholeAt<L>]: Resolved<ValueOf<N>> }

/** The input for resolving a level: its own settings, and those of the levels that it inherits from. */
interface Sources {
  readonly selector: {
    /** Of all selectors that match an operation, layered. */
    readonly selector: SaidWhole<'selector'>
    readonly client: SaidWhole<'client'>
    readonly service: SaidWhole<'service'>
  }
  readonly client: { readonly client: SaidWhole<'client'> }
  /** Without a client: the settings of a service for no client in particular. */
  readonly service: { readonly service: SaidWhole<'service'>; readonly client?: SaidWhole<'client'> }
}

/** The origin of a default, which is not written anywhere. */
const nowhere: Origin = { file: '', pointer: '' }

/** Reads the settings of a level from a section of the manifest. */
export function readSettings<L extends TableLevel>(level: L, part: Section): Said<L> {
  const read = namesAt(level).map((name) => [name, readSetting(name, rowOf(name), part)])
  return Object.fromEntries(read) as Said<L>
}

/**
 * The effective settings of a level: for each, the value of the most specific level that sets it, else its default. Levels more specific
 * than `level` are ignored. Some defaults are stricter for a client that is external.
 */
export function resolve<L extends TableLevel>(level: L, sources: Sources[L]): ResolvedAt<L> {
  const levels: Readonly<Partial<Record<TableLevel, Readonly<Partial<Record<Name, At<unknown> | null>>>>>> = sources
  const external = levels.client?.audience?.value === 'external'
  const resolved = wholeAt(level).map((name) => [
    name,
    first(rowOf(name), (one) => levels[one]?.[name] ?? null, external),
  ])
  return Object.fromEntries(resolved) as ResolvedAt<L>
}

function first<T>(
  row: Setting<T, T, TableLevel>,
  said: (level: TableLevel) => At<T> | null,
  external: boolean,
): Resolved<T> {
  for (const level of row.levels) {
    const found = said(level)
    if (found !== null) return { value: found.value, from: found.origin, level }
  }
  const fallback = (external ? row.external : undefined) ?? row.fallback
  return { value: fallback(nowhere), from: 'default', level: null }
}

/** The default of a setting. */
export function defaultOf<N extends Name>(name: N): ValueOf<N> {
  return rowOf(name).fallback(nowhere) as ValueOf<N>
}

/** Names of the settings that may be written at a level, in the table's order. */
export function namesAt<L extends TableLevel>(level: L): readonly NamesAt<L>[] {
  const isAt = (name: Name): name is NamesAt<L> => rowOf(name).levels.includes(level)
  return names.filter(isAt)
}

/** Names of the settings of a level that are not merged member by member. */
export function wholeAt<L extends TableLevel>(level: L): readonly WholeAt<L>[] {
  const isWhole = (name: NamesAt<L>): name is WholeAt<L> => !rowOf(name).byMember
  return namesAt(level).filter(isWhole)
}

const names = Object.keys(table) as readonly Name[]

function rowOf(name: Name): Setting<unknown, unknown, TableLevel> {
  return table[name]
}
