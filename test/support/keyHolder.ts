import { createKey, hashKey } from '../../templates/runtime/auth/keys.ts'
import type { Client } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'

/** A client whose one caller has an API key and these claims. */
export interface KeyHolder {
  readonly client: Client
  readonly env: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
}

export function aKeyHolder(claims: Readonly<Record<string, unknown>>, more: Partial<Client> = {}): KeyHolder {
  const pepper = 'p'.repeat(32)
  const key = createKey('test')
  const record = { id: key.id, hash: hashKey(pepper, key.secret), subject: 'me', scopes: [], claims }
  return {
    client: some.client({
      authenticators: {
        key: { kind: 'api-key', header: 'X-Api-Key', keys: '$' + '{KEYS}', pepper: '$' + '{PEPPER}' },
      },
      ...more,
    }),
    env: { KEYS: JSON.stringify([record]), PEPPER: pepper },
    headers: { 'x-api-key': key.text },
  }
}
