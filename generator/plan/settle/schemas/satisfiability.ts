import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { contradictionIn } from './contradictions.ts'
import { emptyRange, fitsRanges } from './ranges.ts'
import { referredName } from './references.ts'
import type { Translated } from './types.ts'
import { isList, isObject, isText } from './values.ts'

/** Judges whether a request can have a value that fits a schema. */
export interface Satisfiability {
  /** Why no value fits; `null`: some do, or it is not known. */
  reasonOf(schema: Translated): string | null
}

const kinds = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const
type Kind = (typeof kinds)[number]

/** Schemas that are judged for one request, each as often as it applies. Further ones count as satisfiable. */
const most = 50_000

/**
 * Considers all schemas that apply to a value together: types, listed values, bounds, required members that a schema
 * refuses, and alternatives. Where no schema names a type, values are what the keywords describe: an object if there are
 * `properties`. A schema that contradicts itself is reported elsewhere (GW3255).
 */
export function createSatisfiability(schemas: ReadonlyMap<string, Translated>): Satisfiability {
  const ids = new Map<JsonObject, number>()
  const known = new Map<string, string | null>()
  let left = most

  const keyOf = (nodes: ReadonlySet<JsonObject>): string =>
    [...nodes]
      .map((node) => {
        const id = ids.get(node) ?? ids.size
        ids.set(node, id)
        return id
      })
      .sort((a, b) => a - b)
      .join()

  /** The schemas that apply together with these; `null`: one of them is `false`. */
  const gathered = (parts: Iterable<JsonValue>): Set<JsonObject> | null => {
    const nodes = new Set<JsonObject>()
    const waiting = [...parts]
    for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
      if (part === false) return null
      if (!isObject(part) || nodes.has(part)) continue
      nodes.add(part)
      const { $ref, allOf } = part
      if (isText($ref)) waiting.push(schemas.get(referredName($ref)) ?? true)
      if (isList(allOf)) waiting.push(...allOf)
      if (isAll(part['not'])) return null
    }
    return nodes
  }

  const judge = (parts: Iterable<JsonValue>, above: ReadonlySet<string>): string | null => {
    const nodes = gathered(parts)
    if (nodes === null) return 'a schema refuses every value'
    const key = keyOf(nodes)
    // A value within itself would never end.
    if (above.has(key)) return 'it requires itself'
    const before = known.get(key)
    if (before !== undefined) return before
    left -= nodes.size
    if (left < 0 || [...nodes].some((node) => contradictionIn(node) !== null)) return null
    const found = reasonIn(nodes, [...nodes], new Set(above).add(key))
    // A reason that depends on a value above may not hold elsewhere.
    if (found === null || above.size === 0) known.set(key, found)
    return found
  }

  const reasonIn = (
    all: ReadonlySet<JsonValue>,
    nodes: readonly JsonObject[],
    above: ReadonlySet<string>,
  ): string | null => {
    const admitted = kindsOf(nodes)
    if (admitted.length === 0) return `no type fits: ${typesIn(nodes)}`
    const values = valuesOf(nodes)
    if (values !== null && !values.some((value) => admitted.includes(kindOf(value)) && fitsRanges(value, nodes)))
      return 'none of the listed values fits all schemas'
    const none = reasonOfAll(admitted, (kind) => reasonFor(kind, nodes, above))
    if (none !== null) return none
    for (const keyword of ['anyOf', 'oneOf']) {
      for (const node of nodes) {
        const branches = node[keyword]
        // An alternative that already applies has been chosen.
        if (!isList(branches) || branches.some((one) => one === true || all.has(one))) continue
        const broken = reasonOfAll(branches, (branch) => judge([...nodes, branch], above))
        if (broken !== null || branches.length === 0) return `no alternative fits: ${broken ?? ''}`
      }
    }
    return null
  }

  const reasonFor = (kind: Kind, nodes: readonly JsonObject[], above: ReadonlySet<string>): string | null => {
    const range = emptyRange(kind, nodes)
    if (range !== null) return range
    if (kind === 'array') return reasonForItems(nodes, above)
    if (kind !== 'object') return null
    for (const name of requiredIn(nodes)) {
      const refusing = nodes.find((node) => refuses(node, name))
      if (refusing !== undefined) return `\`${name}\` is required, and \`additionalProperties\` refuses it`
      const declared = nodes.flatMap((node) => memberOf(node, name))
      const reason = declared.length === 0 ? null : judge(declared, above)
      if (reason !== null) return `\`${name}\` is required, and no value fits it: ${reason}`
    }
    return null
  }

  const reasonForItems = (nodes: readonly JsonObject[], above: ReadonlySet<string>): string | null => {
    if (!nodes.some(({ minItems }) => typeof minItems === 'number' && minItems > 0)) return null
    const first = nodes.flatMap(({ prefixItems, items }) => {
      const schema = isList(prefixItems) && prefixItems.length > 0 ? prefixItems[0] : items
      return schema === undefined ? [] : [schema]
    })
    const reason = first.length === 0 ? null : judge(first, above)
    return reason === null ? null : `an item is required, and no value fits it: ${reason}`
  }

  return {
    reasonOf(schema) {
      left = most
      return judge([schema], new Set())
    },
  }
}

