import type { CredentialModel } from '../../model/types.ts'
import { credentialLists, headerOf } from '../draft/credentials.ts'
import type { Check, Finding } from './check.ts'

/** Two credentials in one header, of which only the last would be sent, or `none` beside another credential. */
export const clashingCredentials: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => credentialLists(clients, manifest).flatMap(clashes),
}

function clashes(list: readonly CredentialModel[]): readonly Finding[] {
  const seen = new Map<string, CredentialModel>()
  return list.flatMap((credential) => {
    const place = credential.kind === 'mtls' ? 'the connection' : (headerOf(credential) ?? 'nothing')
    const other = credential.kind === 'none' ? list.find((one) => one !== credential) : seen.get(place)
    seen.set(place, credential)
    if (other === undefined) return []
    const fault =
      credential.kind === 'none'
        ? '`none` is combined with another credential'
        : `\`${other.kind}\` and \`${credential.kind}\` both fill ${place === 'the connection' ? place : `the header \`${place}\``}`
    return [
      {
        message: `The credentials conflict: ${fault}.`,
        origin: credential.origin,
        related: [{ origin: other.origin, message: 'is the other one' }],
        remedy: 'Keep one of them.',
      },
    ]
  })
}
