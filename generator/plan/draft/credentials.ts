import type { CredentialModel, Manifest, OperationModel } from '../../model/types.ts'
import { isOwn } from '../../settings/index.ts'
import type { Chosen } from './selectors/layering.ts'
import type { ServiceSource } from './source.ts'
import type { ClientDraft, RouteDraft } from './types.ts'

/** The credentials of a manifest, list by list: those of its services, and those of exposed operations. */
export function credentialLists(
  clients: readonly ClientDraft[],
  { services }: Pick<Manifest, 'services'>,
): readonly (readonly CredentialModel[])[] {
  return [
    ...services.map(({ settings }) => settings.credential),
    ...clients.flatMap((client) => client.manifest.expose.map(({ options }) => options.credential)),
  ].flatMap((list) => (list === null ? [] : [list.value]))
}

/** All credentials of a manifest. */
export function credentialsIn(
  clients: readonly ClientDraft[],
  manifest: Pick<Manifest, 'services'>,
): readonly CredentialModel[] {
  return credentialLists(clients, manifest).flat()
}

/** Credentials that are sent only to operations that ask for one. The others say who calls, or are part of the connection. */
const asked: ReadonlySet<CredentialModel['kind']> = new Set(['header', 'basic', 'client', 'principal', 'exchange'])

/**
 * Splits the effective credentials of an operation into those that are sent and those that are not. A credential of the whole service is
 * not sent to an operation whose document asks for none. `chosen`: that of the entries of `expose`.
 */
export function sentTo(
  operation: OperationModel,
  source: Pick<ServiceSource, 'declaresSecurity'>,
  credentials: readonly CredentialModel[],
  chosen: Chosen<readonly CredentialModel[]> | null,
): Pick<RouteDraft, 'credentials' | 'unsent'> {
  const isOfService = chosen === null || chosen.layer.selector.kind === 'service'
  if (!isOfService || !source.declaresSecurity || !asksForNone(operation)) return { credentials, unsent: [] }
  return {
    credentials: credentials.filter(({ kind }) => !asked.has(kind)),
    unsent: credentials.filter(({ kind }) => asked.has(kind)),
  }
}

/** Whether a document declares `security`, at its top or at one of its operations. */
export function declaresSecurity(operations: readonly OperationModel[]): boolean {
  return operations.some(({ security }) => security !== null)
}

/** Whether no alternative of an operation's effective `security` names a scheme: `[]` and `[{}]`, but not `[{}, { key: [] }]`. */
export function asksForNone({ security }: OperationModel): boolean {
  return (security ?? []).every((requirement) => requirement.length === 0)
}

/** Whether the credentials of a route are not those that its service has for all. */
export function hasOwnCredentials({ settings, unsent }: RouteDraft): boolean {
  return isOwn(settings.credential) || unsent.length > 0
}

/** The header that a credential fills, lower case. */
export function headerOf(credential: CredentialModel): string | null {
  switch (credential.kind) {
    case 'none':
    case 'mtls':
      return null
    case 'header':
      return credential.name.toLowerCase()
    default:
      return 'authorization'
  }
}
