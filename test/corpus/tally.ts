/** The checks, in the order in which they are done. `harness`: the corpus itself failed, so something was not checked. */
export const checks = [
  'generate',
  'types',
  'start',
  'structure',
  'contract',
  'access',
  'oracle',
  'arrival',
  'original',
  'answer',
  'invalid',
  'harness',
] as const

export type Check = (typeof checks)[number]

export interface Failure {
  readonly check: Check
  /** The client, or client and route. */
  readonly at: string
  readonly detail: string
}

/** Counts of one entry. */
export interface Counts {
  readonly routes: number
  readonly calls: number
  /** Routes that refused a caller without a credential with 401, and one without scopes with 403. */
  readonly unauthenticated: number
  readonly forbidden: number
  /** Calls with invalid requests. */
  readonly invalid: number
  readonly passed: Readonly<Partial<Record<Check, number>>>
  /** Refusals that name exactly the invalid place, not a value that contains it. */
  readonly exact: number
  /** Routes for which no invalid request could be made. */
  readonly nothingWrong: number
  readonly failures: readonly Failure[]
  /** Requests that could not be sampled. */
  readonly unsampled: readonly { readonly at: string; readonly detail: string }[]
}

/** Counts the results of an entry. */
export class Tally {
  #routes = 0
  #calls = 0
  #unauthenticated = 0
  #forbidden = 0
  #invalid = 0
  #exact = 0
  #nothingWrong = 0
  readonly #passed: Partial<Record<Check, number>> = {}
  readonly #failures: Failure[] = []
  readonly #unsampled: { at: string; detail: string }[] = []

  route(): void {
    this.#routes += 1
  }

  call(): void {
    this.#calls += 1
  }

  refusal(status: 401 | 403): void {
    if (status === 401) this.#unauthenticated += 1
    else this.#forbidden += 1
  }

  invalid(): void {
    this.#invalid += 1
  }

  exact(): void {
    this.#exact += 1
  }

  nothingWrong(): void {
    this.#nothingWrong += 1
  }

  pass(check: Check): void {
    this.#passed[check] = (this.#passed[check] ?? 0) + 1
  }

  fail(check: Check, at: string, detail: string): void {
    this.#failures.push({ check, at, detail })
  }

  /** One check with a list of faults. It passes if the list is empty. */
  settle(check: Check, at: string, faults: readonly string[]): void {
    if (faults.length === 0) this.pass(check)
    for (const fault of faults) this.fail(check, at, fault)
  }

  unsampled(at: string, detail: string): void {
    this.#unsampled.push({ at, detail })
  }

  get counts(): Counts {
    return {
      routes: this.#routes,
      calls: this.#calls,
      unauthenticated: this.#unauthenticated,
      forbidden: this.#forbidden,
      invalid: this.#invalid,
      passed: { ...this.#passed },
      exact: this.#exact,
      nothingWrong: this.#nothingWrong,
      failures: [...this.#failures],
      unsampled: [...this.#unsampled],
    }
  }
}
