import { writePath } from './demands.ts'

/** How access tokens for a gateway look. */
export interface TokenShape {
  /** `null`: the gateway does not check `aud`. */
  readonly audience: string | null
  /** The value of `client_id`; `null`: that of the client that requests the token. */
  readonly clientId: string | null
  /** The claim that has the scopes as a list, beside `scope`; `null`: none. */
  readonly scopesClaim: readonly string[] | null
}

/** A public client of the provider (RFC 6749 section 2.1), with which front ends obtain tokens for one gateway. */
export interface FrontEnd {
  /** The `client_id`. */
  readonly id: string
  readonly shape: TokenShape
}

const prefix = 'urn:gatewright:gateway:'

/** The resource (RFC 8707) that tokens of a front end are for if it names none. */
export function resourceOf({ id }: FrontEnd): string {
  return `${prefix}${encodeURIComponent(id)}`
}

export function frontEndOf(resource: string, all: readonly FrontEnd[]): FrontEnd | null {
  return all.find((one) => resourceOf(one) === resource) ?? null
}

/** Gives a token's claims the shape that a gateway expects. */
export function shapeClaims(claims: Record<string, unknown>, { shape }: FrontEnd): void {
  if (shape.clientId !== null) claims['client_id'] = shape.clientId
  if (shape.scopesClaim === null) return
  const scope = String(claims['scope'] ?? '')
  writePath(claims, shape.scopesClaim, scope === '' ? [] : scope.split(' '))
}

/** A client id for each gateway: its own id, unless the manifest names the clients whose tokens it accepts. */
export function frontEndsOf(
  gateways: readonly { readonly id: string; readonly shape: TokenShape }[],
  reserved: readonly string[],
): ReadonlyMap<string, FrontEnd> {
  const taken = new Set(reserved)
  return new Map(
    gateways.map(({ id, shape }) => {
      let name = shape.clientId ?? id
      while (taken.has(name)) name = name === id ? `${name}-app` : id
      taken.add(name)
      return [id, { id: name, shape }]
    }),
  )
}
