// Who calls a gateway: nobody, a development user, a user who signed in, or whoever a pasted credential belongs to. Tokens are
// kept until the tab is closed.

const key = (gateway) => `caller ${gateway}`
const attemptKey = 'sign-in'

/**
 * @typedef {{ kind: 'nobody' } | { kind: 'user', name: string } | { kind: 'token' | 'pasted', value: string }} Caller
 * @returns {Caller}
 */
export function callerOf(gateway) {
  return JSON.parse(sessionStorage.getItem(key(gateway)) ?? '{"kind":"nobody"}')
}

export function setCaller(gateway, caller) {
  sessionStorage.setItem(key(gateway), JSON.stringify(caller))
}

const encoded = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)))

/** Throws an error to show if the issuer cannot be asked. */
async function metadataOf(issuer) {
  try {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`)
    if (answer.ok) return await answer.json()
  } catch {
    // The browser does not say why.
  }
  throw new Error(`The metadata of ${issuer} cannot be read. Does the identity provider run?`)
}

const redirectUri = () => `${location.origin}/callback`

/** Leads to the identity provider: authorization code flow with PKCE (RFC 7636). Throws an error to show if that is not possible. */
export async function signIn({ id, signIn: { issuer, clientId }, scopes }) {
  const metadata = await metadataOf(issuer)
  const attempt = { gateway: id, clientId, issuer, verifier: random(), state: random(), back: location.hash }
  sessionStorage.setItem(attemptKey, JSON.stringify(attempt))
  const challenge = encoded(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier)))
  const parameters = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: ['openid', ...scopes].join(' '),
    state: attempt.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    prompt: 'login',
  })
  location.assign(`${metadata.authorization_endpoint}?${parameters}`)
}

/** Takes the code from the address, if the provider has just led back here. Returns an error to show, or `null`. */
export async function finishSignIn() {
  if (location.pathname !== '/callback') return null
  const answer = new URLSearchParams(location.search)
  const attempt = JSON.parse(sessionStorage.getItem(attemptKey) ?? 'null')
  sessionStorage.removeItem(attemptKey)
  history.replaceState(null, '', `/${attempt?.back ?? ''}`)
  if (attempt === null || answer.get('state') !== attempt.state) return 'This answer belongs to no sign-in of this tab.'
  if (answer.has('error')) return answer.get('error_description') ?? answer.get('error')
  const metadata = await metadataOf(attempt.issuer)
  const exchanged = await fetch(metadata.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: redirectUri(),
      client_id: attempt.clientId,
      code_verifier: attempt.verifier,
    }),
  })
  const tokens = await exchanged.json()
  if (!exchanged.ok) return tokens.error_description ?? tokens.error
  setCaller(attempt.gateway, { kind: 'token', value: tokens.access_token })
  return null
}

/** The development user that a caller is; `null`: none of them. */
export function userOf(caller, users) {
  if (caller.kind === 'nobody') return null
  if (caller.kind === 'user') return users.find(({ name }) => name === caller.name) ?? null
  const subject = claimsOf(caller.value)?.sub
  return users.find((user) => user.subject === subject) ?? null
}

/** The claims of a JWT; `null`: the text is not one. */
export function claimsOf(token) {
  try {
    const [, payload] = token.split('.')
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
