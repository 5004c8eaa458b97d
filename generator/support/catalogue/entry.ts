export type Severity = 'error' | 'warning'

export interface CatalogueEntry {
  readonly severity: Severity
  /** What went wrong, as a heading of docs/diagnostics.md. */
  readonly title: string
  /** The general remedy, for docs/diagnostics.md. A diagnostic may have a more specific one. */
  readonly remedy?: string
  /** Whether every subject is printed where many diagnostics of one cause are printed as one. Default: the first ones. */
  readonly namesAll?: true
}
