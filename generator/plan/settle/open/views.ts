import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isNote } from '../schemas/keywords.ts'
import { referredName } from '../schemas/references.ts'
import type { Translated } from '../schemas/types.ts'
import { isList, isObject, isText, listOf, member } from '../schemas/values.ts'

// What an answer's projection keeps, judged from the schemas: `templates/runtime/schema/project/` decides it for values.

/** What a place admits without describing it: any value, objects of any members, or lists of any items. */
export type Openness = 'value' | 'object' | 'list'

/** A member, or items, of a place. */
export interface Step {
  /** The name of a member, the position of an item, or `*`: any. */
  readonly segment: string
  /** The schemas that apply to its values together. Never empty. */
  readonly schemas: readonly Translated[]
  /** The schema that the step is in, and the keyword. */
  readonly holder: JsonObject
  readonly keyword: string
}

/** A place of an answer. */
export interface Spot {
  /** `null`: all that passes is described. */
  readonly openness: Openness | null
  readonly steps: readonly Step[]
}

/** Schemas of one value with one branch of each choice taken. `beside`: choices of which no branch is taken. */
interface View {
  readonly nodes: ReadonlySet<JsonObject>
  readonly beside: readonly Choice[]
}

type Choice = readonly Translated[]
type Kind = 'object' | 'array'

/** The most views of one place. Further ones are left out. */
const mostViews = 2_000

/** Makes the function that describes the place of schemas which apply together. */
export function createSpots(schemas: ReadonlyMap<string, Translated>): (together: readonly Translated[]) => Spot {
  /** The schemas with those that they refer to and consist of; `null`: nothing fits. */
  const extend = (nodes: ReadonlySet<JsonObject>, added: readonly Translated[]): ReadonlySet<JsonObject> | null => {
    const found = new Set(nodes)
    const waiting: JsonValue[] = [...added]
    for (const next of waiting) {
      if (next === false) return null
      if (!isObject(next) || found.has(next)) continue
      found.add(next)
      waiting.push(...partsOf(next, schemas))
    }
    return found
  }

  const viewsOf = (start: View, taken: ReadonlySet<JsonObject>): readonly View[] => {
    const done: View[] = []
    const visit = ({ nodes, beside }: View, settled: ReadonlySet<JsonObject>): void => {
      const choices = [...nodes].filter((node) => !settled.has(node)).flatMap((node) => choicesOf(node, schemas))
      if (choices.length === 0) done.push({ nodes, beside })
      for (const choice of choices) {
        const others = [...beside, ...choices.filter((other) => other !== choice)]
        for (const branch of choice) {
          const extended = done.length < mostViews ? extend(nodes, [branch]) : null
          if (extended !== null) visit({ nodes: extended, beside: others }, nodes)
        }
      }
    }
    visit(start, taken)
    return done
  }

  /** Whether no value of the kind fits the branch, or all that do are described by it. */
  const isCovered = (branch: Translated, kind: Kind, visited: ReadonlySet<Translated>): boolean => {
    if (visited.has(branch)) return false
    const nodes = extend(new Set(), [branch])
    if (nodes === null || !admits(nodes, kind)) return true
    const inner = new Set(visited).add(branch)
    return (
      [...nodes].some((node) => describes(node, kind)) ||
      [...nodes]
        .flatMap((node) => choicesOf(node, schemas))
        .some((choice) => choice.every((one) => isCovered(one, kind, inner)))
    )
  }

  const spotOf = ({ nodes, beside }: View): Spot => {
    if ([...nodes].some((node) => Object.hasOwn(node, 'enum') || Object.hasOwn(node, 'const'))) return closed
    const described = kinds.filter((kind) => [...nodes].some((node) => describes(node, kind)))
    const isTyped = [...nodes].some((node) => Object.hasOwn(node, 'type'))
    // `properties` without `type` means objects, `items` lists.
    const admitted = !isTyped && described.length === 1 ? described : kinds.filter((kind) => admits(nodes, kind))
    const open = admitted.filter(
      (kind) =>
        !described.includes(kind) &&
        !beside.some((choice) => choice.every((branch) => isCovered(branch, kind, new Set()))),
    )
    const [first] = open
    return {
      openness: first === undefined ? null : open.length > 1 ? 'value' : first === 'object' ? 'object' : 'list',
      steps: admitted.filter((kind) => described.includes(kind)).flatMap((kind) => stepsOf[kind]([...nodes])),
    }
  }

  return (together) => {
    const telling = together.filter((schema) => !isNeutral(schema))
    if (telling.length === 0) return { openness: 'value', steps: [] }
    const nodes = extend(new Set(), telling)
    if (nodes === null) return closed
    return viewsOf({ nodes, beside: [] }, new Set()).map(spotOf).reduce(bothOf, closed)
  }
}

const closed: Spot = { openness: null, steps: [] }
const kinds: readonly Kind[] = ['object', 'array']

function bothOf(a: Spot, b: Spot): Spot {
  const openness =
    a.openness === null || a.openness === b.openness ? b.openness : b.openness === null ? a.openness : 'value'
  return { openness, steps: [...a.steps, ...b.steps] }
}

/** Whether every value fits. */
export function isNeutral(schema: Translated): boolean {
  return isObject(schema) ? Object.keys(schema).every(isNote) : schema
}

function partsOf(node: JsonObject, schemas: ReadonlyMap<string, Translated>): readonly JsonValue[] {
  const { $ref, allOf } = node
  const target = isText($ref) ? schemas.get(referredName($ref)) : undefined
  return [...(target === undefined ? [] : [target]), ...listOf(allOf)]
}

