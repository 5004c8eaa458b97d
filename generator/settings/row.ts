import type { JsonValue, Origin } from '../support/index.ts'

/** Where in the manifest a setting can be written. `selector`: an entry of a client's `expose`. */
export type Level = 'selector' | 'client' | 'service' | 'authenticator' | 'credential'

/** A kind of value: how the manifest writes it, and what it becomes. */
export interface Value<out T> {
  /** What is written, in the generator's units; `undefined` where it is not such a value. */
  readonly read: (written: JsonValue, origin: Origin) => T | undefined
  /** What gateway.schema.json says of the value, besides its description. */
  readonly schema: Readonly<Record<string, unknown>>
}

/** One setting of the manifest: `W` is what may be written, `D` what counts where nothing is. */
export interface Setting<out W, out D = W, out L extends Level = Level, out M extends boolean = boolean> {
  /**
   * Where it may be written, the most specific level first. What one level does not say, the next one does, and the default where none
   * does.
   */
  readonly levels: readonly L[]
  readonly value: Value<W>
  /** `null`: it must be written. */
  readonly default: Default | null
  /** What counts where nothing is written. `origin`: where it could have been. */
  readonly fallback: (origin: Origin) => D
  /** One or more sentences for the manifest's schema and docs/manifest.md, without the default. */
  readonly description: string
  /** Whether each member of the value is layered for itself when several selectors speak of an operation. */
  readonly byMember: M
}

/** A default for people; `written` as well where the manifest could say it. */
export interface Default {
  readonly text: string
  readonly written?: JsonValue
}

interface Row<L extends Level> {
  readonly levels: readonly L[]
  readonly description: string
}

interface Optional<T, L extends Level> extends Row<L> {
  readonly value: Value<T>
  readonly otherwise: string
}

/** A setting with a default, given as the manifest would write it. `text`: the default in words, where it depends on something. */
export function setting<T, L extends Level>(
  row: Row<L> & { readonly value: Value<T>; readonly default: JsonValue; readonly text?: string },
): Setting<T, T, L, false> {
  const { value, text } = row
  return {
    ...common(row),
    value,
    default: text === undefined ? { text: inWords(row.default), written: row.default } : { text },
    fallback: (origin) => {
      const found = value.read(row.default, origin)
      if (found === undefined) throw new Error(`The default ${inWords(row.default)} is not a value of its setting.`)
      return found
    },
  }
}

/** A setting without a default. `otherwise`: what that means, in words. */
export function optional<T, L extends Level>(row: Optional<T, L>): Setting<T, null, L, false> {
  return { ...common(row), value: row.value, default: { text: row.otherwise }, fallback: () => null }
}

/** A setting without a default, of which each member is layered for itself. */
export function optionalByMember<T, L extends Level>(row: Optional<T, L>): Setting<T, null, L, true> {
  return { ...optional(row), byMember: true }
}

/** A setting that its schema demands. `empty`: what stands in its place in a manifest that no schema was asked about. */
export function required<T, L extends Level>(
  row: Row<L> & { readonly value: Value<T>; readonly empty: JsonValue },
): Setting<T, T, L, false> {
  return { ...setting({ ...row, default: row.empty }), default: null }
}

function common<L extends Level>({ levels, description }: Row<L>) {
  return { levels, description, byMember: false as const }
}

function inWords(written: unknown): string {
  return Array.isArray(written) ? (written.length === 0 ? 'none' : written.join(', ')) : String(written)
}
