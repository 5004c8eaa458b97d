import { type Code, catalogue, type Severity } from './catalogue/index.ts'
import type { Locator, Origin } from './origin.ts'

/** One thing that is wrong with an input, complete with its place and its remedy. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** One sentence. */
  readonly message: string
  readonly origin: Origin | null
  /** Other places that belong to it, each with what it says there. */
  readonly related: readonly { readonly origin: Origin; readonly message: string }[]
  /** What to write instead; may have several lines. */
  readonly remedy: string | null
}

/** What a stage reports: the catalogue supplies the severity. */
export interface Report {
  readonly code: Code
  readonly message: string
  readonly origin: Origin | null
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[]
  readonly remedy?: string | null
}

/** Collects what every stage finds. A stage runs to its end; the next one runs only when there is no error. */
export class Diagnostics {
  readonly #all: Diagnostic[] = []
  readonly #seen = new Set<string>()

  /** Finds the places of what is reported. Reading sets it; it serves even when reading came to nothing. */
  locator: Locator = { locate: () => null, lines: () => null }

  /** Adds a diagnostic; the same one at the same place is kept once. */
  report(report: Report): void {
    const key = JSON.stringify([report.code, report.message, report.origin])
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#all.push({
      code: report.code,
      severity: catalogue[report.code].severity,
      message: report.message,
      origin: report.origin,
      related: report.related ?? [],
      remedy: report.remedy ?? null,
    })
  }

  get all(): readonly Diagnostic[] {
    return this.#all
  }

  get hasErrors(): boolean {
    return this.#all.some((diagnostic) => diagnostic.severity === 'error')
  }
}
