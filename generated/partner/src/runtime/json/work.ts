/** The work on one body, or on all parameters of a request, exceeds its budget. The request is refused, whatever else is wrong. */
export class TooMuchWork extends Error {
  constructor() {
    super('takes too long to check')
  }
}

/**
 * Steps for one body of a request, or for its parameters (rule P15). A step is about 20 ns: a member or an item that a schema is
 * applied to, an alternative that is tried. The budget is in steps and not in time, so the same request always has the same result.
 */
const requestSteps = 3_000_000

/** Steps for one answer of a service, which may be five times as large as a body. */
const answerSteps = 15_000_000

/** The budget outside of any piece of work. All budgets are small integers, which V8 stores without allocation. */
const idle = 2 ** 30

let left = idle
let scopes = 0

/**
 * Counts the work of checks. Checks are synchronous, so there is one piece of work at a time in a process, and its budget is kept
 * here: handing it through every check would cost more than counting.
 */
export const work = {
  /** Begins a piece of work; within another one, it draws from that budget. Each call is followed by one of `end`. */
  begin(steps: number = requestSteps): void {
    if (scopes === 0) left = steps
    scopes += 1
  },

  /** Does an action with a budget of its own, whether or not it is part of a piece of work. */
  apart<T>(steps: number, action: () => T): T {
    const rest = left
    left = steps
    scopes += 1
    try {
      return action()
    } finally {
      scopes -= 1
      left = rest
    }
  },

  /** The budget of an answer. */
  answerSteps,

  /** As `begin`, for an answer. */
  beginAnswer(): void {
    this.begin(answerSteps)
  },

  /** Ends a piece of work. The steps that are left, for work that continues later. */
  end(): number {
    scopes -= 1
    const rest = left
    if (scopes === 0) left = idle
    return rest
  },

  /** Takes a whole number of steps from the budget, before they are done where their number is known. Throws `TooMuchWork`. */
  spend(steps: number): void {
    left -= steps
    if (left < 0) exhausted()
  },
}

function exhausted(): void {
  if (scopes > 0) throw new TooMuchWork()
  left = idle
}
