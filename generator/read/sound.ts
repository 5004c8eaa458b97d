import { closest, isObject, type Origin, pointerSegments } from '../support/index.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** A manifest without the parts that have an error and those that depend on these. */
export interface Sound {
  readonly manifest: JsonObject
  /** Ids of the services, authenticators and clients that are missing or incomplete. */
  readonly faulty: readonly string[]
}

/** Properties of the manifest that nothing else depends on. */
const alone: readonly string[] = ['gatewright', 'name']

/**
 * Leaves out every part that an error is about, so that later stages report what does not depend on it: services and authenticators,
 * the clients that name such an authenticator, and in each client the entries of `expose` of a service if one of them has an error.
 * `null`: an error is about the whole manifest.
 *
 * @param errors places of errors in the manifest
 * @param services services whose documents have an error
 */
export function soundParts(manifest: JsonObject, errors: readonly Origin[], services: readonly string[]): Sound | null {
  const faulty = faultyParts(errors)
  if (faulty === null) return null
  if (errors.length === 0 && services.length === 0) return { manifest, faulty: [] }
  const lostServices = new Set([...faulty.services, ...services])
  const isLost = (lost: ReadonlySet<string>, name: string, known: JsonObject): boolean =>
    lost.has(name) || (!Object.hasOwn(known, name) && closest(name, lost) !== null)

  const allServices = mapOf(manifest['services'])
  const allAuthenticators = mapOf(manifest['authenticators'])
  const clients = Object.entries(mapOf(manifest['clients'])).flatMap(([id, client]) => {
    const named = isObject(client) && Array.isArray(client['authenticate']) ? client['authenticate'] : []
    const isDependent = named.some((name) => isLost(faulty.authenticators, String(name), allAuthenticators))
    if (faulty.clients.has(id) || isDependent || !isObject(client)) return []
    const lost = new Set([...lostServices, ...(faulty.exposed.get(id) ?? [])])
    const expose = Object.entries(mapOf(client['expose'])).filter(
      ([selector]) => !isLost(lost, serviceIn(selector), allServices),
    )
    return [[id, { ...client, expose: Object.fromEntries(expose) }] as const]
  })
  const reduced = [...lostServices, ...faulty.authenticators, ...Object.keys(mapOf(manifest['clients']))]
  const without = (all: JsonObject, lost: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !lost.has(id)))
  const sound = {
    ...manifest,
    services: without(allServices, lostServices),
    authenticators: without(allAuthenticators, faulty.authenticators),
    clients: Object.fromEntries(clients),
  }
  return { manifest: sound, faulty: reduced }
}

interface FaultyParts {
  readonly services: Set<string>
  readonly authenticators: Set<string>
  readonly clients: Set<string>
  /** By client, the services of entries of `expose` that have an error. */
  readonly exposed: Map<string, Set<string>>
}

function faultyParts(errors: readonly Origin[]): FaultyParts | null {
  const faulty: FaultyParts = {
    services: new Set(),
    authenticators: new Set(),
    clients: new Set(),
    exposed: new Map(),
  }
  for (const { pointer } of errors) {
    const [section = '', id, setting, selector] = pointerSegments(pointer)
    if (alone.includes(section)) continue
    if (id === undefined) return null
    if (section === 'services') faulty.services.add(id)
    else if (section === 'authenticators') faulty.authenticators.add(id)
    else if (section !== 'clients') return null
    else if (setting !== 'expose' || selector === undefined) faulty.clients.add(id)
    else faulty.exposed.set(id, (faulty.exposed.get(id) ?? new Set()).add(serviceIn(selector)))
  }
  return faulty
}

/** The service that a key of `expose` names. */
function serviceIn(selector: string): string {
  return /^[^\s.#]+/.exec(selector.trim())?.[0] ?? ''
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
