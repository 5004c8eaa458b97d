/** What is looked at, in the order in which it can be. */
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
  /** Routes that refused a caller without credential by 401, and one without scopes by 403. */
  readonly unauthenticated: number
  readonly forbidden: number
  /** Calls that did not fit their contract. */
  readonly invalid: number
  readonly passed: Readonly<Partial<Record<Check, number>>>
  /** Refusals that name the very place, rather than the choice it belongs to. */
  readonly exact: number
  /** Routes whose input nothing can be wrong about. */
  readonly nothingWrong: number
  readonly failures: readonly Failure[]
  /** Requests that nobody could make up. */
  readonly unsampled: readonly { readonly at: string; readonly detail: string }[]
}

/** Keeps count while an entry is looked at. */
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

  /** One check with a list of what is wrong: passed when there is nothing. */
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
