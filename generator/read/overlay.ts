import { exec } from 'jsonpath-rfc9535'
import { below, type Diagnostics, type Draft, isObject, type Origin, type Report } from '../support/index.ts'
import { type NodeFacts, unshared } from './nodes.ts'
import type { JsonObject, JsonValue } from './types.ts'

type Key = string | number
type Path = readonly Key[]

interface Application {
  readonly root: JsonValue
  readonly facts: NodeFacts
  readonly diagnostics: Diagnostics
}

/**
 * Applies an OpenAPI Overlay (1.0 or 1.1) to a document, in place. Reports actions that are malformed, match nothing or do not fit; the
 * others still apply. New nodes have the overlay's origins.
 */
export function applyOverlay(
  root: JsonObject,
  overlay: JsonValue,
  file: string,
  facts: NodeFacts,
  diagnostics: Diagnostics,
): void {
  const origin: Origin = { file, pointer: '' }
  const problem = problemOf(overlay, origin)
  if (problem !== null) diagnostics.report(problem)
  for (const [index, action] of actionsOf(overlay).entries()) {
    if (problem === null) applyAction(action, below(origin, 'actions', index), { root, facts, diagnostics })
  }
}

const beginning = [
  'An overlay begins with',
  '    overlay: 1.0.0',
  "    info: { title: Corrections, version: '1' }",
  '    actions:',
  "      - target: $.paths['/orders'].get",
  '        update: { operationId: listOrders }',
].join('\n')

function problemOf(overlay: JsonValue, origin: Origin): Report | null {
  const { file } = origin
  if (!isObject(overlay) || overlay['overlay'] === undefined) {
    const isDocument = isObject(overlay) && overlay['openapi'] !== undefined
    const message = isDocument
      ? `${file} is an OpenAPI document, not an Overlay document.`
      : `${file} is not an Overlay document: it lacks \`overlay\`.`
    return { code: 'GW1301', message, origin, remedy: isDocument ? `Write\n    spec: ${file}` : beginning }
  }
  const version = String(overlay['overlay'])
  if (!/^1\.[01](?:\.|$)/.test(version)) {
    const message = `${file} is an Overlay of version ${version}; 1.0 and 1.1 are supported.`
    return { code: 'GW1301', message, origin: below(origin, 'overlay') }
  }
  if (Array.isArray(overlay['actions'])) return null
  return { code: 'GW1301', message: `${file} lacks a list of \`actions\`.`, origin, remedy: beginning }
}

function actionsOf(overlay: JsonValue): readonly JsonValue[] {
  const actions = isObject(overlay) ? overlay['actions'] : null
  return Array.isArray(actions) ? actions : []
}

function applyAction(action: JsonValue, origin: Origin, application: Application): void {
  const { diagnostics } = application
  if (!isObject(action) || typeof action['target'] !== 'string') {
    const remedy = "Add, for example\n    target: $.paths['/orders'].get"
    diagnostics.report({ code: 'GW1301', message: 'An action needs a `target`.', origin, remedy })
    return
  }
  const targets = select(action['target'], below(origin, 'target'), application)
  if (targets === null) return
  if (action['remove'] === true) remove(targets, below(origin, 'target'), application)
  else change(action, targets, origin, application)
}

function change(action: JsonObject, targets: readonly Path[], origin: Origin, application: Application): void {
  const { root, facts, diagnostics } = application
  const [name, value] = changeOf(action, origin, application)
  if (value === undefined && name === null) {
    const remedy = 'Add one of\n    update: { description: ... }   # merged into the target\n    remove: true'
    diagnostics.report({ code: 'GW1301', message: 'An action needs `update` or `remove: true`.', origin, remedy })
  }
  if (value === undefined) return
  const problem = targets.map((target) => update(root, target, value, facts)).find((found) => found !== null)
  if (problem === undefined) return
  const message = `The \`${name}\` does not fit its target: ${problem}.`
  diagnostics.report({ code: 'GW1304', message, origin: below(origin, name ?? 'update') })
}

