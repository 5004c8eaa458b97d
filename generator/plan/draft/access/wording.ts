import type { Access, Grant } from '../../../../templates/runtime/vocabulary.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import { claimText } from '../expression/reference.ts'

/** A rule in words: `scope orders:read; accountId is the caller's accounts`. */
export function accessWords(
  access: Access,
  conditions: readonly string[],
  binds: readonly { readonly input: string; readonly claim: string }[],
): string {
  if (access.kind === 'public') return isSignInOptional(access) ? 'public, callers may sign in' : 'public'
  const owns = access.own.map(
    ({ parameter, claim }) => `${parameter} is the caller's ${claimText(claim)}, or among them`,
  )
  const bound = binds.map(({ input, claim }) => `${input} is the caller's ${claim}`)
  return [grantsWords(access.anyOf), ...conditions.map((text) => `when ${text}`), ...owns, ...bound].join('; ')
}

/** `any authenticated caller`; `scopes a and b, or role c`. */
export function grantsWords(grants: readonly Grant[]): string {
  return grants.map(grantWords).join(', or ')
}

function grantWords({ scopes, roles }: Grant): string {
  const parts = [...names('scope', scopes), ...names('role', roles)]
  return parts.length === 0 ? 'any authenticated caller' : parts.join(' and ')
}

function names(kind: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`${kind}${values.length === 1 ? '' : 's'} ${values.join(' and ')}`]
}
