/** Milliseconds. */
export interface UploadLimits {
  /** Without a byte from the client. */
  readonly idle: number
  /** Until the whole body has arrived, from the arrival of its request. */
  readonly total: number
}

/** `silent`, `slow`: the client. `stalled`: the receiver of the body took nothing. */
export type UploadFault = 'silent' | 'slow' | 'stalled'

/** Measures how long a client's body takes. The time in which its receiver takes nothing is not the client's pause. */
export class UploadClock {
  readonly #limits: UploadLimits
  /** Milliseconds in which the receiver may take nothing. */
  readonly #patience: number
  readonly #expired: (fault: UploadFault) => void
  readonly #started: number
  #last = performance.now()
  #held = false
  #timer: NodeJS.Timeout | null = null

  /** `started`: `performance.now()` at the arrival of the request. Several clocks may measure parts of one body. */
  constructor(started: number, limits: UploadLimits, patience: number, expired: (fault: UploadFault) => void) {
    this.#started = started
    this.#limits = limits
    this.#patience = patience
    this.#expired = expired
    this.#wait(this.#last)
  }

  /** Bytes have arrived. `held`: the receiver does not take more yet. */
  progress(held: boolean): void {
    this.#last = performance.now()
    this.#held = held
  }

  /** The receiver takes bytes again. */
  taken(): void {
    if (!this.#held) return
    this.#held = false
    this.#last = performance.now()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  readonly #check = (): void => {
    const now = performance.now()
    if (now - this.#started >= this.#limits.total) this.#expired('slow')
    else if (now - this.#last < this.#pause) this.#wait(now)
    else this.#expired(this.#held ? 'stalled' : 'silent')
  }

  get #pause(): number {
    return this.#held ? this.#patience : this.#limits.idle
  }

  /** Until a limit can be exceeded at the earliest: the receiver may hold or take at any time. */
  #wait(now: number): void {
    const { idle, total } = this.#limits
    const shorter = Math.min(idle, this.#patience)
    const silent = now - this.#last
    const pause = silent < shorter ? shorter - silent : Math.min(this.#pause - silent, shorter)
    this.#timer = setTimeout(this.#check, Math.min(pause, this.#started + total - now))
  }
}
