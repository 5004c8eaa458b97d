import { closest, type Diagnostics, didYouMean, keyOf, type Origin, type Report } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isObject } from './json.ts'
import { isLaterProperty, isLaterValue } from './later.ts'
import { exampleOf, isShowable, remedyFor, written } from './remedies.ts'
import { propertyNamed, resolveSchema } from './schema.ts'
import { nameOf, quoted, show } from './wording.ts'

export interface Context {
  /** gateway.schema.json, for its `$defs`. */
  readonly root: JsonObject
  readonly manifest: JsonValue
  /** Whether only the number of errors counts: remedies are not looked for. */
  readonly isTrial: boolean
  readonly diagnostics: Diagnostics
}

/**
 * The value at `path` is not one of the allowed values.
 *
 * @param remedy default: the allowed values.
 * @param more what is allowed besides, in words.
 */
export function wrongValue(
  path: readonly string[],
  allowed: readonly (JsonValue | undefined)[],
  found: JsonValue,
  origin: Origin,
  remedy: string | null = null,
  more = '',
): Report {
  const name = nameOf(path)
  if (isLaterValue(path, found)) {
    return { code: 'GW2008', message: `${name}: ${show(found)} is not in this release of Gatewright.`, origin }
  }
  if (path.length === 1 && path[0] === 'gatewright') {
    const message = `This release reads manifests of version 1, not ${show(found)}.`
    return { code: 'GW2013', message, origin, remedy: 'Write `gatewright: 1`.' }
  }
  if (path[0] === 'authenticators' && path.at(-1) === 'type' && (found === 'at+jwt' || found === 'JWT')) {
    const typ = String(found).toLowerCase()
    const message = `${name} must be \`jwt\` or \`api-key\`, not ${show(found)}. Did you mean \`typ: ${typ}\`?`
    const lines = ['    type: jwt', `    typ: ${typ}   # the header \`typ\` of its tokens`]
    return { code: 'GW2004', message, origin, remedy: `Write\n${lines.join('\n')}` }
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
  const wanted = `must be ${quoted(words, 'or')}${more}`
  const message = found === null ? `${name} is empty. It ${wanted}.` : `${name} ${wanted}, not ${show(found)}.${guess}`
  return { code: 'GW2004', message, origin, remedy: remedy ?? choice(path, allowed) }
}

/** The allowed values, each as it is written. */
function choice(path: readonly string[], allowed: readonly (JsonValue | undefined)[]): string | null {
  const name = path.at(-1) ?? ''
  const lines = allowed.map((one) => written(name, one ?? null))
  return /^[0-9]+$/.test(name) ? null : `Write${lines.length > 1 ? ' one of' : ''}\n${lines.join('\n')}`
}

/** Whether a value is the type of a token: `at+jwt`, in any case, also as a media type. */
function isTokenType(value: JsonValue): boolean {
  return typeof value === 'string' && /^(?:application\/)?at\+jwt$/i.test(value)
}

/** @param wanted the expected kind of value, in words. */
export function wrongType(
  path: readonly string[],
  wanted: string,
  found: JsonValue,
  origin: Origin,
  remedy: string | null,
): Report {
  const message =
    found === null
      ? `${nameOf(path)} is empty. It must be ${wanted}.`
      : `${nameOf(path)} must be ${wanted}, not ${show(found)}.`
  return { code: 'GW2003', message, origin, remedy }
}

/** @param schema of the object that lacks them. */
export function missing(
  path: readonly string[],
  names: readonly string[],
  origin: Origin,
  schema: JsonObject,
  root: JsonObject,
): Report {
  const place = path.length === 0 ? origin : keyOf(origin)
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const lines = names.map((name) => {
    const property = properties[name]
    const constant = isObject(property) ? (property['const'] ?? exampleOf(property, root)) : undefined
    return constant === undefined ? `    ${name}: ...` : written(name, constant)
  })
  const message = `${nameOf(path)} lacks ${quoted(names)}.`
  return { code: 'GW2002', message, origin: place, remedy: `Add, for example\n${lines.join('\n')}` }
}

/** An object without the `type` that says which of several kinds it is. */
export function typeless(path: readonly string[], tags: readonly JsonValue[], origin: Origin): Report {
  const lines = tags.map((tag) => written('type', tag))
  return {
    code: 'GW2002',
    message: `${nameOf(path)} lacks \`type\`.`,
    origin: keyOf(origin),
    remedy: `Add one of\n${lines.join('\n')}`,
  }
}

/**
 * @param properties those that exist at this place, with their schemas.
 * @param isValid whether a value has no error against the schema of a property.
 */
export function unknown(
  path: readonly string[],
  name: string,
  value: JsonValue,
  properties: JsonObject,
  origin: Origin,
  context: Context,
  isValid: (value: JsonValue, schema: JsonObject) => boolean,
): Report {
  if (isLaterProperty([...path, name])) {
    const message = `\`${name}\` of ${nameOf(path)} is not in this release of Gatewright.`
    return { code: 'GW2008', message, origin, remedy: 'Remove it until a release has the feature.' }
  }
  const known = Object.keys(properties)
  const meant = closest(name, known)
  const message = `${nameOf(path)} has an unknown property \`${name}\`.${meant === null ? '' : ` Did you mean \`${meant}\`?`}`
  const home = meant === null ? homeOf(path, name, value, context) : null
  const property = meant === null ? undefined : properties[meant]
  const remedy =
    meant === null
      ? (home ?? `Allowed here: ${quoted(known)}.`)
      : renamed([...path, meant], value, isObject(property) ? property : {}, context, isValid)
  return { code: 'GW2001', message, origin, remedy }
}

/** The property that was meant, with the user's value if it is valid there, else with that corrected or an example. */
function renamed(
  path: readonly string[],
  value: JsonValue,
  schema: JsonObject,
  { root, isTrial }: Context,
  isValid: (value: JsonValue, schema: JsonObject) => boolean,
): string {
  const name = path.at(-1) ?? ''
  const rename = `Rename it to \`${name}\`.`
  if (isTrial || !isShowable(name, value)) return rename
  if (isValid(value, schema)) {
    const text = written(name, value)
    return text.includes('\n') ? rename : `Write\n${text}`
  }
  // The errors of a map's members are reported when it has its name.
  return isObject(value) ? rename : (remedyFor(path, value, schema, root, (one) => isValid(one, schema)) ?? rename)
}

