/** A reference to the environment of the running gateway. */
export interface EnvVariable {
  readonly name: string
  /** `null`: required. */
  readonly fallback: string | null
}

export interface ParsedEnvText {
  readonly variables: readonly EnvVariable[]
  /** The first `${` that begins no well-formed reference, with what follows it; `null` when all are well formed. */
  readonly malformed: string | null
}

/** Name and default are missing in a match of `${` that begins no reference. */
const reference = /\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?/g

/** Reads the references in a text: `${NAME}`, `${NAME:-default}`; `$${` is a literal `${`. */
export function parseEnvText(text: string): ParsedEnvText {
  const variables: EnvVariable[] = []
  for (const match of text.matchAll(reference)) {
    const [whole, name, fallback] = match
    if (whole === '$${') continue
    if (name === undefined) return { variables, malformed: text.slice(match.index) }
    variables.push({ name, fallback: fallback ?? null })
  }
  return { variables, malformed: null }
}

/** A reference as text: `${NAME}` or `${NAME:-fallback}`. The fallback must not have a `}`. */
export function envReference(name: string, fallback: string | null = null): string {
  return fallback === null ? `\${${name}}` : `\${${name}:-${fallback}}`
}

/**
 * The text with each reference replaced by what `lookUp` gives for it; `null` where it gives `null` for any. It is asked about every
 * reference.
 */
export function resolveEnvText(text: string, lookUp: (variable: EnvVariable) => string | null): string | null {
  let complete = true
  const resolved = text.replace(reference, (whole, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return whole === '$${' ? '${' : whole
    const value = lookUp({ name, fallback: fallback ?? null })
    complete &&= value !== null
    return value ?? ''
  })
  return complete ? resolved : null
}

/** The values of one setting of a list, which commas or spaces separate; none for an empty text. */
export function listedValues(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((value) => value !== '')
}
