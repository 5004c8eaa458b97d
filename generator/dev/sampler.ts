import { createRequire } from 'node:module'
import { JsonNumber, type JsonValue } from '../../templates/runtime/json/index.ts'
import { compileSchemas, type Direction } from '../../templates/runtime/schema/index.ts'
import type { ParameterSchema, Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import { isObject } from '../support/index.ts'
import { type Composer, createComposer } from './composer.ts'
import { plain } from './json.ts'
import { quietly } from './quietly.ts'

// The package's types do not match its ES module entry.
const { sample: sampleOf } = createRequire(import.meta.url)('openapi-sampler') as {
  sample(schema: object, options: { quiet: boolean }, document: object): unknown
}

export type Place = 'path' | 'query' | 'header' | 'cookie'

/** Sample values for the schemas of a contract, the same in every run. */
export interface Sampler {
  /**
   * The first example that fits, else a value sampled from the schema. `fits`: whether the contract accepts it.
   * `variant`: 0 for the simplest value; other numbers give other values.
   */
  value(schema: Schema, direction: Direction, examples?: readonly unknown[], variant?: number): Sample
  /** The same for a parameter, whose value must also be representable at its place. */
  parameter(place: Place, parameter: ParameterSchema, variant?: number): Sample
}

export interface Sample {
  readonly value: unknown
  readonly fits: boolean
}

/** Creates a sampler. Its values are checked by the validator of gateways. */
export function createSampler(contract: ServiceSchemas): Sampler {
  const compiled = compileSchemas(contract)
  const directions: Readonly<Record<Direction, Source>> = {
    request: { view: without('readOnly', contract), compose: createComposer(compiled, 'request') },
    response: { view: without('writeOnly', contract), compose: createComposer(compiled, 'response') },
  }

  const choose = (
    schema: Schema,
    direction: Direction,
    examples: readonly unknown[],
    variant: number,
    edit: (value: unknown) => unknown,
  ): Sample => {
    const checker = compiled.checker(schema, direction)
    let first: Sample | null = null
    for (const candidate of candidates(schema, directions[direction], examples, variant)) {
      const value = edit(candidate)
      if (value === undefined) continue
      if (checker.fits(value as JsonValue)) return { value, fits: true }
      first ??= { value, fits: false }
    }
    return first ?? { value: null, fits: false }
  }
  return {
    value: (schema, direction, examples = [], variant = 0) => {
      const project = compiled.projector(schema, 'request')
      const checker = compiled.checker(schema, 'request')
      // A gateway may refuse undeclared members of requests, and examples of documents may have some. What is left may
      // fit fewer alternatives, which declare fewer members.
      const edit = (value: unknown): unknown => {
        if (direction !== 'request' || value === undefined) return value
        const declared = project(value as JsonValue)
        return declared === value || declared === undefined || !checker.fits(declared) ? value : edit(declared)
      }
      return choose(schema, direction, examples, variant, edit)
    },
    parameter: (place, { schema, style }, variant = 0) => {
      const wanted: Schema = schema === true ? { type: 'string', minLength: 1 } : schema
      const edit = style === null ? (value: unknown) => value : (value: unknown) => writable(value, place)
      return choose(wanted, 'request', variant === 0 ? examplesOf(wanted) : [], variant, edit)
    },
  }
}

/** The examples of a schema, then the values of its `enum`. */
function examplesOf(schema: Schema): readonly unknown[] {
  const { examples, enum: values } = typeof schema === 'object' ? schema : {}
  return [examples, values].flatMap((some) => (Array.isArray(some) ? some : []))
}

/**
 * The parts of a value that can be distinguished from an absent value and are not changed at their place; `undefined`
 * if there are none.
 */
function writable(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => writable(item, place)).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (typeof value === 'object' && value !== null && !(value instanceof JsonNumber)) {
    const members = Object.entries(value).flatMap(([name, member]) => {
      const kept = writable(member, place)
      return kept === undefined ? [] : [[name, kept] as const]
    })
    return members.length === 0 ? undefined : Object.fromEntries(members)
  }
  if (typeof value !== 'string') return value ?? undefined
  return isWritable(value, place) ? value : undefined
}

