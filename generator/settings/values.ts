import { parseEnvText } from '../../templates/runtime/words/envText.ts'
import { below, isObject, type JsonObject, type JsonValue, type Origin } from '../support/index.ts'
import type { At, EnvTextModel } from './types.ts'

// Readers of single values. The manifest is valid, so a value that does not have the expected type is absent.

/** A map of the manifest, with its place. */
export interface Section {
  readonly value: JsonObject
  readonly origin: Origin
}

export function section(value: JsonValue | undefined, origin: Origin): Section {
  return { value: isObject(value) ? value : {}, origin }
}

/** The section under `name`, or `null`. */
export function child(parent: Section, name: string): Section | null {
  return parent.value[name] === undefined ? null : section(parent.value[name], below(parent.origin, name))
}

/** Every member of a map as a section, in the order written. */
export function children(parent: Section | null): readonly (readonly [string, Section])[] {
  if (parent === null) return []
  return Object.keys(parent.value).map((name) => [name, section(parent.value[name], below(parent.origin, name))])
}

export function text(parent: Section, name: string): string | null {
  const value = parent.value[name]
  return typeof value === 'string' ? value : null
}

/** A text of a closed set, which the schema has checked. */
export function word<T extends string>(parent: Section, name: string): T | null {
  return text(parent, name) as T | null
}

export function placed<T>(parent: Section, name: string, value: T | null): At<T> | null {
  return value === null ? null : { value, origin: below(parent.origin, name) }
}

export function texts(parent: Section, name: string): readonly string[] {
  return placedTexts(parent, name).map(({ value }) => value)
}

export function placedTexts(parent: Section, name: string): readonly At<string>[] {
  return textsAt(parent.value[name], below(parent.origin, name))
}

/** The texts of a list, each with its place. */
export function textsAt(list: unknown, origin: Origin): readonly At<string>[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, index) =>
    typeof item === 'string' ? [{ value: item, origin: below(origin, index) }] : [],
  )
}

export function envText(value: string, origin: Origin): EnvTextModel {
  return { text: value, variables: parseEnvText(value).variables, origin }
}

/** One text or a list of them. */
export function envTexts(value: unknown, origin: Origin): readonly EnvTextModel[] {
  if (typeof value === 'string') return [envText(value, origin)]
  return textsAt(value, origin).map((item) => envText(item.value, item.origin))
}
