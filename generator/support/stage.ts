/**
 * What a stage hands on. `faulty` names the parts of `value` that are missing or incomplete, because an error was reported about them: ids
 * of services (read, model) or of clients (plan, emit). The other parts are whole.
 */
export interface StageResult<T> {
  readonly value: T
  readonly faulty: readonly string[]
}

/** A result of which every part is whole. */
export function whole<T>(value: T): StageResult<T> {
  return { value, faulty: [] }
}
