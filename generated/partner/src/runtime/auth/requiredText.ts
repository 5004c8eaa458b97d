import type { Setting } from '../contract.ts'
import type { Settings } from '../settings.ts'

/**
 * The text of a setting that must not be empty, which is refused; `use` says what it is for. Where the reason is a variable that
 * is not set, the settings have noted that already.
 */
export function requiredText(settings: Settings, setting: Setting, use: string): string {
  const text = settings.text(setting)
  if (text === '' && !settings.missing.some((name) => setting.includes(`\${${name}`))) {
    settings.refuse(`${use} (${setting}) is empty`)
  }
  return text
}