/** Name and value of the member with the change (`update` or `copy`); `[name, undefined]` if an error was reported. */
function changeOf(
  action: JsonObject,
  origin: Origin,
  application: Application,
): [string | null, JsonValue | undefined] {
  const { copy, update } = action
  if (copy === undefined) return update === undefined ? [null, undefined] : ['update', update]
  const sources = typeof copy === 'string' ? select(copy, below(origin, 'copy'), application) : []
  if (sources === null) return ['copy', undefined]
  const [source] = sources
  if (sources.length !== 1 || source === undefined || update !== undefined) {
    const message =
      update !== undefined ? 'An action has either `update` or `copy`.' : '`copy` must select exactly one node.'
    application.diagnostics.report({ code: 'GW1301', message, origin: below(origin, 'copy') })
    return ['copy', undefined]
  }
  return ['copy', at(application.root, source)]
}

function select(expression: string, origin: Origin, { root, diagnostics }: Application): readonly Path[] | null {
  const paths = new Map<string, Path>()
  try {
    // The library's type of JSON is a mutable `JsonValue`; the library does not modify it.
    exec(root as Parameters<typeof exec>[0], expression, (_value, path) => paths.set(JSON.stringify(path), [...path]))
  } catch (error) {
    const reason = reasonOf(error)
    diagnostics.report({
      code: 'GW1302',
      message: `\`${expression}\` is not a JSONPath expression: ${reason}.`,
      origin,
    })
    return null
  }
  if (paths.size > 0) return [...paths.values()]
  diagnostics.report({
    code: 'GW1303',
    message: `\`${expression}\` matches nothing.`,
    origin,
    remedy: 'Correct the expression for the current spec, or remove the action.',
  })
  return null
}

function remove(targets: readonly Path[], origin: Origin, { root, diagnostics }: Application): void {
  // Items of a list from the last to the first, so that removing one does not move another.
  const ordered = [...targets].sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0)
  for (const path of ordered) {
    const key = path.at(-1)
    if (key === undefined) {
      diagnostics.report({ code: 'GW1304', message: 'The root of a document cannot be removed.', origin })
      return
    }
    const parent = at(root, path.slice(0, -1))
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else if (isObject(parent)) delete (parent as Draft)[String(key)]
  }
}

/** Writes `value` into the target; returns the problem in words if it does not fit. */
function update(root: JsonValue, path: Path, value: JsonValue, facts: NodeFacts): string | null {
  const target = at(root, path)
  if (Array.isArray(target)) {
    target.push(...(Array.isArray(value) ? value : [value]).map((item: JsonValue) => unshared(item, facts)))
    return null
  }
  if (isObject(target)) return isObject(value) ? merge(target, value, facts) : `${kind(value)} cannot update an object`
  if (!isScalar(value)) return `${kind(value)} cannot replace ${kind(target)}`
  const key = path.at(-1)
  const parent = at(root, path.slice(0, -1))
  if (Array.isArray(parent)) parent[Number(key)] = value
  else if (isObject(parent)) (parent as Draft)[String(key)] = value
  return null
}

function merge(target: JsonObject, value: JsonObject, facts: NodeFacts): string | null {
  const members = target as Draft
  for (const [name, change] of Object.entries(value)) {
    const present = Object.hasOwn(members, name) ? members[name] : undefined
    if (present === undefined) {
      members[name] = unshared(change, facts)
    } else if (Array.isArray(present) && Array.isArray(change)) {
      present.push(...change.map((item: JsonValue) => unshared(item, facts)))
    } else if (isObject(present) && isObject(change)) {
      const problem = merge(present, change, facts)
      if (problem !== null) return problem
    } else if (isScalar(present) && isScalar(change)) {
      members[name] = change
      const origin = facts.origins.get(value)
      if (origin !== undefined) facts.origins.set(target, origin)
    } else {
      return `\`${name}\` is ${kind(present)}, not ${kind(change)}`
    }
  }
  return null
}

function at(root: JsonValue, path: Path): JsonValue | undefined {
  let node: JsonValue | undefined = root
  for (const key of path)
    node = Array.isArray(node) ? node[Number(key)] : isObject(node) ? node[String(key)] : undefined
  return node
}

function isScalar(value: JsonValue | undefined): boolean {
  return typeof value !== 'object' || value === null
}

function kind(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'a list'
  return isObject(value) ? 'an object' : 'a plain value'
}

/** The parser of the library lists every character that it expected. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/\.$/, '') : 'it cannot be parsed'
  const [, found] = /^Expected .* but (.+) found$/s.exec(message) ?? []
  if (found === undefined) return message
  return found === 'end of input' ? 'it ends too early' : `it cannot have \`${found.replace(/^"|"$/g, '')}\` there`
}
