/** Who gets the result of a piece of work. */
export interface Recipient {
  /** Whether the client has disconnected, so that the result is not used. */
  readonly gone: boolean
}

interface Next {
  readonly recipient: Recipient
  readonly begin: (mayBegin: boolean) => void
}

let isBusy = false
let queue: Next[] = []

/**
 * Waits until no other work of the process is in progress: beside its bytes, a long answer in progress takes twice its length, for its
 * text and its result (rule F27). True: the work begins; call `endWork` after it. False: its client has disconnected.
 */
export function beginWork(recipient: Recipient): Promise<boolean> {
  if (!isBusy) {
    isBusy = true
    return Promise.resolve(true)
  }
  // The bytes of a client that has disconnected are not counted any more, so they must not stay in the queue.
  queue = queue.filter((next) => {
    if (next.recipient.gone) next.begin(false)
    return !next.recipient.gone
  })
  return new Promise((begin) => queue.push({ recipient, begin }))
}

export function endWork(): void {
  const next = queue.shift()
  if (next === undefined) isBusy = false
  else next.begin(true)
}
