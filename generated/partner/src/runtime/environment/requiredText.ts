import type { EnvText } from '../vocabulary.ts'
import { parseEnvText } from '../words/envText.ts'
import type { Environment } from './environment.ts'

/**
 * The text of a setting that must not be empty. Empty text is refused; `use` names the purpose of the setting in the message. A
 * variable that is not set is in `environment.missing` already, so the text is not refused as well.
 */
export function requiredText(environment: Environment, setting: EnvText, use: string): string {
  const text = environment.text(setting)
  const { variables } = parseEnvText(setting)
  if (text === '' && !variables.some(({ name }) => environment.missing.includes(name))) {
    environment.refuse(`${use} (${setting}) is empty`)
  }
  return text
}
