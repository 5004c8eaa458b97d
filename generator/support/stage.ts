/**
 * The result of a stage. `faulty`: ids of the parts of `value` that are missing or incomplete because of an error, which are services,
 * authenticators or clients (read, model), or clients (emit). The other parts are complete.
 */
export interface StageResult<T> {
  readonly value: T
  readonly faulty: readonly string[]
}

/** A result without faulty parts. */
export function whole<T>(value: T): StageResult<T> {
  return { value, faulty: [] }
}
