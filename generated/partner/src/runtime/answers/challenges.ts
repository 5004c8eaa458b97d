import { lineOf, listMembers } from '../support/fieldLists.ts'

/** One challenge of `WWW-Authenticate` (RFC 9110 section 11.6.1). */
export interface Challenge {
  /** Lower case. */
  readonly scheme: string
  /** As received. */
  readonly text: string
}

const readable = /^[\t -~]*$/
/** The start of a challenge: a scheme that is not the name of a parameter. */
const start = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:$|[\t ]+(?!=))/

/** The challenges of a field; empty if it is absent or has other characters than ASCII. */
export function challengesOf(field: string | string[] | undefined): readonly Challenge[] {
  const text = lineOf(field)
  if (text === undefined || !readable.test(text)) return []
  const found: { scheme: string; text: string }[] = []
  for (const part of listMembers(text)) {
    const scheme = start.exec(part)?.[1]
    const last = found.at(-1)
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), text: part })
    else if (last !== undefined) last.text += `, ${part}`
  }
  return found
}

/** Schemes for which browsers ask for a password, which a gateway does not take. */
const browsers: ReadonlySet<string> = new Set(['basic', 'digest', 'negotiate', 'ntlm'])

/** Whether browsers leave the challenge to the script that called. */
export function isForScripts({ scheme }: Challenge): boolean {
  return !browsers.has(scheme)
}

/** Whether the challenge is about the caller's token, which is sent as a bearer token (RFC 6750). */
export function isForToken({ scheme }: Challenge): boolean {
  return scheme === 'bearer'
}
