import { createRequire } from 'node:module'
import type * as undici from 'undici'

const require = createRequire(import.meta.url)

// The parts of undici that a gateway calls with: loading all of it takes four times as long, a quarter of a start. They have no names
// of their own that its package promises, which is why its version is an exact one.

export const Agent = require('undici/lib/dispatcher/agent.js') as typeof undici.Agent
export const Pool = require('undici/lib/dispatcher/pool.js') as typeof undici.Pool

type Request = (
  this: undici.Dispatcher,
  options: undici.Dispatcher.RequestOptions,
) => Promise<undici.Dispatcher.ResponseData>

/** To be called on a dispatcher. */
export const request = require('undici/lib/api/api-request.js') as Request