/** What a schema leaves to the value: its alternatives, conditions, and the schemas that a discriminator selects. */
function choicesOf(node: JsonObject, schemas: ReadonlyMap<string, Translated>): readonly Choice[] {
  const alternatives = ['anyOf', 'oneOf'].map((keyword) => listOf(node[keyword]).filter(isSchema))
  const { if: condition, then, else: otherwise, dependentSchemas, discriminator } = node
  const branches = [then, otherwise].map((one): Translated => (isSchema(one) ? one : true))
  const conditional = condition === undefined ? [] : [branches]
  const dependent = valuesOf(dependentSchemas).map((one) => [true, one])
  const { mapping } = isObject(discriminator) ? discriminator : {}
  const heirs = isObject(mapping) && alternatives.every((choice) => choice.length === 0) ? Object.values(mapping) : []
  const selected = heirs
    .map((ref) => (isText(ref) ? schemas.get(referredName(ref)) : undefined))
    .filter((schema) => schema !== undefined)
  return [...alternatives, ...conditional, ...dependent, selected.length === 0 ? [] : [true, ...selected]].filter(
    (choice) => choice.length > 0,
  )
}

function admits(nodes: ReadonlySet<JsonObject>, kind: Kind): boolean {
  return [...nodes].every(({ type }) => type === undefined || type === kind || (isList(type) && type.includes(kind)))
}

function describes(node: JsonObject, kind: Kind): boolean {
  if (kind === 'array') return ['items', 'prefixItems', 'unevaluatedItems'].some((one) => Object.hasOwn(node, one))
  return (
    valuesOf(node['properties']).length > 0 ||
    valuesOf(node['patternProperties']).length > 0 ||
    isSchema(node['additionalProperties']) ||
    isSchema(node['unevaluatedProperties'])
  )
}

interface Declared {
  readonly schema: Translated
  readonly holder: JsonObject
  readonly keyword: string
}

const stepsOf: Readonly<Record<Kind, (nodes: readonly JsonObject[]) => readonly Step[]>> = {
  object: (nodes) => {
    const names = new Set(nodes.flatMap((node) => [...namesOf(node['properties']), ...requiredBy(node)]))
    const named = [...names].flatMap((name) => step(name, declarationsOf(nodes, name)))
    const patterns = nodes.flatMap((holder) =>
      valuesOf(holder['patternProperties']).map((schema) => ({ schema, holder, keyword: 'patternProperties' })),
    )
    return [
      ...named,
      ...patterns.flatMap((declared) => step('*', [declared])),
      ...step('*', declarationsOf(nodes, null)),
    ]
  },
  array: (nodes) => {
    const describing = nodes.filter((node) => describes(node, 'array'))
    const length = Math.max(...describing.map((node) => listOf(node['prefixItems']).length))
    return [...Array(length + 1).keys()].flatMap((at) =>
      step(at === length ? '*' : String(at), itemsAt(describing, at)),
    )
  },
}

function step(segment: string, declared: readonly Declared[]): readonly Step[] {
  const [first] = declared
  // A member that one of several declarations marks is withheld.
  if (first === undefined || declared.some(({ schema }) => isWithheld(schema))) return []
  return [
    {
      segment,
      schemas: declared.map(({ schema }) => schema),
      holder: first.holder,
      keyword: first.keyword,
    },
  ]
}

/** Whether clients never get a value of the schema. Marks are on every place that they concern (`schemas/marks.ts`). */
export function isWithheld(schema: Translated): boolean {
  return isObject(schema) && schema['writeOnly'] === true
}

/** The declarations of a member; `null`: of one that no schema names. */
function declarationsOf(nodes: readonly JsonObject[], name: string | null): readonly Declared[] {
  const declared = nodes.flatMap((holder): readonly Declared[] => {
    const { properties } = holder
    const own = name !== null && isObject(properties) ? member(properties, name) : undefined
    if (isSchema(own)) return [{ schema: own, holder, keyword: 'properties' }]
    return single(holder, 'additionalProperties')
  })
  if (declared.length > 0) return declared
  const unevaluated = nodes.flatMap((holder) => single(holder, 'unevaluatedProperties'))
  if (unevaluated.length > 0 || name === null) return unevaluated
  // A member that is required without being described passes, since the answer would not fit without it.
  const holder = nodes.find((node) => requiredBy(node).includes(name))
  return holder === undefined ? [] : [{ schema: true, holder, keyword: 'required' }]
}

function itemsAt(nodes: readonly JsonObject[], at: number): readonly Declared[] {
  const declared = nodes.flatMap((holder): readonly Declared[] => {
    const own = listOf(holder['prefixItems'])[at]
    return isSchema(own) ? [{ schema: own, holder, keyword: 'prefixItems' }] : single(holder, 'items')
  })
  return declared.length > 0 ? declared : nodes.flatMap((holder) => single(holder, 'unevaluatedItems'))
}

/** The schema of a keyword, unless it is `false`. */
function single(holder: JsonObject, keyword: string): readonly Declared[] {
  const schema = holder[keyword]
  return isSchema(schema) && schema !== false ? [{ schema, holder, keyword }] : []
}

function requiredBy({ required, dependentRequired }: JsonObject): readonly string[] {
  return [
    ...listOf(required),
    ...Object.values(isObject(dependentRequired) ? dependentRequired : {}).flatMap(listOf),
  ].filter(isText)
}

function namesOf(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : []
}

function valuesOf(value: JsonValue | undefined): readonly Translated[] {
  return isObject(value) ? Object.values(value).filter(isSchema) : []
}

function isSchema(value: JsonValue | undefined): value is Translated {
  return typeof value === 'boolean' || isObject(value)
}
