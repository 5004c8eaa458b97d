import type { CredentialModel, Manifest } from '../../model/types.ts'
import type { ClientDraft } from './types.ts'

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
