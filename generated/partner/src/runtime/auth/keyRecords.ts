import { isMembers, type Members } from '../support/values.ts'
import { isAddressRange } from '../words/addresses.ts'
import { isKeyId } from './keys.ts'

/** One key as stored; the secret itself is not stored. Times are ISO 8601. */
export interface ApiKeyRecord {
  /** 1 to 64 letters, digits or hyphens: the middle of `<prefix>_<id>_<secret>`. */
  readonly id: string
  /** Lower-case hex of HMAC-SHA-256(pepper, secret). For rotation, two entries have the same `subject`. */
  readonly hash: string
  readonly subject: string
  readonly scopes: readonly string[]
  readonly roles?: readonly string[]
  readonly expires?: string
  /** CIDR ranges or addresses the key may be used from; absent: any. */
  readonly addresses?: readonly string[]
  readonly claims?: Readonly<Record<string, unknown>>
}

/** The parsed keys, or all faults of the text. */
export type ParsedRecords =
  | { readonly kind: 'records'; readonly records: readonly ApiKeyRecord[] }
  | { readonly kind: 'faults'; readonly faults: readonly string[] }

type Rule = readonly [required: boolean, fits: (value: unknown) => boolean, wanted: string]

const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

const rules: Readonly<Record<keyof ApiKeyRecord, Rule>> = {
  id: [true, (value) => typeof value === 'string' && isKeyId(value), '1 to 64 letters, digits or hyphens'],
  hash: [
    true,
    (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
    '64 lower-case hexadecimal digits',
  ],
  subject: [true, (value) => typeof value === 'string' && value !== '', 'a non-empty string'],
  scopes: [true, (value) => isList(value, (scope) => /^[^\s]+$/.test(scope)), 'a list of scopes'],
  roles: [false, (value) => isList(value, (role) => role !== ''), 'a list of roles'],
  expires: [false, isInstant, 'an ISO 8601 date, or a date and time with a zone'],
  addresses: [false, (value) => isList(value, isAddressRange), 'a list of IP addresses or CIDR ranges'],
  claims: [false, isMembers, 'an object'],
}

/** Parses the JSON of stored keys. Faults name the place and the expected format, never a value: they may be logged. */
export function parseRecords(text: string): ParsedRecords {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return { kind: 'faults', faults: ['is not JSON'] }
  }
  if (!Array.isArray(list)) return { kind: 'faults', faults: ['is not a JSON array'] }
  const faults = list.flatMap((record: unknown, index) =>
    (isMembers(record) ? faultsOf(record) : ['is not an object']).map((fault) => `[${index}] ${fault}`),
  )
  const ids = list.map((record: unknown) => (isMembers(record) ? record['id'] : undefined))
  ids.forEach((id, index) => {
    if (typeof id === 'string' && ids.indexOf(id) !== index)
      faults.push(`[${index}] id is also the id of an earlier key`)
  })
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'records', records: list }
}

function faultsOf(record: Members): readonly string[] {
  const faults = Object.entries(rules).flatMap(([name, [required, fits, wanted]]) => {
    if (!Object.hasOwn(record, name)) return required ? [`has no ${name}`] : []
    return fits(record[name]) ? [] : [`${name} is not ${wanted}`]
  })
  // A misspelt `expires` or `addresses` would make a key valid for ever, or from any address.
  const unknown = Object.keys(record).filter((name) => !Object.hasOwn(rules, name))
  return unknown.length === 0 ? faults : [...faults, 'has an unknown member']
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value))
}

function isList(value: unknown, fits: (member: string) => boolean): boolean {
  return Array.isArray(value) && value.every((member) => typeof member === 'string' && fits(member))
}
