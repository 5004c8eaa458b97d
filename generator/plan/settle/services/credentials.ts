import type { Access, Credential, MutualTls } from '../../../../templates/runtime/vocabulary.ts'
import { needsCaller } from '../../../../templates/runtime/words/callerCredentials.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import type { CredentialModel } from '../../../model/types.ts'

/** The distinct credentials of one service in the emitted gateway, by name. */
export interface CredentialNames {
  readonly all: Readonly<Record<string, Credential>>
  /** The names of a list's credentials, in its order. Connection credentials (`mtls`) and `none` have no name. */
  namesOf(list: readonly CredentialModel[]): readonly string[]
}

/**
 * Names the credentials that the routes of a service send: by kind, the service's own first, then `header-2` and so on
 * for others of the same kind. The order of the lists must not depend on the order of the files.
 */
export function nameCredentials(lists: readonly (readonly CredentialModel[])[]): CredentialNames {
  const all: Record<string, Credential> = {}
  const names = new Map<string, string>()
  for (const model of lists.flat()) {
    const credential = credentialOf(model)
    if (credential === null) continue
    const contents = JSON.stringify(credential)
    if (names.has(contents)) continue
    const taken = Object.values(all).filter(({ kind }) => kind === credential.kind).length
    const name = taken === 0 ? credential.kind : `${credential.kind}-${taken + 1}`
    all[name] = credential
    names.set(contents, name)
  }
  return {
    all,
    namesOf: (list) =>
      list.flatMap((model) => {
        const credential = credentialOf(model)
        return credential === null ? [] : (names.get(JSON.stringify(credential)) ?? [])
      }),
  }
}

/** A credential as the runtime's data; `null` if it is not sent with a request. */
function credentialOf(model: CredentialModel): Credential | null {
  switch (model.kind) {
    case 'none':
    case 'mtls':
      return null
    case 'principal':
      return { kind: 'principal' }
    case 'header':
      return { kind: 'header', name: model.name, value: model.value.text }
    case 'basic':
      return { kind: 'basic', username: model.username.text, password: model.password.text }
    case 'client':
      return {
        kind: 'client',
        tokenUrl: model.tokenUrl.text,
        clientId: model.clientId.text,
        clientSecret: model.clientSecret.text,
        scopes: model.scopes,
        audience: model.audience?.text ?? null,
      }
    case 'exchange':
      return {
        kind: 'exchange',
        tokenUrl: model.tokenUrl.text,
        clientId: model.clientId.text,
        clientSecret: model.clientSecret.text,
        scopes: model.scopes,
        audience: model.audience.text,
      }
    case 'identity':
      return {
        kind: 'identity',
        issuer: model.issuer.text,
        audience: model.audience.text,
        key: model.key.text,
        claims: model.claims,
        lifetime: model.lifetime,
      }
  }
}

/** The client certificate of a service's connections. */
export function tlsOf(list: readonly CredentialModel[]): MutualTls | null {
  const found = list.find((credential) => credential.kind === 'mtls')
  if (found?.kind !== 'mtls') return null
  return { cert: found.cert.text, key: found.key.text, ca: found.ca?.text ?? null }
}

/** A description of a credential for ACCESS.md. With optional sign-in, a credential of the caller is sent only if there is one. */
export function credentialWords(credential: Credential, access: Access): string {
  const isOptional = isSignInOptional(access) && needsCaller(credential.kind)
  return `${kindWords(credential)}${isOptional ? ' (if there is a caller)' : ''}`
}

function kindWords(credential: Credential): string {
  switch (credential.kind) {
    case 'principal':
      return "the caller's own token"
    case 'header':
      return `a secret in ${credential.name}`
    case 'basic':
      return 'a user name and password (basic)'
    case 'client':
      return "the gateway's own token (client credentials)"
    case 'exchange':
      return `a token exchanged for ${credential.audience}`
    case 'identity':
      return `a signed token about the caller for ${credential.audience}`
  }
}
