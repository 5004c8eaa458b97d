import type { CredentialModel } from '../../model/types.ts'

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
