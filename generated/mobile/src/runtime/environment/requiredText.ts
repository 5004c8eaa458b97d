import type { EnvText } from '../vocabulary.ts'
import { parseEnvText } from '../words/envText.ts'
import type { Environment } from './environment.ts'

/**
 * The text of a setting that must not be empty, which is refused; `use` says what it is for. Where the reason is a variable that
 * is not set, the environment has noted that already.
 */
export function requiredText(environment: Environment, setting: EnvText, use: string): string {
  const text = environment.text(setting)
  const { variables } = parseEnvText(setting)
  if (text === '' && !variables.some(({ name }) => environment.missing.includes(name))) {
    environment.refuse(`${use} (${setting}) is empty`)
  }
  return text
}
