import { discoverKeys } from '../../../templates/runtime/auth/discovery.ts'
import { createEndpointClient, type EndpointClient } from '../../../templates/runtime/support/httpClient.ts'
import { isMembers, type Members } from '../../../templates/runtime/support/values.ts'
import { isAlgorithm } from '../../../templates/runtime/words/algorithms.ts'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { endpointFault, isLoopback } from '../../../templates/runtime/words/webAddresses.ts'
import { list } from '../../support/index.ts'
import { isFallback } from './draft.ts'
import { issuerFault, issuerOf, type Learned, unasked } from './issuerAddress.ts'
import { remark } from './text.ts'

type Metadata = Members

/** Scopes that every OpenID provider has (OpenID Connect Core 1.0 sections 5.4 and 11). */
const general = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access'])

/**
 * Asks an issuer for its metadata and keys, as a gateway does at its start. `address`: the issuer, or its metadata. Sends at most
 * six requests, each limited to 2 s and 256 KB and without redirects; only with TLS, or to this machine.
 */
export async function learnIssuer(
  address: string,
  endpoint: EndpointClient = createEndpointClient(),
): Promise<Learned> {
  try {
    return { ...(await learn(address, endpoint)), typed: address }
  } finally {
    endpoint.close()
  }
}

async function learn(address: string, endpoint: EndpointClient): Promise<Omit<Learned, 'typed'>> {
  const given = issuerOf(address)
  const failed = (reason: string): Omit<Learned, 'typed'> => ({
    ...unasked(address),
    note: `Nothing was learned about the issuer ${given} (${remark(reason)}). Only its address is written.`,
  })
  if (!isSafe(given, address)) return failed('it has no TLS')
  const asked = await discover(given, endpoint)
  if (asked.kind === 'found') return known(given, asked.jwks, null, asked.metadata, endpoint)

  const isMetadata = given !== address
  const metadata = (isMetadata ? await metadataAt(address, endpoint) : null) ?? asked.metadata
  const named = metadata['issuer']
  if (typeof named !== 'string' || named === given) return failed(asked.reason)
  if (!isMetadata && withoutSlash(named) !== withoutSlash(given)) return failed(`its metadata is that of ${named}`)
  if (issuerFault(named) !== null || !isSafe(named, given)) return failed(`its metadata names the issuer ${named}`)
  const again = await discover(named, endpoint)
  if (again.kind === 'found') return known(named, again.jwks, null, again.metadata, endpoint)
  const { jwks_uri: jwks } = metadata
  return typeof jwks === 'string' && endpointFault(jwks) === null && isFallback(jwks) && isSafe(jwks, given)
    ? known(named, jwks, jwks, metadata, endpoint)
    : failed(again.reason)
}

/** `jwks`: the address of the keys. `written`: the same if a gateway does not find it by discovery, else `null`. */
async function known(
  address: string,
  jwks: string,
  written: string | null,
  metadata: Metadata,
  endpoint: EndpointClient,
): Promise<Omit<Learned, 'typed'>> {
  const algorithms = isSafe(jwks, address) ? await algorithmsOf(jwks, metadata, endpoint) : []
  const scopes = textsOf(metadata['scopes_supported'])
    .filter((scope) => !general.has(scope))
    .map(remark)
  return {
    issuer: { address, jwks: written, algorithms, scopes },
    note: [
      `The issuer ${address} has its keys at ${remark(jwks)}`,
      ...(algorithms.length === 0 ? [] : [`signs with ${list(algorithms)}`]),
      ...(scopes.length === 0
        ? []
        : [`offers ${scopes.length === 1 ? 'the scope' : `${scopes.length} scopes, such as`} ${scopes[0]}`]),
    ].join(', '),
  }
}

/** Algorithms that gateways accept: those that the keys are for if each key says so, else those of the metadata. */
async function algorithmsOf(jwks: string, metadata: Metadata, endpoint: EndpointClient): Promise<readonly string[]> {
  const answer = await endpoint.ask(jwks, { method: 'GET' })
  const body = answer.kind === 'answer' && answer.status === 200 && isMembers(answer.body) ? answer.body : {}
  const keys = Array.isArray(body['keys']) ? body['keys'].filter(isMembers) : []
  const signing = keys.filter(({ use }) => use !== 'enc').map(({ alg }) => alg)
  const named = signing.every((alg) => typeof alg === 'string') ? textsOf(signing) : []
  const all = named.length > 0 ? named : textsOf(metadata['id_token_signing_alg_values_supported'])
  return [...new Set(all.filter(isAlgorithm))].sort()
}

/** As `discoverKeys`, with the metadata that decided; empty if nothing was answered. */
async function discover(issuer: string, endpoint: EndpointClient) {
  const answers: Metadata[] = []
  const found = await discoverKeys(issuer, {
    ...endpoint,
    async ask(url, enquiry) {
      const answer = await endpoint.ask(url, enquiry)
      if (answer.kind === 'answer' && answer.status === 200 && isMembers(answer.body)) answers.push(answer.body)
      return answer
    },
  })
  return { ...found, metadata: (found.kind === 'found' ? answers.at(-1) : answers[0]) ?? {} }
}

async function metadataAt(address: string, endpoint: EndpointClient): Promise<Metadata | null> {
  const answer = await endpoint.ask(address, { method: 'GET' })
  return answer.kind === 'answer' && answer.status === 200 && isMembers(answer.body) ? answer.body : null
}

/** Whether an address may be asked: it has TLS, or is on this machine, as the one that led to it. */
function isSafe(address: string, from: string): boolean {
  const [url, origin] = [parseUrl(address), parseUrl(from)]
  if (url === null || origin === null) return false
  return isLoopback(url.hostname) ? isLoopback(origin.hostname) : url.protocol === 'https:'
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, '')
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
