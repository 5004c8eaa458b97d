import { below } from '../support/index.ts'
import type { Setting } from './row.ts'
import type { At } from './types.ts'
import { child, type Section } from './values.ts'

/** The type of a written value. */
export type WrittenOf<S> = S extends Setting<infer W, unknown> ? W : never
/** The type of the effective value: the written one or the default. */
export type ValueOf<S> = S extends Setting<infer W, infer D> ? W | D : never

export type Group = Readonly<Record<string, Setting<unknown>>>

/** Reads a setting from a section of the manifest, or from a section below it (`cors.maxAge`). `null`: not written. */
export function readSetting<T>(name: string, { value }: Setting<T, unknown>, part: Section): At<T> | null {
  const [member = '', ...outer] = name.split('.').reverse()
  let place: Section | null = part
  for (const step of outer.reverse()) place = place === null ? null : child(place, step)
  const written = place?.value[member]
  if (place === null || written === undefined) return null
  const origin = below(place.origin, member)
  const found = value.read(written, origin)
  return found === undefined ? null : { value: found, origin }
}

/** The values of settings that exist at one level only, defaults included. */
export function valuesOf<G extends Group>(group: G, part: Section): { readonly [N in keyof G]: ValueOf<G[N]> } {
  const values = Object.entries(group).map(([name, one]) => {
    const said = readSetting(name, one, part)
    return [name, said === null ? one.fallback(part.origin) : said.value]
  })
  return Object.fromEntries(values) as { readonly [N in keyof G]: ValueOf<G[N]> }
}
