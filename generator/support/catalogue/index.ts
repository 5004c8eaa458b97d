import { commandCatalogue } from './command.ts'
import { emitCatalogue } from './emit.ts'
import { modelCatalogue } from './model.ts'
import { planCatalogue } from './plan.ts'
import { planRulesCatalogue } from './planRules.ts'
import { planSchemasCatalogue } from './planSchemas.ts'
import { planServicesCatalogue } from './planServices.ts'
import { readCatalogue } from './read.ts'
import { remoteCatalogue } from './remote.ts'
import { writeCatalogue } from './write.ts'

export type { CatalogueEntry, Severity } from './entry.ts'

/**
 * All diagnostic codes in order, grouped by the stage that reports them. docs/diagnostics.md has a row for each code, and
 * test/fixtures/negative/ an input that causes it.
 */
export const catalogue = {
  ...readCatalogue,
  ...remoteCatalogue,
  ...modelCatalogue,
  ...planCatalogue,
  ...planSchemasCatalogue,
  ...planServicesCatalogue,
  ...planRulesCatalogue,
  ...emitCatalogue,
  ...writeCatalogue,
  ...commandCatalogue,
} as const

export type Code = keyof typeof catalogue
