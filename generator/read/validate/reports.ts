import { type Diagnostics, didYouMean, keyOf, type Origin, type Report } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isLaterProperty, isLaterValue } from './later.ts'
import { placesOf } from './schema.ts'
import { nameOf, quoted, show } from './wording.ts'

export interface Context {
  /** gateway.schema.json, for its `$defs`. */
  readonly root: JsonObject
  readonly diagnostics: Diagnostics
}

/** The value at `path` is not one of the allowed values. */
export function wrongValue(
  path: readonly string[],
  allowed: readonly (JsonValue | undefined)[],
  found: JsonValue,
  origin: Origin,
): Report {
  const name = nameOf(path)
  if (isLaterValue(path, found)) {
    return { code: 'GW2008', message: `${name}: ${show(found)} is not in this release of Gatewright.`, origin }
  }
  if (path.length === 1 && path[0] === 'gatewright') {
    const message = `This release reads manifests of version 1, not ${show(found)}.`
    return { code: 'GW2013', message, origin, remedy: 'Write `gatewright: 1`.' }
  }
  if (path[0] === 'authenticators' && path.at(-1) === 'in') {
    const message = `${name} is ${show(found)}, but API keys are read from headers only: URLs and cookies are written to logs.`
    return { code: 'GW2012', message, origin, remedy: 'Write `in: header`.' }
  }
  // The type of access tokens (RFC 9068) is a setting beside that of the authenticator.
  if (path[0] === 'authenticators' && path.at(-1) === 'type' && isTokenType(found)) {
    const message = `${name} must be \`jwt\` or \`api-key\`, not ${show(found)}. Did you mean \`typ: at+jwt\`?`
    return {
      code: 'GW2004',
      message,
      origin,
      remedy: 'Write the kind of authenticator, and the `typ` of its tokens:\n    type: jwt\n    typ: at+jwt',
    }
  }
  const words = allowed.filter((word) => word !== undefined).map((word) => String(word))
  const guess = typeof found === 'string' ? didYouMean(found, words) : ''
  return { code: 'GW2004', message: `${name} must be ${quoted(words, 'or')}, not ${show(found)}.${guess}`, origin }
}

/** Whether a value is the type of a token: `at+jwt`, in any case, also as a media type. */
function isTokenType(value: JsonValue): boolean {
  return typeof value === 'string' && /^(?:application\/)?at\+jwt$/i.test(value)
}

/** @param wanted the expected kind of value, in words. */
export function wrongType(path: readonly string[], wanted: string, found: JsonValue, origin: Origin): Report {
  return { code: 'GW2003', message: `${nameOf(path)} must be ${wanted}, not ${show(found)}.`, origin }
}

export function missing(path: readonly string[], name: string, origin: Origin): Report {
  const place = path.length === 0 ? origin : keyOf(origin)
  return { code: 'GW2002', message: `${nameOf(path)} lacks \`${name}\`.`, origin: place, remedy: `Add \`${name}\`.` }
}

/** @param known the properties that exist at this place. */
export function unknown(
  path: readonly string[],
  name: string,
  known: readonly string[],
  origin: Origin,
  root: JsonObject,
): Report {
  if (isLaterProperty([...path, name])) {
    const message = `\`${name}\` of ${nameOf(path)} is not in this release of Gatewright.`
    return { code: 'GW2008', message, origin, remedy: 'Remove it until a release has the feature.' }
  }
  const guess = didYouMean(name, known)
  const home = guess === '' ? placesOf(name, root) : null
  const remedy = home === null ? `Allowed here: ${quoted(known)}.` : `\`${name}\` belongs in ${home}.`
  return { code: 'GW2001', message: `${nameOf(path)} has an unknown property \`${name}\`.${guess}`, origin, remedy }
}
