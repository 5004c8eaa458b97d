import type { JsonValue, Origin } from '../support/index.ts'

/** Where in the manifest a setting can be written. `selector`: an entry of a client's `expose`. */
export type Level = 'selector' | 'client' | 'service' | 'authenticator' | 'credential'

/** A kind of value: its schema in the manifest, and its parser. */
export interface Value<out T> {
  /** Parses a written value into the generator's units; `undefined` if it is not of this kind. */
  readonly read: (written: JsonValue, origin: Origin) => T | undefined
  /** JSON Schema of the value in gateway.schema.json, without its description. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** One setting of the manifest. `W`: type of a written value; `D`: type of the value if nothing is written. */
export interface Setting<out W, out D = W, out L extends Level = Level, out M extends boolean = boolean> {
  /**
   * Levels at which it may be written, the most specific first. A level that does not set it inherits from the next one; if none sets it,
   * the default applies.
   */
  readonly levels: readonly L[]
  readonly value: Value<W>
  /** `null`: the setting is required. */
  readonly default: Default | null
  /** The value if nothing is written. `origin`: the section that lacks it. */
  readonly fallback: (origin: Origin) => D
  /** The value for external clients if nothing is written; absent: the same as for others. */
  readonly external?: (origin: Origin) => D
  /** A value that is not the default, as the manifest would write it. Messages and editors show it. */
  readonly example: JsonValue
  /** One or more sentences for the manifest's schema and docs/manifest.md, without the default. */
  readonly description: string
  /** Whether the value is merged member by member if several selectors match an operation. */
  readonly byMember: M
}

/** A default in words. `written`: as the manifest would write it, if it can. */
export interface Default {
  readonly text: string
  readonly written?: JsonValue
}

interface Row<L extends Level> {
  readonly levels: readonly L[]
  readonly example: JsonValue
  readonly description: string
}

interface Optional<T, L extends Level> extends Row<L> {
  readonly value: Value<T>
  readonly otherwise: string
}

interface WithDefault<T, L extends Level> extends Row<L> {
  readonly value: Value<T>
  readonly default: JsonValue
  readonly external?: JsonValue
  readonly text?: string
}

/**
 * A setting with a default, given as the manifest would write it. `external`: the default for external clients, if it differs. `text`:
 * the default in words, if it depends on something.
 */
export function setting<T, L extends Level>(row: WithDefault<T, L>): Setting<T, T, L, false> {
  const { value, external, text } = row
  const defaultFrom = (written: JsonValue) => (origin: Origin) => {
    const found = value.read(written, origin)
    if (found === undefined) throw new Error(`The default ${inWords(written)} is not a value of its setting.`)
    return found
  }
  return {
    ...common(row),
    value,
    default: text === undefined ? { text: inWords(row.default), written: row.default } : { text },
    fallback: defaultFrom(row.default),
    ...(external === undefined ? {} : { external: defaultFrom(external) }),
  }
}

/** A setting without a default. `otherwise`: the effect of not writing it, in words. */
export function optional<T, L extends Level>(row: Optional<T, L>): Setting<T, null, L, false> {
  return { ...common(row), value: row.value, default: { text: row.otherwise }, fallback: () => null }
}

/** A setting without a default that is merged member by member. */
export function optionalByMember<T, L extends Level>(row: Optional<T, L>): Setting<T, null, L, true> {
  return { ...optional(row), byMember: true }
}

/** A setting that the schema requires. `empty`: its value if it is missing, in a manifest that was not validated. */
export function required<T, L extends Level>(
  row: Row<L> & { readonly value: Value<T>; readonly empty: JsonValue },
): Setting<T, T, L, false> {
  return { ...setting({ ...row, default: row.empty }), default: null }
}

function common<L extends Level>({ levels, example, description }: Row<L>) {
  return { levels, example, description, byMember: false as const }
}

function inWords(written: unknown): string {
  return Array.isArray(written) ? (written.length === 0 ? 'none' : written.join(', ')) : String(written)
}
