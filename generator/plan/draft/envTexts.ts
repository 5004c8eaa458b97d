import { listedValues, resolveEnvText } from '../../../templates/runtime/words/envText.ts'
import type {
  AuthenticatorModel,
  ClientManifest,
  CredentialModel,
  EnvTextModel,
  ServiceManifest,
} from '../../model/types.ts'

/** A text and its path in the manifest: `services.orders.url`. */
export interface EnvTextUse {
  readonly use: string
  readonly text: EnvTextModel
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
  const at = `services.${id}`
  return [
    ...url.map((text) => ({ use: `${at}.url`, text })),
    ...credentials.flatMap((one) => credentialEnvTexts(`${at}.credential`, one)),
    ...redirectHosts.map((text) => ({ use: `${at}.redirectHosts`, text })),
  ]
}

function credentialEnvTexts(at: string, credential: CredentialModel): readonly EnvTextUse[] {
  const under = `${at}.${credential.kind}`
  return Object.entries(credential).flatMap(([name, value]): readonly EnvTextUse[] =>
    isEnvText(value) ? [{ use: `${under}.${name}`, text: value }] : [],
  )
}

/** Texts of an authenticator. */
export function authenticatorEnvTexts(authenticator: AuthenticatorModel): readonly EnvTextUse[] {
  const at = `authenticators.${authenticator.id}`
  if (authenticator.kind === 'api-key') {
    return [
      { use: `${at}.keys`, text: authenticator.keys },
      { use: `${at}.pepper`, text: authenticator.pepper },
    ]
  }
  return authenticator.issuers.flatMap(({ issuer, audience, clientIds, jwks }) => [
    { use: `${at}.issuer`, text: issuer },
    ...audience.map((text) => ({ use: `${at}.audience`, text })),
    ...clientIds.map((text) => ({ use: `${at}.clientIds`, text })),
    ...(jwks === null ? [] : [{ use: `${at}.jwks`, text: jwks }]),
  ])
}

/** Texts of a client itself. */
export function clientEnvTexts({ id, cors, publicHosts, trustedProxies }: ClientManifest): readonly EnvTextUse[] {
  const at = `clients.${id}`
  return [
    ...(cors?.origins ?? []).map((text) => ({ use: `${at}.cors.origins`, text })),
    ...(publicHosts ?? []).map((text) => ({ use: `${at}.publicHosts`, text })),
    ...trustedProxies.map((text) => ({ use: `${at}.trustedProxies`, text })),
  ]
}

function isEnvText(value: unknown): value is EnvTextModel {
  return typeof value === 'object' && value !== null && 'text' in value && 'variables' in value
}
