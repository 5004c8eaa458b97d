import { type Code, catalogue, type Severity } from './catalogue/index.ts'
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
}

/** A diagnostic as a stage reports it. The severity comes from the catalogue. */
export interface Report {
  readonly code: Code
  readonly message: string
  readonly origin: Origin | null
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[]
  readonly remedy?: string | null
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
