import { below, keyOf, type Origin } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isList, isObject, textsOf } from './json.ts'
import { type Context, missing, unknown } from './reports.ts'
import { resolveSchema } from './schema.ts'
import { expected, nameOf, quoted } from './wording.ts'

/** Checks a value against a schema. A parameter of `checkObject`, because an import would be circular. */
export type Check = (
  value: JsonValue,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
) => void

export function checkObject(
  value: JsonObject,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
  check: Check,
): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const names = Object.keys(value)
  const { minProperties, maxProperties, propertyNames, additionalProperties } = schema

  if (typeof minProperties === 'number' && names.length < minProperties) {
    const choice = Object.keys(properties)
    const remedy = choice.length > 0 ? `Write one of ${quoted(choice)}.` : null
    context.diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must not be empty.`, origin, remedy })
  }
  if (typeof maxProperties === 'number' && names.length > maxProperties) {
    const message = `${nameOf(path)} has ${quoted(names)}, but only one of them is allowed.`
    context.diagnostics.report({ code: 'GW2007', message, origin: keyOf(below(origin, names[1] ?? '')) })
  }
  for (const name of textsOf(schema['required']))
    if (!(name in value)) context.diagnostics.report(missing(path, name, origin))
  checkCombinations(value, schema, origin, path, context)

  for (const name of names) {
    const child = value[name]
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    const place = below(origin, name)
    if (child === undefined) continue
    if (isObject(property)) check(child, property, place, [...path, name], context)
    else if (isPatternProperty(name, schema)) continue
    else if (additionalProperties === false)
      context.diagnostics.report(unknown(path, name, Object.keys(properties), keyOf(place), context.root))
    else if (isObject(additionalProperties)) {
      if (isObject(propertyNames) && !checkName(name, propertyNames, keyOf(place), path, context)) continue
      check(child, additionalProperties, place, [...path, name], context)
    }
  }
}

/** Checks `dependentRequired`, and a `oneOf` with `required` only. */
function checkCombinations(
  value: JsonObject,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
): void {
  const { dependentRequired, oneOf } = schema
  for (const [name, needed] of Object.entries(isObject(dependentRequired) ? dependentRequired : {})) {
    if (!(name in value)) continue
    for (const other of textsOf(needed)) {
      if (other in value) continue
      const message = `${nameOf(path)} has \`${name}\` without \`${other}\`.`
      context.diagnostics.report({
        code: 'GW2002',
        message,
        origin: keyOf(below(origin, name)),
        remedy: `Add \`${other}\`.`,
      })
    }
  }
  const choices = isList(oneOf) ? oneOf.filter((one) => isObject(one)).map((branch) => textsOf(branch['required'])) : []
  if (choices.length === 0) return
  const begun = choices.filter((choice) => choice.some((name) => name in value))
  const complete = choices.filter((choice) => choice.every((name) => name in value))
  if (begun.length > 1) {
    const second = begun.at(-1)?.find((name) => name in value) ?? ''
    const message = `${nameOf(path)} has both ${begun.map((choice) => quoted(choice.filter((name) => name in value))).join(' and ')}.`
    context.diagnostics.report({
      code: 'GW2007',
      message,
      origin: keyOf(below(origin, second)),
      remedy: 'Keep one of them.',
    })
  } else if (complete.length === 0) {
    const wanted = begun[0] ?? choices[0] ?? []
    for (const name of wanted) if (!(name in value)) context.diagnostics.report(missing(path, name, origin))
  }
}

function checkName(
  name: string,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  context: Context,
): boolean {
  const rule = resolveSchema(schema, context.root)
  const pattern = rule['pattern']
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(name)) return true
  const message = `The key \`${name}\` of ${nameOf(path)} must be ${expected(rule)}.`
  context.diagnostics.report({ code: 'GW2005', message, origin })
  return false
}

function isPatternProperty(name: string, schema: JsonObject): boolean {
  const patterns = schema['patternProperties']
  return isObject(patterns) && Object.keys(patterns).some((pattern) => new RegExp(pattern, 'u').test(name))
}
