/** A reference to the environment of the running gateway. */
export interface EnvVariable {
  readonly name: string
  /** `null`: required. */
  readonly fallback: string | null
}

export interface ParsedEnvText {
  readonly variables: readonly EnvVariable[]
  /** The text from the first `${` that does not begin a well-formed reference; `null`: all are well formed. */
  readonly malformed: string | null
}

/** A match of `${` that does not begin a reference has neither name nor default. */
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

/** A reference as text: `${NAME}` or `${NAME:-fallback}`. The fallback must not contain `}`. */
export function envReference(name: string, fallback: string | null = null): string {
  return fallback === null ? `\${${name}}` : `\${${name}:-${fallback}}`
}

/**
 * The text with each reference replaced by the result of `lookUp`; `null` when one of the results is `null`. `lookUp` is called
 * for every reference, also after a `null`.
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

/** The values of one setting of a list, separated by commas or spaces. Empty for empty text. */
export function listedValues(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((value) => value !== '')
}
