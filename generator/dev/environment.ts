import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { envReference, parseEnvText } from '../../templates/runtime/words/envText.ts'
import type { ClientPlan } from '../plan/types.ts'
import { compareText } from '../support/index.ts'
import type { DevelopmentUser } from './users.ts'

/** The services that the gateways of a development system use. */
export interface Surroundings {
  /** `null`: no gateway needs the development identity provider. */
  readonly issuer: string | null
  /** Address of the simulator of each service. */
  readonly simulators: Readonly<Record<string, string>>
  /** The shell's variables. They take precedence over generated values. */
  readonly shell: Readonly<Record<string, string | undefined>>
  readonly users: readonly DevelopmentUser[]
  readonly secrets: Secrets
}

/**
 * Secrets of a development session. Each purpose has one secret until the session ends, so that API keys remain valid
 * when a gateway restarts.
 */
export interface Secrets {
  text(purpose: string): string
  /** PKCS #8 PEM of a P-256 key. */
  key(purpose: string): string
}

export function createSecrets(): Secrets {
  const made = new Map<string, string>()
  const once = (purpose: string, make: () => string): string => {
    const value = made.get(purpose) ?? make()
    made.set(purpose, value)
    return value
  }
  return {
    text: (purpose) => once(purpose, () => randomBytes(24).toString('hex')),
    key: (purpose) =>
      once(purpose, () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      ),
  }
}

/** An API key for a gateway in development. */
export interface DevelopmentKey {
  readonly client: string
  readonly header: string
  readonly key: string
  readonly scopes: readonly string[]
  readonly user: string
}

export interface Environment {
  readonly variables: Readonly<Record<string, string>>
  /** Empty if the shell gives the list of keys: nobody knows these keys then. */
  readonly keys: readonly DevelopmentKey[]
  /** Settings that could not be replaced, because the manifest has a fixed value. */
  readonly notes: readonly string[]
}

export const developmentClient = { id: 'gateway', secret: 'development-only' } as const

/** Values for every variable of a gateway, so that it runs with simulators and the development identity provider. */
export function developmentEnvironment(client: ClientPlan, surroundings: Surroundings): Environment {
  const variables: Record<string, string> = {}
  const notes: string[] = []
  const keys: DevelopmentKey[] = []
  const { shell, secrets } = surroundings
  const issuer = surroundings.issuer ?? ''
  const set = (setting: string, value: string, what: string): void => {
    const name = onlyReference(setting)
    if (name !== null) variables[name] ??= value
    else if (!setting.includes('${') && setting !== value) notes.push(`${what} is fixed in the manifest (${setting})`)
  }

  for (const { id, service } of client.services) {
    for (const url of service.url) set(url, surroundings.simulators[id] ?? '', `The url of ${id}`)
    for (const credential of Object.values(service.credentials)) {
      if (credential.kind === 'client' || credential.kind === 'exchange') {
        set(credential.tokenUrl, `${issuer}/token`, `The token endpoint for ${id}`)
        set(credential.clientId, developmentClient.id, `The client id for ${id}`)
        set(credential.clientSecret, developmentClient.secret, `The client secret for ${id}`)
      }
      if (credential.kind === 'identity') set(credential.key, secrets.key(credential.key), `The signing key for ${id}`)
    }
  }
  for (const authenticator of Object.values(client.client.authenticators)) {
    if (authenticator.kind === 'jwt') {
      for (const one of authenticator.issuers) {
        // Keys are those of the issuer, so that a real issuer keeps its own.
        if (givenBy(one.issuer, shell) === null && one.jwks !== null)
          set(one.jwks, `${issuer}/jwks`, 'The address of the key set')
        set(one.issuer, issuer, 'The issuer')
      }
    } else {
      const pepper = givenBy(authenticator.pepper, shell) ?? secrets.text(authenticator.pepper)
      const made = surroundings.users.map((user) => developmentKey(client, authenticator.header, user, pepper, secrets))
      set(authenticator.pepper, pepper, 'The pepper of API keys')
      set(authenticator.keys, JSON.stringify(made.map(({ record }) => record)), 'The list of API keys')
      if (givenBy(authenticator.keys, shell) === null) keys.push(...made.map(({ key }) => key))
    }
  }
  for (const { name, fallback } of client.variables) {
    if (fallback === null) variables[name] ??= `development-${name.toLowerCase().replaceAll('_', '-')}`
  }
  for (const name of new Set([...Object.keys(variables), ...client.variables.map((one) => one.name)])) {
    const own = shell[name]
    if (own !== undefined) variables[name] = own
  }
  const sorted = Object.entries(variables).sort(([a], [b]) => compareText(a, b))
  return { variables: Object.fromEntries(sorted), keys, notes: [...new Set(notes)] }
}

/** The value that the manifest or the shell gives a setting; `null`: `dev` decides it. */
export function givenBy(setting: string, shell: Surroundings['shell']): string | null {
  const name = onlyReference(setting)
  if (name !== null) return shell[name] ?? null
  return setting.includes('${') ? null : setting
}

/** The variable's name if a setting is exactly one reference. */
export function onlyReference(setting: string): string | null {
  const [only] = parseEnvText(setting).variables
  return only !== undefined && setting === envReference(only.name, only.fallback) ? only.name : null
}

function developmentKey(client: ClientPlan, header: string, user: DevelopmentUser, pepper: string, secrets: Secrets) {
  const id = user.name.replaceAll(/[^A-Za-z0-9-]/g, '-')
  const secret = secrets.text(`key of ${user.name} for ${client.id}`)
  return {
    key: { client: client.id, header, key: `dev_${id}_${secret}`, scopes: user.scopes, user: user.name },
    record: {
      id,
      hash: createHmac('sha256', pepper).update(secret).digest('hex'),
      subject: user.subject,
      scopes: user.scopes,
      roles: user.roles,
      claims: user.claims,
    },
  }
}