/** Where the manifest allows a property that is at a wrong place, with the names of this manifest; `null`: nowhere. */
function homeOf(path: readonly string[], name: string, value: JsonValue, { root, manifest }: Context): string | null {
  const text = isShowable(name, value) ? written(name, value) : `    ${name}: ...`
  const below = (lines: readonly string[], depth: number): string =>
    [...lines.map((line, level) => `    ${'  '.repeat(level)}${line}`), text.replace(/^/gm, '  '.repeat(depth))].join(
      '\n',
    )
  const first = (section: string): string => {
    const all = isObject(manifest) ? manifest[section] : undefined
    return (isObject(all) ? Object.keys(all)[0] : undefined) ?? `<${section.slice(0, -1)}>`
  }
  const isAt = (definition: string): boolean => propertyNamed(name, definition, root)
  if (isAt('access') && path[0] === 'clients') return `It belongs in \`access\`:\n${below(['access:'], 1)}`
  if (isAt('service') && path[0] !== 'services') {
    const id = path.includes('expose') ? '<service>' : first('services')
    return `\`${name}\` belongs in a service:\n${below(['services:', `${id}:`], 2)}`
  }
  if (isAt('client') && path[0] !== 'clients') {
    return `\`${name}\` belongs in a client:\n${below(['clients:', `${first('clients')}:`], 2)}`
  }
  if (isAt('client')) return `\`${name}\` belongs in a client, beside \`expose\`.`
  if (isAt('options')) return `\`${name}\` belongs in an entry of \`expose\`.`
  if (isAt('access')) return `\`${name}\` belongs in \`access\` of an entry of \`expose\`.`
  const properties = resolveSchema(root, root)['properties']
  if (isObject(properties) && Object.hasOwn(properties, name)) return `\`${name}\` belongs at the top of the manifest.`
  return null
}
