import { setImmediate } from 'node:timers/promises'
import { work } from '../json/index.ts'
import { beginWork, endWork, type Recipient } from '../support/turns.ts'

/** Work that may pause at each `yield`. */
export type Pieces<T> = Generator<undefined, T, undefined>

/** Does all of the work now. */
export function atOnce<T>(pieces: Pieces<T>): T {
  for (;;) {
    const { done, value } = pieces.next()
    if (done === true) return value
  }
}

/** Does each piece in another turn of the event loop, all within one budget of `steps`. `undefined`: the client has disconnected. */
export async function inTurns<T>(pieces: Pieces<T>, steps: number, recipient: Recipient): Promise<T | undefined> {
  if (!(await beginWork(recipient))) return undefined
  let left = steps
  try {
    for (;;) {
      await setImmediate()
      if (recipient.gone) return undefined
      work.begin(left)
      try {
        const { done, value } = pieces.next()
        if (done === true) return value
      } finally {
        left = work.end()
      }
    }
  } finally {
    endWork()
  }
}
