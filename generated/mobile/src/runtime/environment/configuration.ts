import { isIP } from 'node:net'
import type { Environment } from './environment.ts'

/** Levels of pino. */
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Settings of a gateway's process. Each comes from an environment variable and has a default. */
export interface Configuration {
  /** `PORT`; 0 lets the system choose. */
  readonly port: number
  /** `HOST`: the address to listen on. */
  readonly host: string
  /** `LOG_LEVEL`. */
  readonly logLevel: (typeof levels)[number]
  /** `DRAIN_DELAY_MS`: how long connections are still accepted after SIGTERM, until load balancers use other instances. */
  readonly drainDelay: number
  /** `DRAIN_GRACE_MS`: how long requests in progress may take after that. */
  readonly drainGrace: number
  /** `KEEP_ALIVE_MS`: how long idle connections are kept open. Should be longer than that of a load balancer in front. */
  readonly keepAlive: number
  /** `REQUEST_TIMEOUT_MS`: how long a client may take to send a request, its body included. */
  readonly requestTimeout: number
}

const hour = 3_600_000
/** Reads the variables of the process. Invalid values are recorded in `environment`. */
export function readConfiguration(environment: Environment): Configuration {
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const text = environment.text(`\${${name}:-${fallback}}`)
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    environment.refuse(`${name} must be a whole number from ${least} to ${most}`)
    return fallback
  }
  const host = environment.text('${HOST:-0.0.0.0}')
  if (isIP(host) === 0 && host !== 'localhost') environment.refuse('HOST must be an IP address')
  const written = environment.text('${LOG_LEVEL:-info}')
  const level = levels.find((one) => one === written)
  if (level === undefined) environment.refuse(`LOG_LEVEL must be one of ${levels.join(', ')}`)
  return {
    port: whole('PORT', 8_080, 0, 65_535),
    host,
    // The log is made before all else is checked, and pino throws for a level that it does not have.
    logLevel: level ?? 'info',
    drainDelay: whole('DRAIN_DELAY_MS', 5_000, 0, hour),
    drainGrace: whole('DRAIN_GRACE_MS', 25_000, 0, hour),
    keepAlive: whole('KEEP_ALIVE_MS', 5_000, 1, hour),
    requestTimeout: whole('REQUEST_TIMEOUT_MS', 30_000, 1, hour),
  }
}
