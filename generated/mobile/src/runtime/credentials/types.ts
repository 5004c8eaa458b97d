import type { OutgoingHeaders } from '../upstream/request.ts'
import type { Caller } from '../upstream/transport.ts'
import type { Problem } from '../words/problems.ts'

/** Adds a credential to a call, or says why the call must fail. It never falls back to another authority. */
export type Apply = (caller: Caller, headers: OutgoingHeaders) => Problem | undefined | Promise<Problem | undefined>
