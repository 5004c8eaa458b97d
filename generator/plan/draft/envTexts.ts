import { listedValues, resolveEnvText } from '../../../templates/runtime/words/envText.ts'
import type {
  AuthenticatorModel,
  ClientManifest,
  CredentialModel,
  EnvTextModel,
  ServiceManifest,
} from '../../model/types.ts'

/** A setting and what it is for, in the words of the manifest: `services.orders.url`. */
export interface SettingUse {
  readonly use: string
  readonly setting: EnvTextModel
}

/** The text that a setting has where no variable is set; `null` where a variable is required. */
export function literalOf({ text }: EnvTextModel): string | null {
  return resolveEnvText(text, ({ fallback }) => fallback)
}

/** The values of a list of settings where no variable is set, each with its setting. Without those that need a variable. */
export function literalsOf(
  settings: readonly EnvTextModel[],
): readonly { readonly value: string; readonly setting: EnvTextModel }[] {
  return settings.flatMap((setting) => listedValues(literalOf(setting) ?? '').map((value) => ({ value, setting })))
}

/** Settings of a service that is called with these credentials. */
export function serviceSettings(
  { id, url }: ServiceManifest,
  credentials: readonly CredentialModel[],
): readonly SettingUse[] {
  const at = `services.${id}`
  return [
    ...url.map((setting) => ({ use: `${at}.url`, setting })),
    ...credentials.flatMap((one) => credentialSettings(`${at}.credential`, one)),
  ]
}

function credentialSettings(at: string, credential: CredentialModel): readonly SettingUse[] {
  const under = `${at}.${credential.kind}`
  return Object.entries(credential).flatMap(([name, value]): readonly SettingUse[] =>
    isSetting(value) ? [{ use: `${under}.${name}`, setting: value }] : [],
  )
}

/** Settings of an authenticator. */
export function authenticatorSettings(authenticator: AuthenticatorModel): readonly SettingUse[] {
  const at = `authenticators.${authenticator.id}`
  if (authenticator.kind === 'api-key') {
    return [
      { use: `${at}.keys`, setting: authenticator.keys },
      { use: `${at}.pepper`, setting: authenticator.pepper },
    ]
  }
  return authenticator.issuers.flatMap(({ issuer, audience, jwks }) => [
    { use: `${at}.issuer`, setting: issuer },
    ...audience.map((setting) => ({ use: `${at}.audience`, setting })),
    ...(jwks === null ? [] : [{ use: `${at}.jwks`, setting: jwks }]),
  ])
}

/** Settings of a client itself. */
export function clientSettings({ id, cors, publicHosts, trustedProxies }: ClientManifest): readonly SettingUse[] {
  const at = `clients.${id}`
  return [
    ...(cors?.origins ?? []).map((setting) => ({ use: `${at}.cors.origins`, setting })),
    ...(publicHosts ?? []).map((setting) => ({ use: `${at}.publicHosts`, setting })),
    ...trustedProxies.map((setting) => ({ use: `${at}.trustedProxies`, setting })),
  ]
}

function isSetting(value: unknown): value is EnvTextModel {
  return typeof value === 'object' && value !== null && 'text' in value && 'variables' in value
}