/** The first reason, if there is one for each; `null` otherwise. Nothing is judged after the first without a reason. */
function reasonOfAll<T>(all: readonly T[], reasonOf: (one: T) => string | null): string | null {
  let first: string | null = null
  for (const one of all) {
    const reason = reasonOf(one)
    if (reason === null) return null
    first ??= reason
  }
  return first
}

function isAll(schema: JsonValue | undefined): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0)
}

/** The kinds that every schema admits. */
function kindsOf(nodes: readonly JsonObject[]): readonly Kind[] {
  const typed = nodes.flatMap(({ type }) => (type === undefined ? [] : [isList(type) ? type : [type]]))
  if (typed.length > 0) {
    return kinds.filter((kind) =>
      typed.every((types) => types.includes(kind) || (kind === 'number' && types.includes('integer'))),
    )
  }
  const describes = (keywords: readonly string[]) =>
    nodes.some((node) => keywords.some((keyword) => Object.hasOwn(node, keyword)))
  const choices = describes(['enum', 'const', 'anyOf', 'oneOf', 'items', 'prefixItems'])
  return !choices && describes(['properties', 'additionalProperties', 'required']) ? ['object'] : kinds
}

function typesIn(nodes: readonly JsonObject[]): string {
  const types = nodes.flatMap(({ type }) =>
    type === undefined ? [] : [isList(type) ? type.join(' or ') : `${String(type)}`],
  )
  return [...new Set(types)].join(', and ')
}

/** The values that every `enum` and `const` lists; `null`: there is neither. */
function valuesOf(nodes: readonly JsonObject[]): readonly JsonValue[] | null {
  const lists = nodes.flatMap((node) => {
    const { enum: listed } = node
    const only = node['const']
    return [...(isList(listed) ? [listed] : []), ...(only === undefined ? [] : [[only]])]
  })
  const [first, ...others] = lists
  if (first === undefined) return null
  return first.filter((value) => others.every((list) => list.some((other) => textOf(other) === textOf(value))))
}

/** Equal values have the same text. */
function textOf(value: JsonValue): string {
  if (isList(value)) return `[${value.map(textOf).join()}]`
  if (!isObject(value)) return typeof value === 'string' ? JSON.stringify(value) : String(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${textOf(value[name] ?? null)}`).join()}}`
}

function kindOf(value: JsonValue): Kind {
  if (value === null) return 'null'
  if (isList(value)) return 'array'
  if (typeof value === 'bigint' || typeof value === 'number') return 'number'
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'object'
}

/** Required names that a request must have: those that no schema marks as `readOnly`. */
function requiredIn(nodes: readonly JsonObject[]): readonly string[] {
  const names = new Set(nodes.flatMap(({ required }) => (isList(required) ? required.filter(isText) : [])))
  return [...names].filter((name) => !nodes.flatMap((node) => memberOf(node, name)).some(isReadOnly))
}

function isReadOnly(schema: JsonValue): boolean {
  return isObject(schema) && schema['readOnly'] === true
}

function memberOf({ properties }: JsonObject, name: string): readonly JsonValue[] {
  return isObject(properties) && Object.hasOwn(properties, name) ? [properties[name] ?? null] : []
}

function refuses(node: JsonObject, name: string): boolean {
  return (
    node['additionalProperties'] === false &&
    memberOf(node, name).length === 0 &&
    node['patternProperties'] === undefined
  )
}
