import type { Severity } from './diagnostics.ts'

export interface CatalogueEntry {
  readonly severity: Severity
  /** What went wrong, as a heading of docs/diagnostics.md. */
  readonly title: string
}

/**
 * Every code there is, in order; docs/diagnostics.md has a row for each and test/fixtures/negative/ an input that causes it.
 * 1xxx reading files, 20xx the manifest, 21xx specs, 30xx access, 31xx routes, 32xx inputs and answers, 33xx services and
 * authenticators, 4xxx the emitted files, 5xxx the command line.
 */
export const catalogue = {
  GW1001: { severity: 'error', title: 'The manifest cannot be read' },
} as const satisfies Record<`GW${number}`, CatalogueEntry>

export type Code = keyof typeof catalogue
