import { below, closest, Diagnostics, keyOf, type Origin } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isList, isObject, textsOf } from './json.ts'
import { exampleOf, idFrom, remedyFor, written } from './remedies.ts'
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

/** Whether a value has no error of its own. */
export function isValid(value: JsonValue, schema: JsonObject, context: Context, check: Check): boolean {
  const diagnostics = new Diagnostics()
  check(value, schema, { file: '', pointer: '' }, [''], { ...context, isTrial: true, diagnostics })
  return diagnostics.all.length === 0
}

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
    const example = remedyFor(path, undefined, schema, context.root, () => true)
    const remedy = choice.length > 0 && example === null ? `Write one of ${quoted(choice)}.` : example
    context.diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must not be empty.`, origin, remedy })
  }
  if (typeof maxProperties === 'number' && names.length > maxProperties) {
    const message = `${nameOf(path)} has ${quoted(names)}, but only one of them is allowed.`
    const remedy = `Keep one of ${quoted(names)}; several are a list of maps.`
    context.diagnostics.report({ code: 'GW2007', message, origin: keyOf(below(origin, names[1] ?? '')), remedy })
  }
  const absent = textsOf(schema['required']).filter((name) => !(name in value) && !isMisspelt(name, names, properties))
  if (absent.length > 0) context.diagnostics.report(missing(path, absent, origin, schema, context.root))
  checkCombinations(value, schema, origin, path, context)

  for (const name of names) {
    const child = value[name]
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    const place = below(origin, name)
    if (child === undefined) continue
    if (isObject(property)) check(child, property, place, [...path, name], context)
    else if (isPatternProperty(name, schema)) continue
    else if (additionalProperties === false) {
      const isValidAs = (one: JsonValue, meant: JsonObject): boolean => isValid(one, meant, context, check)
      context.diagnostics.report(unknown(path, name, child, properties, keyOf(place), context, isValidAs))
    } else if (isObject(additionalProperties)) {
      if (isObject(propertyNames) && !checkName(name, propertyNames, keyOf(place), path, context)) continue
      check(child, { ...additionalProperties, ...exampleIn(schema) }, place, [...path, name], context)
    }
  }
}

/** The example of a map, as one of what each of its members may be. */
function exampleIn({ examples }: JsonObject): JsonObject {
  const [example] = isList(examples) ? examples : []
  const [first] = isObject(example) ? Object.values(example) : []
  return first === undefined ? {} : { examples: [first] }
}

/** Whether an unknown property is most likely this one, which is then not reported as missing. */
function isMisspelt(name: string, names: readonly string[], properties: JsonObject): boolean {
  return names.some((one) => !Object.hasOwn(properties, one) && closest(one, Object.keys(properties)) === name)
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
        remedy: dependentRemedy(other, schema, context),
      })
    }
  }
  const choices = isList(oneOf) ? oneOf.filter((one) => isObject(one)).map((branch) => textsOf(branch['required'])) : []
  if (choices.length === 0) return
  const begun = choices.filter((choice) => choice.some((name) => name in value))
  const complete = choices.filter((choice) => choice.every((name) => name in value))
  if (begun.length > 1) {
    const second = begun.at(-1)?.find((name) => name in value) ?? ''
    const groups = begun.map((choice) => quoted(choice.filter((name) => name in value)))
    const message = `${nameOf(path)} has ${groups.join(' beside ')}.`
    const remedy = `Keep either ${groups.join(' or ')}.`
    context.diagnostics.report({ code: 'GW2007', message, origin: keyOf(below(origin, second)), remedy })
  } else if (complete.length === 0) {
    const wanted = begun[0] ?? choices[0] ?? []
    const properties = isObject(schema['properties']) ? schema['properties'] : {}
    const absent = wanted.filter((name) => !(name in value) && !isMisspelt(name, Object.keys(value), properties))
    if (absent.length > 0) context.diagnostics.report(missing(path, absent, origin, schema, context.root))
  }
}

function dependentRemedy(name: string, schema: JsonObject, { root }: Context): string {
  const property = isObject(schema['properties']) ? schema['properties'][name] : undefined
  const example = isObject(property) ? exampleOf(property, root) : undefined
  return example === undefined ? `Add \`${name}\`.` : `Add, for example\n${written(name, example)}`
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
  const id = idFrom(name)
  const remedy = new RegExp(pattern, 'u').test(id) ? `Write \`${id}\`, also where it is referred to.` : null
  context.diagnostics.report({ code: 'GW2005', message, origin, remedy })
  return false
}

function isPatternProperty(name: string, schema: JsonObject): boolean {
  const patterns = schema['patternProperties']
  return isObject(patterns) && Object.keys(patterns).some((pattern) => new RegExp(pattern, 'u').test(name))
}
