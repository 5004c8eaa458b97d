import type { EnvText } from '../vocabulary.ts'
import type { Environment } from './environment.ts'

/**
 * The text of a setting that must not be empty, which is refused; `use` says what it is for. Where the reason is a variable that
 * is not set, the environment have noted that already.
 */
export function requiredText(environment: Environment, setting: EnvText, use: string): string {
  const text = environment.text(setting)
  if (text === '' && !environment.missing.some((name) => setting.includes(`\${${name}`))) {
    environment.refuse(`${use} (${setting}) is empty`)
  }
  return text
}
