import { parseEnvText } from '../../templates/runtime/words/envText.ts'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, isObject, type Origin } from '../support/index.ts'
import type { At, EnvTextModel } from './types.ts'

// Readers of single values. The manifest has passed its schema, so what is not of the expected type is absent.

/** A member of the manifest that is being read: the values below it, with their places. */
export interface Section {
  readonly value: JsonObject
  readonly origin: Origin
}

export function section(value: JsonValue | undefined, origin: Origin): Section {
  return { value: isObject(value) ? value : {}, origin }
}

/** The section that stands under `name`, or `null`. */
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

export function number(parent: Section, name: string): number | null {
  const value = parent.value[name]
  return typeof value === 'number' ? value : null
}

/** A text that is one of a closed set, which the schema has proved. */
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
  const value = parent.value[name]
  if (!Array.isArray(value)) return []
  const origin = below(parent.origin, name)
  return value.flatMap((item, index) =>
    typeof item === 'string' ? [{ value: item, origin: below(origin, index) }] : [],
  )
}

export function setting(value: string, origin: Origin): EnvTextModel {
  return { text: value, variables: parseEnvText(value).variables, origin }
}

/** @param fallback what counts when nothing is written. */
export function settingOr(parent: Section, name: string, fallback: string): EnvTextModel {
  const value = text(parent, name)
  return value === null ? setting(fallback, parent.origin) : setting(value, below(parent.origin, name))
}

export function optionalSetting(parent: Section, name: string): EnvTextModel | null {
  const value = text(parent, name)
  return value === null ? null : setting(value, below(parent.origin, name))
}

/** One text or a list of them. */
export function settings(parent: Section, name: string): readonly EnvTextModel[] {
  const one = optionalSetting(parent, name)
  return one === null ? placedTexts(parent, name).map(({ value, origin }) => setting(value, origin)) : [one]
}
