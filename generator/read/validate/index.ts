import { below, type Diagnostics, type Origin } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { hasType, isList, isObject } from './json.ts'
import { checkObject } from './object.ts'
import { type Context, missing, wrongType, wrongValue } from './reports.ts'
import { branchesOf, couldBe, resolveSchema, tagOf } from './schema.ts'
import { checkText } from './texts.ts'
import { expected, nameOf } from './wording.ts'

// Validates the manifest against gateway.schema.json: with exact places, all errors at once, and for alternatives only the errors of the
// one that was meant. Supports only the keywords that the schema uses. A test compares its results with those of a complete validator.

/** Reports all errors of `value` against `schema`. */
export function validateManifest(value: JsonValue, schema: JsonObject, file: string, diagnostics: Diagnostics): void {
  check(value, schema, { file, pointer: '' }, [], { root: schema, diagnostics })
}

function check(value: JsonValue, schema: JsonObject, origin: Origin, path: readonly string[], context: Context): void {
  const resolved = resolveSchema(schema, context.root)
  const { anyOf, oneOf, type, enum: allowed } = resolved
  // Beside `type`, `oneOf` only restricts which properties are combined.
  const alternatives = anyOf ?? (type === undefined ? oneOf : undefined)
  const { diagnostics } = context

  if (isList(alternatives)) checkAlternatives(value, alternatives, resolved, origin, path, context)
  else if ('const' in resolved && value !== resolved['const'])
    diagnostics.report(wrongValue(path, [resolved['const']], value, origin))
  else if (isList(allowed) && !allowed.includes(value)) diagnostics.report(wrongValue(path, allowed, value, origin))
  else if (typeof type === 'string' && !hasType(value, type))
    diagnostics.report(wrongType(path, expected(resolved), value, origin))
  else if (typeof value === 'string') checkString(value, resolved, origin, path, context)
  else if (typeof value === 'number') checkNumber(value, resolved, origin, path, context)
  else if (isList(value)) checkList(value, resolved, origin, path, context)
  else if (isObject(value)) checkObject(value, resolved, origin, path, context, check)
}

function checkAlternatives(
  value: JsonValue,
  alternatives: readonly JsonValue[],
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
): void {
  const { root, diagnostics } = context
  const branches = branchesOf(alternatives, root)
  const tags = branches.map(tagOf).filter((tag) => tag !== null)
  const tag = isObject(value) && tags.length > 0 ? value['type'] : null
  const meant = branches.find((branch) => (tag === null ? couldBe(value, branch) : tagOf(branch) === tag))
  // If no alternative fits, a text is most likely a misspelt word of an `enum`.
  const words = branches.map((branch) => branch['enum']).find((choice) => isList(choice))

  if (meant !== undefined) check(value, meant, origin, path, context)
  else if (tag === undefined) diagnostics.report(missing(path, 'type', origin))
  else if (tag !== null) diagnostics.report(wrongValue([...path, 'type'], tags, tag, below(origin, 'type')))
  else if (typeof value === 'string' && isList(words)) diagnostics.report(wrongValue(path, words, value, origin))
  else diagnostics.report(wrongType(path, expected(schema, branches), value, origin))
}

function checkString(
  value: string,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  { diagnostics }: Context,
): void {
  const { minLength, pattern, format } = schema
  const name = nameOf(path)
  const closed = 'enum' in schema || 'const' in schema
  const finding = closed ? null : checkText(name, value, typeof format === 'string' ? format : null)
  if (typeof minLength === 'number' && value.length < minLength) {
    diagnostics.report({ code: 'GW2006', message: `${name} must not be empty.`, origin })
  } else if (finding !== null) {
    diagnostics.report({ ...finding, origin })
  } else if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
    diagnostics.report({ code: 'GW2005', message: `${name} must be ${expected(schema)}, not \`${value}\`.`, origin })
  }
}

function checkNumber(
  value: number,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  { diagnostics }: Context,
): void {
  const { minimum, maximum } = schema
  if (typeof minimum === 'number' && value < minimum) {
    diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must be at least ${minimum}.`, origin })
  } else if (typeof maximum === 'number' && value > maximum) {
    diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must be at most ${maximum}.`, origin })
  }
}

function checkList(
  value: readonly JsonValue[],
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
): void {
  const { minItems, uniqueItems, items } = schema
  if (typeof minItems === 'number' && value.length < minItems) {
    context.diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must not be empty.`, origin })
  }
  const seen = new Set<JsonValue>()
  for (const [index, item] of value.entries()) {
    if (isObject(items)) check(item, items, below(origin, index), [...path, String(index)], context)
    if (uniqueItems === true && typeof item === 'string' && seen.has(item)) {
      const message = `${nameOf(path)} names \`${item}\` twice.`
      context.diagnostics.report({ code: 'GW2006', message, origin: below(origin, index) })
    }
    seen.add(item)
  }
}
