import type { Surroundings } from '../observe/surroundings.ts'
import type { EndpointClient } from '../support/httpClient.ts'
import { discoverKeys } from './discovery.ts'
import { parseKeySet } from './keySet.ts'
import type { Load } from './keySource.ts'

/** Fetches an issuer's keys. Discovery is repeated after a failure and once a day. */
export function createKeyLoad(
  issuer: string,
  configured: string | null,
  endpoint: EndpointClient,
  { monotonic }: Surroundings,
): Load {
  const day = 24 * 60 * 60_000
  let discovered: { readonly address: string; readonly until: number } | null = null

  async function load(): ReturnType<Load> {
    let address = configured
    if (address === null && (discovered === null || monotonic() >= discovered.until)) {
      const found = await discoverKeys(issuer, endpoint)
      if (found.kind === 'failed') return found
      discovered = { address: found.jwks, until: monotonic() + day }
    }
    address ??= discovered?.address ?? null
    if (address === null) return { kind: 'failed', reason: 'no address' }
    const answer = await endpoint.ask(address, { method: 'GET' })
    if (answer.kind === 'failed') return { kind: 'failed', reason: `keys: ${answer.reason}` }
    if (answer.status !== 200) return { kind: 'failed', reason: `keys: status ${answer.status}` }
    const keys = parseKeySet(answer.body)
    return keys === null ? { kind: 'failed', reason: 'keys: no usable key set' } : { kind: 'keys', keys }
  }

  return async () => {
    const loaded = await load()
    if (loaded.kind === 'failed') discovered = null
    return loaded
  }
}
