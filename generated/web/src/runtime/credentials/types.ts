import type { Exchange, ServiceRequest } from '../exchange/exchange.ts'
import type { Problem } from '../words/problems.ts'

/** Header fields on their way to a service; names in lower case. */
export type OutgoingHeaders = ServiceRequest['headers']

/** Adds a credential to a call, or says why the call must fail. It never falls back to another authority. */
export type Apply = (exchange: Exchange, headers: OutgoingHeaders) => Problem | undefined | Promise<Problem | undefined>
