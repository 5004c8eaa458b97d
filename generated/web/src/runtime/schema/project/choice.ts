import { isObject, type JsonValue, work } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import type { Check } from '../fault.ts'
import { kindOf, NULL } from '../kinds.ts'
import { discriminatorOf, heirsOf, type Node, schemaAt, schemaMapAt, schemasAt, selectedBy } from '../node.ts'
import { admittedKinds, kindsOf } from '../outline.ts'
import type { Schemas } from '../schemas.ts'

/** Selects the further schemas that apply to a value; `null` when none of the alternatives admits its type. */
export type Choice = (value: JsonValue) => readonly Schema[] | null

/** The choices of a schema: branches, heirs, conditions and dependent schemas. */
export function choicesOf(node: Node, schemas: Schemas, compile: (schema: Schema) => Check): readonly Choice[] {
  const choices: Choice[] = []
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schemasAt(node, keyword)
    if (branches.length > 0) choices.push(branch(node, branches, schemas, compile))
  }
  const heirs = heirsOf(node)
  if (heirs !== null) {
    choices.push((value) => {
      const heir = selectedBy(heirs, value)
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
 * `anyOf` or `oneOf`: the branch that the discriminator names; else the branches that fit; else all that describe values of its
 * type, so that a value with one fault keeps its documented members. A single branch of that type is selected without a check.
 * Branches that only admit the type count where none describes it.
 */
function branch(node: Node, branches: readonly Schema[], schemas: Schemas, compile: (schema: Schema) => Check): Choice {
  const discriminator = discriminatorOf(node)
  const candidates = branches.map((schema) => ({
    schema,
    described: kindsOf(schemas, schema),
    admitted: admittedKinds(schemas, schema),
    fits: compile(schema),
  }))
  return (value) => {
    const ref = discriminator === null ? undefined : selectedBy(discriminator, value)
    const named = candidates.find(({ schema }) => typeof schema === 'object' && schema['$ref'] === ref)
    if (ref !== undefined && named !== undefined) return [named.schema]
    const kind = kindOf(value)
    const describing = candidates.filter(({ described }) => (described & kind) !== 0)
    const admitting = describing.length > 0 ? describing : candidates.filter(({ admitted }) => (admitted & kind) !== 0)
    if (admitting.length === 0) return kind === NULL ? [] : null
    if (admitting.length === 1) return admitting.map(({ schema }) => schema)
    work.spend(2 * candidates.length)
    const fitting = admitting.filter(({ fits }) => fits(value, null))
    return (fitting.length > 0 ? fitting : admitting).map(({ schema }) => schema)
  }
}
