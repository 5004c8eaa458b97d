import { createComparison } from './comparison.ts'
import { followed, type JsonObject, listOf, membersOf, parsedObject } from './document.ts'
import { createOpenings } from './openings.ts'

export interface Change {
  /** `query page`, `body application/json`, `200`. */
  readonly what: string
  readonly how: 'new' | 'gone' | 'changed'
}

export interface RouteName {
  readonly method: string
  /** As in the later contract, if it has the route. */
  readonly path: string
}

export interface RouteChange extends RouteName {
  readonly inputs: readonly Change[]
  /** By status. */
  readonly answers: readonly Change[]
}

export interface Opening extends RouteName {
  readonly what: readonly string[]
}

/**
 * How the contract of one client changed. Routes are the same if method and path are, whatever the names of path
 * parameters.
 */
export interface ContractChanges {
  readonly added: readonly RouteName[]
  readonly removed: readonly RouteName[]
  /** Routes with changed inputs or answers, including the schemas that they refer to. */
  readonly changed: readonly RouteChange[]
  /** Routes whose answers may have something that they could not have: members by their path, statuses, media types. */
  readonly opened: readonly Opening[]
  /** Security schemes, by their names in the contract. */
  readonly schemes: readonly Change[]
  /** The document differs elsewhere: descriptions, examples, names of path parameters and of components. */
  readonly texts: boolean
}

/** Compares the texts of two `openapi.json`; `null`: one of them is not valid. */
export function diffContracts(before: string, after: string): ContractChanges | null {
  const nothing = { added: [], removed: [], changed: [], opened: [], schemes: [], texts: false }
  if (before === after) return nothing
  const earlier = parsedObject(before)
  const later = parsedObject(after)
  if (earlier === null || later === null) return null
  const old = routesOf(earlier)
  const now = routesOf(later)
  const { differ } = createComparison(earlier, later, false)
  const { differ: differInText } = createComparison(earlier, later, true)
  const kept = [...now].flatMap(([key, route]) => {
    const from = old.get(key)
    return from === undefined ? [] : [{ from, route, ...changesOf(from, route, differ) }]
  })
  const isChanged = ({ inputs, answers }: Omit<RouteChange, keyof RouteName>): boolean =>
    inputs.length > 0 || answers.length > 0
  const added = [...now].filter(([key]) => !old.has(key)).map(([, route]) => nameOf(route))
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, route]) => nameOf(route))
  const changed = kept.filter(isChanged).map(({ route, inputs, answers }) => ({ ...nameOf(route), inputs, answers }))
  const openings = createOpenings(earlier, later)
  const opened = kept
    .filter(({ answers }) => answers.length > 0)
    .map(({ from, route }) => ({ ...nameOf(route), what: openings.of(from.answers, route.answers) }))
    .filter(({ what }) => what.length > 0)
  const schemes = changesIn(schemesOf(earlier), schemesOf(later), differ)
  const isAllSaid = added.length + removed.length + changed.length + schemes.length > 0
  const texts =
    !isAllSaid ||
    kept.some(
      (one) =>
        !isChanged(one) && (one.from.path !== one.route.path || differInText(one.from.operation, one.route.operation)),
    )
  return { added, removed, changed, opened, schemes, texts }
}

interface ContractRoute extends RouteName {
  readonly operation: JsonObject
  /** By place and name; path parameters by their position. */
  readonly parameters: ReadonlyMap<string, { readonly label: string; readonly parameter: unknown }>
  readonly body: JsonObject | null
  readonly answers: JsonObject
}

export const methods = ['get', 'head', 'put', 'post', 'delete', 'patch']

function routesOf(document: JsonObject): ReadonlyMap<string, ContractRoute> {
  const routes = new Map<string, ContractRoute>()
  for (const [path, item] of Object.entries(membersOf(document['paths']))) {
    for (const method of methods) {
      const operation = membersOf(item)[method]
      if (operation === undefined) continue
      const key = `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`
      routes.set(key, routeOf(method.toUpperCase(), path, membersOf(operation), document))
    }
  }
  return routes
}

function routeOf(method: string, path: string, operation: JsonObject, document: JsonObject): ContractRoute {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '')
  const parameters = listOf(operation['parameters']).map((parameter) => {
    const { in: place, name, ...rest } = membersOf(followed(parameter, document))
    const label = `${String(place)} ${String(name)}`
    const key = place === 'path' ? `path ${names.indexOf(String(name))}` : label
    return [place === 'header' ? key.toLowerCase() : key, { label, parameter: rest }] as const
  })
  const body = followed(operation['requestBody'], document)
  return {
    method,
    path,
    operation,
    parameters: new Map(parameters),
    body: body === undefined ? null : membersOf(body),
    answers: membersOf(operation['responses']),
  }
}

type Differ = (before: unknown, after: unknown) => boolean

function changesOf(from: ContractRoute, to: ContractRoute, differ: Differ): Omit<RouteChange, keyof RouteName> {
  const parameters = changesIn(Object.fromEntries(from.parameters), Object.fromEntries(to.parameters), (one, other) =>
    differ(membersOf(one)['parameter'], membersOf(other)['parameter']),
  ).map(({ what, how }) => ({ what: (to.parameters.get(what) ?? from.parameters.get(what))?.label ?? what, how }))
  return {
    inputs: [...parameters, ...bodyChanges(from.body, to.body, differ)],
    answers: changesIn(from.answers, to.answers, differ),
  }
}

function bodyChanges(from: JsonObject | null, to: JsonObject | null, differ: Differ): readonly Change[] {
  if (from === null || to === null) {
    return from === to ? [] : [{ what: 'body', how: from === null ? 'new' : 'gone' }]
  }
  const isRequired = (body: JsonObject): boolean => body['required'] === true
  const required: Change[] = isRequired(from) === isRequired(to) ? [] : [{ what: 'body', how: 'changed' }]
  const types = changesIn(membersOf(from['content']), membersOf(to['content']), differ)
  return [...required, ...types.map(({ what, how }) => ({ what: `body ${what}`, how }))]
}

/** Changes between the members of two objects, those of the later one first. */
export function changesIn(from: JsonObject, to: JsonObject, differ: Differ): readonly Change[] {
  const names = [...new Set([...Object.keys(to), ...Object.keys(from)])]
  return names.flatMap((what): readonly Change[] => {
    if (!Object.hasOwn(from, what)) return [{ what, how: 'new' }]
    if (!Object.hasOwn(to, what)) return [{ what, how: 'gone' }]
    return differ(from[what], to[what]) ? [{ what, how: 'changed' }] : []
  })
}

function schemesOf(document: JsonObject): JsonObject {
  return membersOf(membersOf(document['components'])['securitySchemes'])
}

function nameOf({ method, path }: RouteName): RouteName {
  return { method, path }
}
