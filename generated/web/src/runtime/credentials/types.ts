import type { OutgoingHeaders } from '../upstream/request.ts'
import type { Caller } from '../upstream/transport.ts'
import type { Problem } from '../words/problems.ts'

/** Adds a credential to a call, or returns the problem that the call fails with. It never falls back to another credential. */
export type Apply = (caller: Caller, headers: OutgoingHeaders) => Problem | undefined | Promise<Problem | undefined>
