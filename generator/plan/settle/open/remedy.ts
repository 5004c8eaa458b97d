import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Translation } from '../schemas/types.ts'
import { isList, isObject } from '../schemas/values.ts'
import type { OpenAnswer } from './answers.ts'

type Steps = readonly (string | number)[]

/** A part of an overlay's action, as YAML. */
interface Update {
  readonly target: Steps
  readonly update: string
  /** What to replace. */
  readonly note: string
}

/** The lines of an overlay that describes what passes; empty: the place is none of the document that overlays change. */
export function overlayFor(open: OpenAnswer, { service, nodeOf }: Translation): readonly string[] {
  const found = updateFor(open, (node) => pathTo(node, service.document), nodeOf)
  if (found === null) return []
  return [
    'overlay: 1.0.0',
    `info: { title: Answers of ${service.id}, version: 1.0.0 }`,
    'actions:',
    `  - target: ${quoted(jsonPath(found.target))}`,
    `    update: ${found.update} # ${found.note}`,
  ]
}

type PathTo = (node: JsonObject) => Steps | null

const members = 'the members that clients get'
const type = 'what clients get'
const object = '{ type: object, properties: { id: { type: string } } }'

function updateFor({ kind, media, place }: OpenAnswer, pathTo: PathTo, nodeOf: Translation['nodeOf']): Update | null {
  if (kind === 'stream') return null
  if (place === null) return at(pathTo(media.node), `{ schema: ${object} }`, members)
  const node = nodeOf(place.schema)
  if (node !== null) {
    const target = pathTo(node)
    if (place.openness === 'list') return at(target, '{ items: { type: string } }', type)
    return at(target, place.openness === 'object' ? '{ properties: { id: { type: string } } }' : object, members)
  }
  if (place.within === null) return null
  const { holder, keyword, segment } = place.within
  const around = nodeOf(holder)
  const target = around === null ? null : pathTo(around)
  if (keyword === 'properties' || keyword === 'required') {
    return at(target, `{ properties: { ${quoted(segment)}: { type: string } } }`, type)
  }
  return keyword === 'prefixItems' || keyword === 'patternProperties'
    ? null
    : at(target, `{ ${keyword}: { type: string } }`, type)
}

function at(target: Steps | null, update: string, note: string): Update | null {
  return target === null ? null : { target, update, note }
}

const paths = new WeakMap<JsonObject, ReadonlyMap<JsonValue, Steps>>()

/** Where a node is in a document. */
function pathTo(node: JsonObject, document: JsonObject): Steps | null {
  const found = paths.get(document) ?? pathsOf(document)
  paths.set(document, found)
  return found.get(node) ?? null
}

function pathsOf(document: JsonObject): ReadonlyMap<JsonValue, Steps> {
  const found = new Map<JsonValue, Steps>([[document, []]])
  // Grows while it is visited. A node that stands in several places is found at the first.
  for (const [node, path] of found) {
    const members: readonly (readonly [string | number, JsonValue])[] = isList(node)
      ? node.map((item, index) => [index, item])
      : isObject(node)
        ? Object.entries(node)
        : []
    for (const [step, value] of members) {
      if ((isObject(value) || isList(value)) && !found.has(value)) found.set(value, [...path, step])
    }
  }
  return found
}

/** RFC 9535. */
function jsonPath(steps: Steps): string {
  return `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `['${escaped(step)}']`)).join('')}`
}

function escaped(name: string): string {
  return JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
}

/** A text in YAML. */
export function quoted(text: string): string {
  return /[^\x20-\x7e]|['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`
}
