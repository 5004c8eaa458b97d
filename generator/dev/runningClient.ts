import type { EnvText } from '../../templates/runtime/vocabulary.ts'
import { resolveEnvText } from '../../templates/runtime/words/envText.ts'
import type { ClientPlan } from '../plan/types.ts'
import type { Environment, Surroundings } from './environment.ts'
import type { FrontEnd, TokenShape } from './frontEnds.ts'
import type { IdentityProvider } from './identity.ts'
import { isProvided } from './needs.ts'
import type { DevelopmentUser } from './users.ts'

/** How callers of a gateway sign in. */
export type SignIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly header: string /** Whether `dev` made the keys. */; readonly provided: boolean }
  | {
      readonly kind: 'token'
      readonly issuer: string
      /** Whether the issuer is the development identity provider. */
      readonly provided: boolean
      /** The client of the development identity provider; `null`: another provider's are not known. */
      readonly clientId: string | null
      readonly audience: string | null
    }

export interface RunningClient {
  readonly id: string
  readonly url: string
  readonly environment: Environment
  readonly signIn: SignIn
  /** A setting of the manifest, such as the address of a service, as the gateway reads it. */
  address(setting: EnvText): string
  /**
   * The header line with a user's credential: `authorization: Bearer ...` or the API key's header. Empty: only another
   * provider, or the owner of the keys, has credentials.
   */
  credential(user: DevelopmentUser, scopes?: readonly string[]): Promise<string>
}

/** The tokens that a gateway expects of its first issuer; `null`: it takes no tokens. */
export function tokenShape({ client }: ClientPlan, variables: Environment['variables']): TokenShape | null {
  const jwt = Object.values(client.authenticators).find((one) => one.kind === 'jwt')
  const issuer = jwt?.kind === 'jwt' ? jwt.issuers[0] : undefined
  if (issuer === undefined) return null
  const first = (settings: readonly EnvText[] | null): string | null =>
    settings?.[0] === undefined ? null : settled(settings[0], variables)
  return {
    audience: first(issuer.audience),
    clientId: first(issuer.clientIds),
    scopesClaim: issuer.scopes?.join('.') === 'scope' ? null : issuer.scopes,
  }
}

export interface RunningOptions {
  readonly client: ClientPlan
  readonly url: string
  readonly environment: Environment
  readonly shell: Surroundings['shell']
  /** `null`: no gateway needs it. */
  readonly provider: IdentityProvider | null
  readonly frontEnd: FrontEnd | null
}

export function runningClient({ client, url, environment, shell, provider, frontEnd }: RunningOptions): RunningClient {
  const signIn = signInOf(client, environment, shell, frontEnd)
  const shape = tokenShape(client, environment.variables)
  return {
    id: client.id,
    url,
    environment,
    signIn,
    address: (setting) => settled(setting, environment.variables),
    credential: async (user, scopes) => {
      if (signIn.kind === 'key') {
        const key = environment.keys.find((one) => one.user === user.name)
        return key === undefined ? '' : `${key.header}: ${key.key}`
      }
      if (signIn.kind === 'none' || !signIn.provided || provider === null || shape === null) return ''
      const token = await provider.token({
        user: user.name,
        audience: shape.audience,
        ...(shape.clientId === null ? {} : { client: shape.clientId }),
        ...(shape.scopesClaim === null ? {} : { scopesClaim: shape.scopesClaim }),
        ...(scopes && { scopes }),
      })
      return `Authorization: Bearer ${token}`
    },
  }
}

function signInOf(
  { client }: ClientPlan,
  { variables, keys }: Environment,
  shell: Surroundings['shell'],
  frontEnd: FrontEnd | null,
): SignIn {
  const all = Object.values(client.authenticators)
  const jwt = all.find((one) => one.kind === 'jwt')
  const issuer = jwt?.kind === 'jwt' ? jwt.issuers[0] : undefined
  if (issuer !== undefined) {
    const provided = isProvided(issuer.issuer, shell)
    return {
      kind: 'token',
      issuer: settled(issuer.issuer, variables),
      provided,
      clientId: provided ? (frontEnd?.id ?? null) : null,
      audience: frontEnd?.shape.audience ?? null,
    }
  }
  const key = all.find((one) => one.kind === 'api-key')
  return key?.kind === 'api-key' ? { kind: 'key', header: key.header, provided: keys.length > 0 } : { kind: 'none' }
}

/** A setting with its variables replaced, as the gateway reads it. */
function settled(setting: EnvText, variables: Environment['variables']): string {
  return resolveEnvText(setting, ({ name, fallback }) => variables[name] ?? fallback ?? '') ?? ''
}
