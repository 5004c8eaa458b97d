import { foldText } from './folding.ts'

/** The pairs of a field `Cookie`: `a=1` and `b=2` of `a=1; b=2`. */
export function cookiePairs(field: string): readonly string[] {
  return field
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
}

/** The name of a pair. A pair without `=` is a value without a name for some readers, and a name for others. */
export function cookieName(pair: string): string {
  const end = pair.indexOf('=')
  return end === -1 ? pair : pair.slice(0, end)
}

/**
 * Adds the cookies of a client to those of a credential, without those that a service may read as one of the credential (rule P13).
 * The credential is first, so that a quotation mark in a cookie of the client cannot hide it.
 */
export function ownCookies(own: string): (clients: string) => string {
  const names = new Set(cookiePairs(own).map((pair) => foldText(cookieName(pair))))
  return (clients) => [own, ...cookiePairs(clients).filter((pair) => !names.has(foldText(cookieName(pair))))].join('; ')
}
