import type { EnvText } from '../vocabulary.ts'
import { type EnvVariable, listedValues, resolveEnvText } from '../words/envText.ts'
import { addressFault } from '../words/webAddresses.ts'

/** The values of a gateway's settings with the variables of its process, and everything that is wrong with them. */
export interface Environment {
  /** The text with its references replaced; `''` where a variable is missing (the start then fails and lists all missing ones). */
  text(setting: EnvText): string
  /** The values of a list. One setting may hold several, separated by commas or spaces, or none. */
  list(settings: readonly EnvText[]): readonly string[]
  /**
   * An http or https address without user information, query and fragment (`words/webAddresses.ts`). `null` for any other text:
   * the start then fails. `use` names the purpose of the address in the message.
   */
  url(setting: EnvText, use: string): URL | null
  /** Records that a value cannot be used. The message names the setting, never its value: it may be a secret. */
  refuse(message: string): void
  /** Required variables that are not set or empty, in code-unit order. */
  readonly missing: readonly string[]
  /** Messages about refused values, in the order they were found. */
  readonly problems: readonly string[]
}

/** Why a gateway cannot start. Lists all faults at once, one a line, for the person who sets the variables. */
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

/**
 * Resolves settings with the variables of a process. A variable set to the empty string counts as not set, as with `:-` in a
 * shell.
 */
export function createEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const missing = new Set<string>()
  const problems: string[] = []

  const lookUp = ({ name, fallback }: EnvVariable): string | null => {
    const found = env[name]
    if (found !== undefined && found !== '') return found
    if (fallback === null) missing.add(name)
    return fallback
  }
  const resolve = (setting: EnvText): string | null => resolveEnvText(setting, lookUp)

  return {
    text: (setting) => resolve(setting) ?? '',
    list: (many) => many.flatMap((setting) => listedValues(resolve(setting) ?? '')),
    url(setting, use) {
      const value = resolve(setting)
      const fault = value === null ? null : addressFault(value)
      if (fault !== null) problems.push(`${use} (${setting}) ${fault}`)
      return value === null || fault !== null ? null : new URL(value)
    },
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