function isWritable(text: string, place: Place): boolean {
  if (place === 'header') return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
  if (place === 'path') return text !== '' && !/[\x00-\x1f\x7f/\\]|^\.{1,2}$/.test(text)
  return text !== ''
}

/** Sources of values for one direction. */
interface Source {
  readonly view: View
  readonly compose: Composer
}

/**
 * Examples; then values of openapi-sampler, which are readable but ignore patterns and recursion; then composed values.
 */
function* candidates(
  schema: Schema,
  { view, compose }: Source,
  examples: readonly unknown[],
  variant: number,
): Generator<unknown, void, undefined> {
  if (variant === 0) {
    yield* examples.map(plain)
    const start = view.schema(schema)
    const sampled = isLarge(start, view.document.schemas)
      ? undefined
      : attempt(() => sampleOf(start, { quiet: true }, view.document))
    yield sampled === undefined ? undefined : plain(sampled)
  }
  for (let other = variant; other < variant + 3; other++) {
    yield compose(schema, { variant: other, optional: true })
    yield compose(schema, { variant: other, optional: false })
  }
}

/** openapi-sampler throws for schemas that it does not support; other candidates follow. */
function attempt(sample: () => unknown): unknown {
  try {
    return quietly(sample)
  } catch {
    return undefined
  }
}

/** The most objects of schemas, with those that they refer to, that openapi-sampler is given. */
const maxObjects = 50_000

/** Whether a schema refers to so many others that openapi-sampler, which follows each reference on its own, takes too long. */
function isLarge(start: object, schemas: Readonly<Record<string, unknown>>): boolean {
  let left = maxObjects
  const active = new Set<unknown>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || left <= 0 || active.has(node)) return
    left -= 1
    active.add(node)
    for (const inner of Object.values(node)) visit(inner)
    const { $ref } = node as { readonly $ref?: unknown }
    if (typeof $ref === 'string') visit(schemas[$ref.slice('#/schemas/'.length)])
    active.delete(node)
  }
  visit(start)
  return left <= 0
}

interface View {
  readonly document: { readonly schemas: Readonly<Record<string, unknown>> }
  schema(schema: Schema): object
}

/** The contract's schemas without the members that one direction does not have. */
function without(mark: 'readOnly' | 'writeOnly', contract: ServiceSchemas): View {
  const marked = (schema: unknown): boolean => {
    if (typeof schema !== 'object' || schema === null) return false
    if ((schema as Record<string, unknown>)[mark] === true) return true
    const ref = (schema as Record<string, unknown>)['$ref']
    const target = typeof ref === 'string' ? contract.schemas[ref.slice('#/schemas/'.length)] : undefined
    return typeof target === 'object' && target[mark] === true
  }
  const strip = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(strip)
    // openapi-sampler calculates with doubles. Other numbers come from the composer.
    if (node instanceof JsonNumber) return Number(node.text)
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).map(([name, inner]) => [name, strip(inner)] as const)
    const result: Record<string, unknown> = Object.fromEntries(entries)
    const { properties, required } = node as { properties?: unknown; required?: unknown }
    if (isObject(properties)) {
      const kept = Object.entries(properties).filter(([, property]) => !marked(property))
      result['properties'] = Object.fromEntries(kept.map(([name, property]) => [name, strip(property)]))
      if (Array.isArray(required)) {
        const gone = new Set(Object.keys(properties).filter((name) => !kept.some(([one]) => one === name)))
        result['required'] = required.filter((name) => !gone.has(String(name)))
      }
    }
    return result
  }
  const document = { schemas: strip(contract.schemas) as Record<string, unknown> }
  return { document, schema: (schema) => (typeof schema === 'boolean' ? {} : (strip(schema) as object)) }
}
