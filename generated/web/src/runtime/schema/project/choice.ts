import { isObject, type JsonValue, member } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import { kindOf, NULL } from '../kinds.ts'
import { type Discriminator, discriminatorOf, type Node, schemaAt, schemaMapAt, schemasAt } from '../node.ts'
import { kindsOf } from '../outline.ts'
import type { Schemas } from '../schemas.ts'
import { hasHeirs } from './view.ts'

/** Selects the further schemas that apply to a value; `null` when none of the alternatives admits its type. */
export type Choice = (value: JsonValue) => readonly Schema[] | null

/** The choices of a schema: branches, heirs, conditions and dependent schemas. */
export function choicesOf(node: Node, schemas: Schemas, compile: (schema: Schema) => Check): readonly Choice[] {
  const choices: Choice[] = []
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schemasAt(node, keyword)
    if (branches.length > 0) choices.push(branch(node, branches, schemas, compile))
  }
  const discriminator = discriminatorOf(node)
  if (hasHeirs(node) && discriminator !== null) {
    choices.push((value) => {
      const heir = tagged(discriminator, value)
      return heir === undefined ? [] : [schemas.resolve(heir)]
    })
  }
  const condition = schemaAt(node, 'if')
  if (condition !== undefined) {
    const holds = compile(condition)
    const then = [condition, schemaAt(node, 'then') ?? true]
    const otherwise = [schemaAt(node, 'else') ?? true]
    choices.push((value) => (holds(value, null) ? then : otherwise))
  }
  for (const [name, schema] of schemaMapAt(node, 'dependentSchemas')) {
    choices.push((value) => (isObject(value) && Object.hasOwn(value, name) ? [schema] : []))
  }
  return choices
}

/**
 * `anyOf` or `oneOf`: the branch that the discriminator names; else the branches that fit; else all that admit the value's type,
 * so that a value with one fault keeps its documented members. A single branch of that type is selected without a check.
 */
function branch(node: Node, branches: readonly Schema[], schemas: Schemas, compile: (schema: Schema) => Check): Choice {
  const discriminator = discriminatorOf(node)
  const candidates = branches.map((schema) => ({ schema, kinds: kindsOf(schemas, schema), fits: compile(schema) }))
  return (value) => {
    const ref = discriminator === null ? undefined : tagged(discriminator, value)
    const named = candidates.find(({ schema }) => typeof schema === 'object' && schema['$ref'] === ref)
    if (ref !== undefined && named !== undefined) return [named.schema]
    const kind = kindOf(value)
    const admitting = candidates.filter(({ kinds }) => (kinds & kind) !== 0)
    if (admitting.length === 0) return kind === NULL ? [] : null
    if (admitting.length === 1) return admitting.map(({ schema }) => schema)
    const fitting = admitting.filter(({ fits }) => fits(value, null))
    return (fitting.length > 0 ? fitting : admitting).map(({ schema }) => schema)
  }
}

/** The `$ref` that a discriminator selects for the value. */
function tagged({ propertyName, mapping, fallback }: Discriminator, value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined
  const tag = member(value, propertyName)
  return (typeof tag === 'string' ? mapping.get(tag) : undefined) ?? fallback ?? undefined
}
