import { addressFault, endpointFault } from '../../../templates/runtime/words/webAddresses.ts'
import { type IssuerDraft, isFallback } from './draft.ts'

/** An issuer, and what was learned about it, as one line for the user. */
export interface Learned {
  /** The address that was typed: of the issuer, or of its metadata. */
  readonly typed: string
  readonly issuer: IssuerDraft
  readonly note: string
}

/** The places of metadata below an address: OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3. */
const wellKnown = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(\/[^?]*)?(?:\?.*)?$/

/** Why a text is not the address of an issuer or of its metadata, after "the address ..."; `null`: it is one. */
export function issuerFault(text: string): string | null {
  const fault = wellKnown.test(text) ? endpointFault(text) : addressFault(text)
  // It becomes the default in a reference to the environment.
  return fault ?? (isFallback(text) ? null : 'has a brace, a dollar sign or a space in it')
}

/** The issuer of an address, without a request. */
export function unasked(typed: string): Learned {
  const address = issuerOf(typed)
  return {
    typed,
    issuer: { address, jwks: null, algorithms: [], scopes: [] },
    note: `The issuer ${address} was not asked.`,
  }
}

/** The issuer whose metadata is at an address; the address itself if it does not end as those of metadata do. */
export function issuerOf(address: string): string {
  return address.replace(wellKnown, '$1')
}
