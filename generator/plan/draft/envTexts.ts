import { listedValues, resolveEnvText } from '../../../templates/runtime/words/envText.ts'
import type {
  AuthenticatorModel,
  ClientManifest,
  CredentialModel,
  EnvTextModel,
  ServiceManifest,
} from '../../model/types.ts'

/** A text, its path in the manifest (`services.orders.url`), and that path without the name (`services.url`). */
export interface EnvTextUse {
  readonly use: string
  readonly setting: string
  readonly text: EnvTextModel
}

/** Makes the uses of the texts of one service, authenticator or client. */
function usesOf(kind: 'services' | 'authenticators' | 'clients', id: string) {
  return (setting: string, texts: readonly EnvTextModel[]): readonly EnvTextUse[] =>
    texts.map((text) => ({ use: `${kind}.${id}.${setting}`, setting: `${kind}.${setting}`, text }))
}

/** The text of a setting if no variable is set; `null` if a variable is required. */
export function literalOf({ text }: EnvTextModel): string | null {
  return resolveEnvText(text, ({ fallback }) => fallback)
}

/**
 * The text of a setting if no variable is set, with a letter in place of each required variable. A fault of this text is in
 * what the manifest says, whatever the values of the required variables are.
 */
export function exampleOf({ text }: EnvTextModel): string {
  return resolveEnvText(text, ({ fallback }) => fallback ?? 'x') ?? ''
}

/** The values of a list of settings if no variable is set, each with its setting. Settings that need a variable are left out. */
export function literalsOf(
  settings: readonly EnvTextModel[],
): readonly { readonly value: string; readonly setting: EnvTextModel }[] {
  return settings.flatMap((setting) => listedValues(literalOf(setting) ?? '').map((value) => ({ value, setting })))
}

/** Texts of a service that is called with these credentials, and whose redirects may lead to these hosts. */
export function serviceEnvTexts(
  { id, url }: ServiceManifest,
  credentials: readonly CredentialModel[],
  redirectHosts: readonly EnvTextModel[],
): readonly EnvTextUse[] {
  const uses = usesOf('services', id)
  return [
    ...uses('url', url),
    ...credentials.flatMap((credential) =>
      Object.entries(credential).flatMap(([name, value]): readonly EnvTextUse[] =>
        isEnvText(value) ? uses(`credential.${credential.kind}.${name}`, [value]) : [],
      ),
    ),
    ...uses('redirectHosts', redirectHosts),
  ]
}

/** Texts of an authenticator. */
export function authenticatorEnvTexts(authenticator: AuthenticatorModel): readonly EnvTextUse[] {
  const uses = usesOf('authenticators', authenticator.id)
  if (authenticator.kind === 'api-key') {
    return [...uses('keys', [authenticator.keys]), ...uses('pepper', [authenticator.pepper])]
  }
  return authenticator.issuers.flatMap(({ issuer, audience, clientIds, jwks }) => [
    ...uses('issuer', [issuer]),
    ...uses('audience', audience),
    ...uses('clientIds', clientIds),
    ...(jwks === null ? [] : uses('jwks', [jwks])),
  ])
}

/** Texts of a client itself. */
export function clientEnvTexts({ id, cors, publicHosts, trustedProxies }: ClientManifest): readonly EnvTextUse[] {
  const uses = usesOf('clients', id)
  return [
    ...uses('cors.origins', cors?.origins ?? []),
    ...uses('publicHosts', publicHosts ?? []),
    ...uses('trustedProxies', trustedProxies),
  ]
}

function isEnvText(value: unknown): value is EnvTextModel {
  return typeof value === 'object' && value !== null && 'text' in value && 'variables' in value
}
