import { isCredentialHeader, isOwnHeaderName } from '../../../templates/runtime/words/headers.ts'
import { isBasicUserName, isHeaderSecret } from '../../../templates/runtime/words/secrets.ts'
import type { CredentialModel } from '../../model/types.ts'
import { credentialsIn } from '../draft/credentials.ts'
import { exampleOf } from '../draft/envTexts.ts'
import type { Check, Finding } from './check.ts'

/** A credential that its header cannot carry: because of the name of the header, or of the text around its secret. */
export const credentialHeader: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => credentialsIn(clients, manifest).flatMap(faultsOf),
}

function faultsOf(credential: CredentialModel): readonly Finding[] {
  if (credential.kind === 'basic') return userNameFaults(credential)
  return credential.kind === 'header' ? [...nameFaults(credential), ...valueFaults(credential)] : []
}

type Kind<Name extends CredentialModel['kind']> = Extract<CredentialModel, { kind: Name }>

function nameFaults({ name, origin }: Kind<'header'>): readonly Finding[] {
  // `Cookie` is allowed: a service may read its key from a cookie, and undeclared cookies of the caller are never passed on.
  if (isCredentialHeader(name)) return []
  return [
    {
      message: `The header \`${name}\` cannot carry a credential.`,
      origin,
      remedy: isOwnHeaderName(name)
        ? 'It has another meaning in a request. Use the header that the service documents, such as `Authorization` or `X-Api-Key`.'
        : 'Names of headers have letters, digits, `-` and `_`.',
    },
  ]
}

function valueFaults({ name, value }: Kind<'header'>): readonly Finding[] {
  if (isHeaderSecret(exampleOf(value))) return []
  return [
    {
      message: `The value \`${value.text}\` has characters that the header \`${name}\` cannot carry.`,
      origin: value.origin,
      remedy: 'The value of a header is printable ASCII, without spaces at its ends.',
    },
  ]
}

function userNameFaults({ username }: Kind<'basic'>): readonly Finding[] {
  if (isBasicUserName(exampleOf(username))) return []
  return [
    {
      message: `The user name \`${username.text}\` contains a colon, which RFC 7617 does not allow.`,
      origin: username.origin,
      remedy: 'Use the user name alone: the password has its own setting.',
    },
  ]
}
