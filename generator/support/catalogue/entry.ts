export type Severity = 'error' | 'warning'

export interface CatalogueEntry {
  readonly severity: Severity
  /** What went wrong, as a heading of docs/diagnostics.md. */
  readonly title: string
  /** What to do about it in general, for docs/diagnostics.md; a diagnostic itself may know better. */
  readonly remedy?: string
}
