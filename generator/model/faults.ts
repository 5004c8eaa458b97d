import type { Code, Origin } from '../support/index.ts'
import type { Followed, Located } from './source.ts'
import type { Fault } from './types.ts'

/** Collects the reasons why one operation cannot be served. */
export interface Faults {
  readonly all: readonly Fault[]
  add(code: Code, message: string, origin: Origin, remedy?: string): void
  /** The target of a reference; `null` after adding the fault if it was refused. */
  accept(followed: Followed): Located | null
}

export function createFaults(): Faults {
  const all: Fault[] = []
  const add = (fault: Fault): void => {
    const known = all.some(
      ({ code, origin }) =>
        code === fault.code && origin.file === fault.origin.file && origin.pointer === fault.origin.pointer,
    )
    if (!known) all.push(fault)
  }
  return {
    all,
    add: (code, message, origin, remedy) => add({ code, message, origin, remedy: remedy ?? null }),
    accept(followed) {
      if (followed.kind === 'node') return followed
      add(followed.fault)
      return null
    },
  }
}
