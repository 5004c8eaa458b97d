import { type CatalogueEntry, type Code, catalogue, type Severity } from './catalogue/index.ts'
import type { Locator, Origin } from './origin.ts'

/** One error or warning about an input, with its place and its remedy. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** One sentence. */
  readonly message: string
  readonly origin: Origin | null
  /** Related places, each with a message. */
  readonly related: readonly { readonly origin: Origin; readonly message: string }[]
  /** What to write instead; may have several lines. */
  readonly remedy: string | null
  /** What is at this place, as an operation is named in the manifest; `null`: the place says it. */
  readonly subject: string | null
  /**
   * Why it was reported. Diagnostics of one code and one cause differ in their subjects and places only, and are printed
   * as one (`byCause`).
   */
  readonly cause: string
}

/** A diagnostic as a stage reports it. The severity comes from the catalogue. */
export interface Report {
  readonly code: Code
  readonly message: string
  readonly origin: Origin | null
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[]
  /** Default: the remedy of the catalogue. */
  readonly remedy?: string | null
  readonly subject?: string | null
  /** Default: the message and the remedy, without the subject. */
  readonly cause?: string
}

/** Collects the diagnostics of all stages. A stage runs to its end; the next one runs only if there is no error. */
export class Diagnostics {
  readonly #all: Diagnostic[] = []
  readonly #seen = new Set<string>()

  /** Finds the places of diagnostics. Set by `read`, also if reading fails. */
  locator: Locator = { locate: () => null, lines: () => null }

  /** Adds a diagnostic; the same one at the same place is kept once. */
  report(report: Report): void {
    const key = JSON.stringify([report.code, report.message, report.origin])
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    const entry: CatalogueEntry = catalogue[report.code]
    this.#all.push({
      code: report.code,
      severity: entry.severity,
      message: report.message,
      origin: report.origin,
      related: report.related ?? [],
      remedy: report.remedy ?? entry.remedy ?? null,
      subject: report.subject ?? null,
      cause: report.cause ?? causeOf(report),
    })
  }

  get all(): readonly Diagnostic[] {
    return this.#all
  }

  get hasErrors(): boolean {
    return this.#all.some((diagnostic) => diagnostic.severity === 'error')
  }
}

function causeOf({ message, remedy = null, subject = null }: Report): string {
  const text = remedy === null ? message : `${message}\n${remedy}`
  return subject === null ? text : text.replaceAll(subject, '*')
}
