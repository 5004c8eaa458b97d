import type { CorsPolicy, createCors as create } from '../../templates/runtime/http/cors.ts'
import { isLocal } from './loopback.ts'

// Stands for the module `runtime/http/cors.js` of a gateway that `dev` starts (resolution-hooks.ts).

const original = (await import(new URL(import.meta.url).searchParams.get('of') ?? '')) as {
  readonly createCors: typeof create
}

/** The policy of the manifest; origins of this machine, with any port, are allowed too. */
export const createCors: typeof create = (origins, settings) => {
  const usual = original.createCors(origins, settings)
  const policyOf = (origin: string | undefined): CorsPolicy =>
    origin !== undefined && isLocal(origin) ? original.createCors([origin], settings) : usual
  return {
    allows: (origin) => policyOf(origin).allows(origin),
    allow: (origin, fields) => policyOf(origin).allow(origin, fields),
    preflight: (origin, methods, headers, fields) => policyOf(origin).preflight(origin, methods, headers, fields),
  }
}
