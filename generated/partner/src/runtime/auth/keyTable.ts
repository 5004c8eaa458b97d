import { randomBytes } from 'node:crypto'
import type { Principal } from '../access/principal.ts'
import { freezeDeep } from '../support/values.ts'
import { type AddressSet, createAddressSet } from '../words/addresses.ts'
import type { ApiKeyRecord } from './keyRecords.ts'

/** A stored key, prepared for comparison. */
export interface StoredKey {
  /** HMAC of the secret, 32 bytes. */
  readonly hash: Buffer
  readonly principal: Principal
  /** Milliseconds since the epoch. */
  readonly expires: number
  /** `null`: any. */
  readonly addresses: AddressSet | null
}

export type KeyTable = ReadonlyMap<string, StoredKey>

/** Compared with if the key id does not exist, so that both cases take the same time (rule K1). */
export const noHash: Buffer = randomBytes(32)

/** By id. `issuer` is the gateway's name, since the gateway issues its keys. */
export function createKeyTable(records: readonly ApiKeyRecord[], authenticator: string, issuer: string): KeyTable {
  return new Map(records.map((record) => [record.id, storedKey(record, authenticator, issuer)]))
}

function storedKey(record: ApiKeyRecord, authenticator: string, issuer: string): StoredKey {
  const expires = record.expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(record.expires)
  return {
    hash: Buffer.from(record.hash, 'hex'),
    expires,
    addresses: record.addresses === undefined ? null : createAddressSet(record.addresses),
    principal: Object.freeze({
      authenticator,
      issuer,
      subject: record.subject,
      scopes: new Set(record.scopes),
      roles: new Set(record.roles),
      claims: freezeDeep({ ...record.claims, sub: record.subject }),
      token: null,
      expires: record.expires === undefined ? null : Math.floor(expires / 1_000),
    }),
  }
}
