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
