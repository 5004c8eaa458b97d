import type { EnvText } from '../vocabulary.ts'

/** The environment of a gateway with their references to the environment replaced, and everything that is wrong with them. */
export interface Environment {
  /** The text with its references replaced; `''` where a variable is missing (the start then fails and names them all). */
  text(setting: EnvText): string
  /** The values of a list. One setting may hold several, separated by commas or spaces, or none. */
  list(environment: readonly EnvText[]): readonly string[]
  /**
   * An http or https address without user information, query and fragment. `null` where it is none: the start then fails.
   * `use` says what the address is for, in the message.
   */
  url(setting: EnvText, use: string): URL | null
  /** Records that a value cannot be used. The message names the setting, never its value: it may be a secret. */
  refuse(message: string): void
  /** Variables that are needed and not set, or empty; in code-unit order. */
  readonly missing: readonly string[]
  /** What was refused, in the order it was found. */
  readonly problems: readonly string[]
}

/** What a gateway cannot start with: all of it at once, each line for a person who sets the variables. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly missing: readonly string[]
  readonly problems: readonly string[]

  constructor(missing: readonly string[], problems: readonly string[]) {
    const lines = [...missing.map((name) => `${name} is not set`), ...problems]
    super(`The gateway cannot start:\n${lines.map((line) => `  - ${line}`).join('\n')}`)
    this.missing = missing
    this.problems = problems
  }
}

/** `$${` is a literal `${`; `${NAME}` must be set; `${NAME:-default}` need not. */
const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

/** Resolves environment against an environment. A variable that is set to the empty text counts as not set, as in a shell. */
export function createEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const missing = new Set<string>()
  const problems: string[] = []

  /** `null`: a variable is missing, which is noted. */
  const resolve = (setting: EnvText): string | null => {
    let complete = true
    const value = setting.replace(
      reference,
      (whole: string, name: string | undefined, fallback: string | undefined) => {
        if (name === undefined) return whole.slice(1)
        const found = env[name]
        if (found !== undefined && found !== '') return found
        if (fallback !== undefined) return fallback
        missing.add(name)
        complete = false
        return ''
      },
    )
    return complete ? value : null
  }

  const url = (setting: EnvText, use: string): URL | null => {
    const value = resolve(setting)
    if (value === null) return null
    const parsed = URL.canParse(value) ? new URL(value) : null
    if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
      problems.push(`${use} (${setting}) is not an http or https address`)
      return null
    }
    // `http://host?` has no `search` and still is not a plain address: look at the text as well.
    if (parsed.username !== '' || parsed.password !== '' || /[?#@]/.test(value)) {
      problems.push(`${use} (${setting}) must not have user information, a query or a fragment`)
      return null
    }
    return parsed
  }

  return {
    text: (setting) => resolve(setting) ?? '',
    list: (many) => many.flatMap((setting) => (resolve(setting) ?? '').split(/[\s,]+/)).filter((value) => value !== ''),
    url,
    refuse: (message) => {
      problems.push(message)
    },
    get missing() {
      return [...missing].sort()
    },
    get problems() {
      return problems
    },
  }
}
