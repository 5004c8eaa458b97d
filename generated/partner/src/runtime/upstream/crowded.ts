import { busy } from './failures.ts'
import type { Failure } from './transport.ts'

/** The result of a call for which there was no place in time (rule F10). */
export const crowded: Failure = { kind: 'failure', problem: busy, sent: false }
