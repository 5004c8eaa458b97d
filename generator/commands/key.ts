import { type ApiKeyRecord, parseRecords } from '../../templates/runtime/auth/keyRecords.ts'
import { createKey, hashKey, readKey } from '../../templates/runtime/auth/keys.ts'
import type { Report } from '../support/index.ts'
import { printJson, refuse } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface KeyOptions {
  readonly prefix: string
  /** `null`: random. */
  readonly id: string | null
  /** `null`: the same as the id. */
  readonly subject: string | null
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly expires: string | null
  readonly addresses: readonly string[]
  /** Name of the variable that contains the pepper. */
  readonly pepperFrom: string
  readonly json: boolean
}

/** In characters. A gateway refuses a shorter pepper at its start (rule K1). */
const shortestPepper = 16

/** Makes an API key: prints the key, which is not stored anywhere, and the record for the keys of an authenticator. */
export async function keyCommand(options: KeyOptions, terminal: Terminal, now: number = Date.now()): Promise<ExitCode> {
  const pepper = terminal.env[options.pepperFrom] ?? ''
  const ofPepper = pepperFaults(options.pepperFrom, pepper)
  // No key can be made of a faulty prefix or id.
  const ofForm = formFaults(options)
  if (ofForm.length > 0) return refuse([...ofPepper, ...ofForm], options.json, terminal)

  const made = createKey(options.prefix)
  const id = options.id ?? made.id
  const key = `${options.prefix}_${id}_${made.secret}`
  const record: ApiKeyRecord = {
    id,
    hash: hashKey(pepper, made.secret),
    subject: options.subject ?? id,
    scopes: options.scopes,
    ...(options.roles.length > 0 ? { roles: options.roles } : {}),
    ...(options.expires === null ? {} : { expires: options.expires }),
    ...(options.addresses.length > 0 ? { addresses: options.addresses } : {}),
  }
  const faults = [...ofPepper, ...recordFaults(record, now)]
  if (faults.length > 0) return refuse(faults, options.json, terminal)

  if (options.json) {
    printJson({ ok: true, key, record }, terminal)
    return 0
  }
  const { paint } = terminal
  terminal.err(paint.dim('The key, for its owner. It is not stored and cannot be shown again:'))
  terminal.out(key)
  terminal.err(paint.dim('\nThe record, for the JSON array that `keys` of the authenticator reads:'))
  terminal.out(JSON.stringify(record, null, 2))
  return 0
}

function pepperFaults(variable: string, pepper: string): readonly Report[] {
  if (pepper.length >= shortestPepper) return []
  const state = pepper === '' ? 'is not set' : `has fewer than ${shortestPepper} characters`
  return [
    {
      code: 'GW5005',
      message: `The variable ${variable}, which holds the pepper, ${state}.`,
      origin: null,
      remedy: `Set it to the pepper of the gateway, or to a new random value:\n    ${variable}=$(node -p "crypto.randomBytes(32).toString('hex')")`,
    },
  ]
}

/** The form of prefix and id is checked by `readKey`, which gateways use too. */
function formFaults({ prefix, id }: KeyOptions): readonly Report[] {
  const secret = 'x'.repeat(32)
  const faults: Report[] = []
  const report = (option: string, value: string, wanted: string): void => {
    faults.push({ code: 'GW5004', message: `${option} ${value} is not ${wanted}.`, origin: null })
  }
  if (readKey(`${prefix}_x_${secret}`)?.id !== 'x') report('--prefix', prefix, '1 to 32 letters, digits or hyphens')
  if (id !== null && readKey(`x_${id}_${secret}`)?.id !== id) report('--id', id, '1 to 64 letters, digits or hyphens')
  return faults
}

/** The faults for which a gateway would refuse the record at its start. */
function recordFaults(record: ApiKeyRecord, now: number): readonly Report[] {
  const parsed = parseRecords(JSON.stringify([record]))
  if (parsed.kind === 'faults') {
    return parsed.faults.map((fault) => ({
      code: 'GW5004',
      message: `The record would be refused: ${fault.replace(/^\[0\] /, '')}.`,
      origin: null,
    }))
  }
  if (record.expires === undefined || Date.parse(record.expires) > now) return []
  return [{ code: 'GW5004', message: `--expires ${record.expires} has passed.`, origin: null }]
}
