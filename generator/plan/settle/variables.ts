import { compareText } from '../../support/index.ts'
import type { EnvTextUse } from '../draft/envTexts.ts'
import type { VariableRow } from '../types.ts'

/** The variables that texts refer to, by name. A variable that one text requires is required. */
export function variablesOf(texts: readonly EnvTextUse[]): readonly VariableRow[] {
  const rows = new Map<
    string,
    { fallback: string | null; readonly usedBy: Set<string>; readonly settings: Set<string> }
  >()
  for (const { use, setting, text } of texts) {
    for (const { name, fallback } of text.variables) {
      const row = rows.get(name)
      if (row === undefined) {
        rows.set(name, { fallback, usedBy: new Set([use]), settings: new Set([setting]) })
        continue
      }
      row.usedBy.add(use)
      row.settings.add(setting)
      if (fallback === null) row.fallback = null
    }
  }
  return [...rows]
    .map(([name, { fallback, usedBy, settings }]) => ({
      name,
      fallback,
      usedBy: [...usedBy].sort(),
      settings: [...settings].sort(),
    }))
    .sort((a, b) => compareText(a.name, b.name))
}
