import { closest, isObject, type Origin, pointerSegments } from '../support/index.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** A manifest without the parts that have an error and those that depend on these. */
export interface Sound {
  readonly manifest: JsonObject
  /** Ids of the services, authenticators and clients that are missing or incomplete. */
  readonly faulty: readonly string[]
}

/** Properties of the manifest that nothing else depends on. Those with an unknown name are also such, unless they may mean another. */
const alone: readonly string[] = ['$schema', 'gatewright', 'name']

/** Settings without which no other error is reported: their part is used without them. */
const harmless: Readonly<Record<'service' | 'client' | 'options', readonly string[]>> = {
  service: ['timeout', 'answers', 'concurrency', 'maxAnswer', 'stream', 'upload', 'undeclaredBody'],
  client: ['title', 'cors', 'publicHosts', 'unfinishedBodies', 'tokenCache', 'maxHeld', 'undeclaredQuery'],
  options: ['timeout', 'answers', 'stream', 'upload', 'maxBody', 'undeclaredQuery', 'undeclaredBody'],
}

/**
 * Leaves out every part that an error is about, so that later stages report what does not depend on it: services and authenticators,
 * the clients that name such an authenticator, and in each client the entries of `expose` of a service if one of them has an error, or names
 * a rule that has one.
 * Of settings that nothing depends on, only the setting is left out. `null`: an error is about the whole manifest.
 *
 * @param errors places of errors in the manifest
 * @param services services whose documents have an error
 * @param schema `gateway.schema.json`
 */
export function soundParts(
  manifest: JsonObject,
  errors: readonly Origin[],
  services: readonly string[],
  schema: JsonObject,
): Sound | null {
  const faulty = faultyParts(errors, schema)
  if (faulty === null) return null
  if (errors.length === 0 && services.length === 0) return { manifest, faulty: [] }
  const lostServices = new Set([...faulty.services, ...services])
  const isLost = (lost: ReadonlySet<string>, name: string, known: JsonObject): boolean =>
    lost.has(name) || (!Object.hasOwn(known, name) && closest(name, lost) !== null)

  const trimmed = withoutMembers(manifest, faulty.settings)
  const allServices = mapOf(trimmed['services'])
  const allAuthenticators = mapOf(manifest['authenticators'])
  const allRules = mapOf(manifest['rules'])
  const lostRules = faulty.allRules ? new Set(Object.keys(allRules)) : faulty.rules
  const namesLostRule = (entry: JsonValue): boolean => {
    const rule = mapOf(entry)['access']
    return typeof rule === 'string' && (faulty.allRules || isLost(lostRules, rule, allRules))
  }
  const clients = Object.entries(mapOf(trimmed['clients'])).flatMap(([id, client]) => {
    const named = isObject(client) && Array.isArray(client['authenticate']) ? client['authenticate'] : []
    const isDependent = named.some((name) => isLost(faulty.authenticators, String(name), allAuthenticators))
    if (faulty.clients.has(id) || isDependent || !isObject(client)) return []
    const entries = Object.entries(mapOf(client['expose']))
    const undecided = entries.filter(([, entry]) => namesLostRule(entry)).map(([selector]) => serviceIn(selector))
    const lost = new Set([...lostServices, ...(faulty.exposed.get(id) ?? []), ...undecided])
    const expose = entries.filter(([selector]) => !isLost(lost, serviceIn(selector), allServices))
    return [[id, { ...client, expose: Object.fromEntries(expose) }] as const]
  })
  const reduced = [...lostServices, ...faulty.authenticators, ...Object.keys(mapOf(manifest['clients']))]
  const without = (all: JsonObject, lost: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !lost.has(id)))
  const sound = {
    ...trimmed,
    services: without(allServices, lostServices),
    authenticators: without(allAuthenticators, faulty.authenticators),
    ...('rules' in manifest ? { rules: without(allRules, lostRules) } : {}),
    clients: Object.fromEntries(clients),
  }
  return { manifest: sound, faulty: reduced }
}

interface FaultyParts {
  readonly services: Set<string>
  readonly authenticators: Set<string>
  readonly clients: Set<string>
  readonly rules: Set<string>
  /** Whether no rule is known. */
  allRules: boolean
  /** Segments of the pointers of settings that are left out alone. */
  readonly settings: (readonly string[])[]
  /** By client, the services of entries of `expose` that have an error. */
  readonly exposed: Map<string, Set<string>>
}

function faultyParts(errors: readonly Origin[], schema: JsonObject): FaultyParts | null {
  const faulty: FaultyParts = {
    services: new Set(),
    authenticators: new Set(),
    clients: new Set(),
    rules: new Set(),
    allRules: false,
    settings: [],
    exposed: new Map(),
  }
  const sections = Object.keys(mapOf(schema['properties']))
  for (const { pointer } of errors) {
    const segments = pointerSegments(pointer)
    const [written, id, setting, selector, option] = segments
    if (written === undefined) return null
    const section = sections.includes(written) ? written : closest(written, sections)
    if (section === null || alone.includes(section)) continue
    if (section === 'rules') {
      if (id === undefined) faulty.allRules = true
      else faulty.rules.add(id)
      continue
    }
    if (id === undefined) return null
    const isEntry = section === 'clients' && setting === 'expose' && selector !== undefined
    const level = section === 'services' ? 'service' : isEntry ? 'options' : 'client'
    const name = isEntry ? option : setting
    if (section !== 'authenticators' && name !== undefined && isHarmless(name, level, schema)) {
      faulty.settings.push(segments.slice(0, isEntry ? 5 : 3))
    } else if (section === 'services') faulty.services.add(id)
    else if (section === 'authenticators') faulty.authenticators.add(id)
    else if (section !== 'clients') return null
    else if (setting !== 'expose' || selector === undefined) faulty.clients.add(id)
    else faulty.exposed.set(id, (faulty.exposed.get(id) ?? new Set()).add(serviceIn(selector)))
  }
  return faulty
}

/** Whether nothing depends on a setting, or on the one that a misspelt name most likely means. */
function isHarmless(name: string, level: keyof typeof harmless, schema: JsonObject): boolean {
  const { properties } = mapOf(mapOf(schema['$defs'])[level])
  const known = Object.keys(mapOf(properties))
  return harmless[level].includes(known.includes(name) ? name : (closest(name, known) ?? ''))
}

function withoutMembers(value: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  if (paths.length === 0) return value
  const entries = Object.entries(value).flatMap(([name, child]) => {
    const own = paths.filter(([first]) => first === name).map((path) => path.slice(1))
    if (own.some((path) => path.length === 0)) return []
    return [[name, isObject(child) && own.length > 0 ? withoutMembers(child, own) : child] as const]
  })
  return Object.fromEntries(entries)
}

/** The service that a key of `expose` names. */
function serviceIn(selector: string): string {
  return /^[^\s.#]+/.exec(selector.trim())?.[0] ?? ''
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
