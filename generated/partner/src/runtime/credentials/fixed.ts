import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Credential } from '../vocabulary.ts'
import { ownCookies } from '../words/cookiePairs.ts'
import { isCredentialHeader } from '../words/headers.ts'
import { type Problem, problem } from '../words/problems.ts'
import { isBasicUserName, isHeaderSecret } from '../words/secrets.ts'
import type { Apply } from './types.ts'

type Kind<Name extends Credential['kind']> = Extract<Credential, { kind: Name }>

/** Forwards the caller's own token, to services configured to get it (rule J9). A caller without a token is refused with 403. */
export function createPrincipalCredential(use: string): Apply {
  const refused = callerWithoutToken(use)
  return ({ principal }, headers) => {
    if (principal === null || principal.token === null) return refused
    headers['authorization'] = `Bearer ${principal.token}`
    return undefined
  }
}

/** The problem of a call that needs the caller's token, for a caller who has none. `use` names the credential. */
export function callerWithoutToken(use: string): Problem {
  return problem('forbidden', { reason: 'caller-without-token', detail: use })
}

/** A static secret in a header. A secret in `Cookie` is sent beside the cookies of the client that the operation declares. */
export function createHeaderCredential({ name, value }: Kind<'header'>, environment: Environment, use: string): Apply {
  const header = name.toLowerCase()
  if (!isCredentialHeader(name)) environment.refuse(`${use}: the header ${name} cannot carry a credential`)
  const secret = requiredText(environment, value, `${use}: the value`)
  if (!isHeaderSecret(secret)) {
    environment.refuse(`${use}: the value (${value}) has characters that a header cannot carry`)
  }
  const addCookies = ownCookies(secret)
  return (_caller, headers) => {
    const clients = header === 'cookie' ? headers['cookie'] : undefined
    headers[header] = typeof clients === 'string' ? addCookies(clients) : secret
    return undefined
  }
}

/** Basic authentication (RFC 7617). */
export function createBasicCredential(
  { username, password }: Kind<'basic'>,
  environment: Environment,
  use: string,
): Apply {
  const user = requiredText(environment, username, `${use}: the user name`)
  const secret = requiredText(environment, password, `${use}: the password`)
  if (!isBasicUserName(user))
    environment.refuse(`${use}: the user name (${username}) contains a colon, which RFC 7617 does not allow`)
  const authorization = basicAuthorization(user, secret)
  return (_caller, headers) => {
    headers['authorization'] = authorization
    return undefined
  }
}

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
}
