import { below, type Diagnostics, type Origin, type Report } from '../../support/index.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { hasType, isList, isObject } from './json.ts'
import { checkObject, isValid } from './object.ts'
import { remedyFor, written } from './remedies.ts'
import { type Context, typeless, wrongType, wrongValue } from './reports.ts'
import { branchesOf, couldBe, resolveSchema, tagOf } from './schema.ts'
import { checkText } from './texts.ts'
import { expected, nameOf, quoted } from './wording.ts'

// Validates the manifest against gateway.schema.json: with exact places, all errors at once, and for alternatives only the errors of the
// one that was meant. Supports only the keywords that the schema uses. A test compares its results with those of a complete validator.

/** Reports all errors of `value` against `schema`. */
export function validateManifest(value: JsonValue, schema: JsonObject, file: string, diagnostics: Diagnostics): void {
  const other = otherKind(value)
  if (other === null)
    check(value, schema, { file, pointer: '' }, [], { root: schema, manifest: value, isTrial: false, diagnostics })
  else diagnostics.report({ code: 'GW1008', ...other(file), origin: { file, pointer: '' } })
}

/** What a file without `gatewright` is, if it is known. */
function otherKind(value: JsonValue): ((file: string) => Pick<Report, 'message' | 'remedy'>) | null {
  if (value === null) return (file) => ({ message: `${file} is empty.` })
  if (!isObject(value)) return (file) => ({ message: `${file} is not a manifest: it has no properties.` })
  if ('gatewright' in value) return null
  if ('openapi' in value || 'swagger' in value) {
    return (file) => ({
      message: `${file} is an OpenAPI document, not a manifest.`,
      remedy:
        'Name the manifest with `--manifest`, or write a first one for the document:\n    gatewright init <specs...>',
    })
  }
  if (!('overlay' in value)) return null
  return (file) => ({ message: `${file} is an Overlay document, not a manifest.` })
}

function check(value: JsonValue, schema: JsonObject, origin: Origin, path: readonly string[], context: Context): void {
  const resolved = resolveSchema(schema, context.root)
  const { anyOf, oneOf, type, enum: allowed } = resolved
  const remedy = (): string | null =>
    context.isTrial
      ? null
      : remedyFor(path, value, { ...resolved, ...schema }, context.root, (one) => isValid(one, schema, context, check))
  // Beside `type`, `oneOf` only restricts which properties are combined.
  const alternatives = anyOf ?? (type === undefined ? oneOf : undefined)
  const { diagnostics } = context

  if (isList(alternatives)) checkAlternatives(value, alternatives, resolved, origin, path, remedy, context)
  else if ('const' in resolved && value !== resolved['const'])
    diagnostics.report(wrongValue(path, [resolved['const']], value, origin))
  else if (isList(allowed) && !allowed.includes(value)) diagnostics.report(wrongValue(path, allowed, value, origin))
  else if (typeof type === 'string' && !hasType(value, type))
    diagnostics.report(wrongType(path, expected(resolved), value, origin, remedy()))
  else if (typeof value === 'string') checkString(value, resolved, origin, path, remedy, context)
  else if (typeof value === 'number') checkNumber(value, resolved, origin, path, context)
  else if (isList(value)) checkList(value, { ...resolved, ...schema }, origin, path, context)
  else if (isObject(value)) checkObject(value, { ...resolved, ...schema }, origin, path, context, check)
}

function checkAlternatives(
  value: JsonValue,
  alternatives: readonly JsonValue[],
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  remedy: () => string | null,
  context: Context,
): void {
  const { root, diagnostics } = context
  const branches = branchesOf(alternatives, root)
  const tags = branches.map(tagOf).filter((tag) => tag !== null)
  const tagged = isObject(value) && tags.length > 0 ? value : null
  const tag = tagged?.['type']
  const meant = branches.find((branch) =>
    tagged === null ? couldBe(value, branch) : tag !== null && tagOf(branch) === tag,
  )
  // If no alternative fits, a text is most likely a misspelt word of an `enum`.
  const words = branches.map((branch) => branch['enum']).find((choice) => isList(choice))

  if (meant !== undefined) check(value, meant, origin, path, context)
  else if (tagged !== null && tag === undefined) diagnostics.report(typeless(path, tags, origin))
  else if (tag !== undefined) diagnostics.report(wrongValue([...path, 'type'], tags, tag, below(origin, 'type')))
  else if (typeof value === 'string' && isList(words))
    diagnostics.report(wrongValue(path, words, value, origin, remedy(), moreThanWords(branches)))
  else diagnostics.report(wrongType(path, expected(schema, branches), value, origin, remedy()))
}

/** The maps that are allowed besides the words of an `enum`. */
function moreThanWords(branches: readonly JsonObject[]): string {
  const names = branches.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []))
  return names.length === 0 ? '' : `, or a map with one of ${quoted(names, 'or')}`
}

function checkString(
  value: string,
  schema: JsonObject,
  origin: Origin,
  path: readonly string[],
  remedy: () => string | null,
  { diagnostics }: Context,
): void {
  const { minLength, pattern, format } = schema
  const name = nameOf(path)
  const closed = 'enum' in schema || 'const' in schema
  const finding = closed ? null : checkText(name, value, typeof format === 'string' ? format : null)
  if (typeof minLength === 'number' && value.length < minLength) {
    diagnostics.report({ code: 'GW2006', message: `${name} must not be empty.`, origin, remedy: remedy() })
  } else if (finding !== null) {
    // Only texts that decide what is generated have no remedy of their own.
    const instead = remedy()?.replace(/^For example/, 'Write the value itself, for example') ?? null
    diagnostics.report({ ...finding, remedy: finding.remedy ?? instead, origin })
  } else if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
    diagnostics.report({
      code: 'GW2005',
      message: `${name} must be ${expected(schema)}, not \`${value}\`.`,
      origin,
      remedy: remedy(),
    })
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
  const isLow = typeof minimum === 'number' && value < minimum
  if (!isLow && !(typeof maximum === 'number' && value > maximum)) return
  const bound = isLow ? `at least ${minimum}` : `at most ${maximum}`
  const nearest = isLow ? minimum : maximum
  const message = `${nameOf(path)} must be ${bound}, not ${value}.`
  const remedy = `Write a number from ${minimum} to ${maximum}, for example\n${written(path.at(-1) ?? '', nearest as number)}`
  diagnostics.report({ code: 'GW2006', message, origin, remedy })
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
    const remedy = remedyFor(path, undefined, schema, context.root, () => true)
    context.diagnostics.report({ code: 'GW2006', message: `${nameOf(path)} must not be empty.`, origin, remedy })
  }
  const seen = new Set<JsonValue>()
  for (const [index, item] of value.entries()) {
    if (isObject(items)) check(item, items, below(origin, index), [...path, String(index)], context)
    if (uniqueItems === true && typeof item === 'string' && seen.has(item)) {
      const message = `${nameOf(path)} names \`${item}\` twice.`
      const remedy = `Remove one of the two \`${item}\`.`
      context.diagnostics.report({ code: 'GW2006', message, origin: below(origin, index), remedy })
    }
    seen.add(item)
  }
}
