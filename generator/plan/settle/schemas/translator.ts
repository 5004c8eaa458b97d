import type { SchemaNode, ServiceModel } from '../../../model/types.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { createComplaints, type Listener } from './complaints.ts'
import { contradictionIn, misfitsIn } from './contradictions.ts'
import { createDiscriminators } from './discriminator.ts'
import { excessiveAmong } from './effort.ts'
import { besideNull } from './heirs.ts'
import { conditionLike, isAssertion, isBygone, isNote, type Kind, keywordsOf, refusesNothing } from './keywords.ts'
import { locationsIn, type Resource } from './locations.ts'
import { takesNull } from './nulls.ts'
import { exclusiveBounds, withNull } from './openapi30.ts'
import type { Patterns } from './patterns/index.ts'
import { createReferences } from './references.ts'
import { scalarValue, Wrong, wrong } from './scalars.ts'
import type { Translated } from './types.ts'
import { undescribedBy } from './undescribed.ts'
import { type Draft, isList, isNumber, isObject, isText, member, put } from './values.ts'
import { xmlOf } from './xml.ts'

/**
 * Translates the schemas of one document into JSON Schema 2020-12, and collects those that are referred to under their
 * names.
 */
export interface Translator {
  translate(node: SchemaNode): Translated
  /** The schema of the document that was translated to this one; `null`: to a boolean, or to none. */
  nodeOf(schema: Translated): JsonObject | null
  /**
   * Everything that was referred to, directly or not. `entering` is called with the name of each schema before it is
   * translated.
   */
  finish(entering: (name: string) => void): ReadonlyMap<string, Translated>
}

/** JSON Schema 2020-12, and the dialects of OpenAPI, which add a few keywords to it. */
const dialects =
  /^https:\/\/(?:json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.[12]\/dialect\/[\w.-]+)#?$/

/** Keywords whose schemas only add to another one for the same value. */
const adding: ReadonlySet<string> = new Set(['allOf', 'not', 'if', 'then', 'else', 'dependentSchemas', 'contains'])

/** The pointer of a schema that describes other values than a component, or not all of them. */
const nowhere: readonly string[] = []

/**
 * Keywords without a meaning are reported and left out. The dialect is that of the document's version: `nullable` is
 * not a keyword of 3.1, nor is `const` of 3.0.
 */
export function createTranslator(service: ServiceModel, patterns: Patterns, diagnostics: Listener): Translator {
  const modern = service.version !== '3.0'
  const keywords = keywordsOf[modern ? '3.1' : '3.0']
  const complaints = createComplaints(service, diagnostics)
  const locations = locationsIn(service.document, modern)
  const references = createReferences(locations, modern, complaints)
  /** The `maxLength` that a pattern needs, by the schema that has it. */
  const limits = new Map<JsonObject, number>()
  const nodes = new WeakMap<JsonObject, JsonObject>()
  const discriminator = createDiscriminators(locations, references, complaints, {
    modern,
    latest: service.version === '3.2',
    renamed: service.renamed,
  })

  const schema = (node: JsonObject, outer: Resource, pointer: readonly string[]): Translated => {
    const made = translated(node, outer, pointer)
    if (isObject(made)) nodes.set(made, node)
    return made
  }

  const translated = (node: JsonObject, outer: Resource, pointer: readonly string[]): Translated => {
    const within = locations.enter(node, outer)
    if (!modern && Object.hasOwn(node, '$ref')) return soleReference(node, within)
    const out: Draft = {}
    for (const keyword in node) {
      const kind = keywords.get(keyword)
      if (kind === undefined) {
        unknownKeyword(node, keyword)
        continue
      }
      const value = keywordValue(kind, node, keyword, within, pointer)
      if (value instanceof Wrong) complaints.add(value.code, value.message, node, [keyword], value.remedy)
      else if (value !== undefined) out[keyword] = value
    }
    const limit = limits.get(node)
    if (limit !== undefined) out['maxLength'] = limit
    withhold(node, out)
    if (!modern) exclusiveBounds(out)
    const own = !modern && node['nullable'] === true ? withNull(out) : out
    const contradiction = contradictionIn(own)
    if (contradiction !== null) {
      complaints.add('GW3255', contradiction.message, node, [contradiction.keyword])
    } else for (const { path, message } of misfitsIn(own)) complaints.add('GW3269', message, node, path)
    return modern ? withReferences(node, own, within) : own
  }

  /** A schema that decides alone which values there are. */
  const whole = (node: JsonObject, within: Resource, pointer: readonly string[]): Translated => {
    const undescribed = undescribedBy(node)
    if (undescribed !== null) complaints.add('GW3266', undescribed.message, node, [undescribed.keyword])
    return schema(node, within, pointer)
  }

  const keywordValue = (
    kind: Kind,
    node: JsonObject,
    keyword: string,
    within: Resource,
    pointer: readonly string[],
  ): JsonValue | undefined | Wrong => {
    const value = node[keyword] ?? null
    switch (kind) {
      case 'schema':
        return child(value, node, keyword, null, within)
      case 'schemas':
        if (!isList(value) || value.length === 0) return wrong(keyword, 'a list of schemas that is not empty')
        // A discriminator in a part of a component, or in its only alternative beside null, belongs to the component.
        return value.map((item, at) =>
          child(item, node, keyword, at, within, describesSame(node, keyword) ? pointer : nowhere),
        )
      case 'members':
        return isObject(value) ? members(value, node, keyword, within) : wrong(keyword, 'schemas by name')
      case 'patterns':
        return isObject(value) ? patternMembers(value, node, keyword, within) : wrong(keyword, 'schemas by pattern')
      case 'pattern':
        return isText(value) ? pattern(value, node, [keyword]) : wrong(keyword, 'text')
      case 'discriminator':
        return discriminator(node, pointer, within)
      case 'dialect':
        return isText(value) && dialects.test(value)
          ? undefined
          : new Wrong('GW3257', `\`${keyword}\` names a dialect that is not JSON Schema 2020-12.`)
      case 'elsewhere':
        return undefined
      case 'xml':
        return xmlOf(value)
      default:
        return scalarValue(kind, keyword, value, modern)
    }
  }

  /** A schema within another one, at a keyword or a step below it. */
  const child = (
    value: JsonValue,
    parent: JsonObject,
    keyword: string,
    step: string | number | null,
    within: Resource,
    pointer: readonly string[] = nowhere,
  ): Translated => {
    if (isObject(value)) return adding.has(keyword) ? schema(value, within, pointer) : whole(value, within, pointer)
    // OpenAPI 3.0 allows booleans for `additionalProperties` only, but their meaning is clear elsewhere. In `allOf`
    // they become objects, because some readers look for a `$ref` in each part.
    if (typeof value === 'boolean') return keyword === 'allOf' ? (value ? {} : { not: {} }) : value
    complaints.add('GW3251', 'A schema must be an object.', parent, step === null ? [keyword] : [keyword, step])
    return true
  }

  const members = (value: JsonObject, node: JsonObject, keyword: string, within: Resource): JsonObject => {
    const copy: Draft = {}
    for (const name of Object.keys(value)) put(copy, name, child(value[name] ?? null, node, keyword, name, within))
    return copy
  }

  const patternMembers = (value: JsonObject, node: JsonObject, keyword: string, within: Resource): JsonObject => {
    const copy: Draft = {}
    for (const [written, item] of Object.entries(value)) {
      const source = pattern(written, node, [keyword, written])
      if (source !== undefined) put(copy, source, child(item, node, keyword, written, within))
    }
    return copy
  }

  /** A pattern for values, which `maxLength` can limit, or for the names of members (`path` has two steps), which it cannot. */
  const pattern = (written: string, node: JsonObject, path: readonly string[]): string | undefined => {
    const ofValues = path.length === 1
    const maxLength = ofValues ? member(node, 'maxLength') : undefined
    const judged = patterns.judge(written, {
      maxLength: isNumber(maxLength) ? Number(maxLength) : null,
      mayLimit: ofValues && service.unprovenPatterns === 'limit',
    })
    if (judged.kind === 'refused') {
      complaints.add(judged.code, judged.message, node, path, judged.remedy)
      return undefined
    }
    if (judged.foreign !== null) {
      const [construct] = judged.foreign.split(';')
      complaints.add('GW3261', judged.foreign, node, path, undefined, construct)
    }
    if (judged.limit !== null) {
      limits.set(node, judged.limit)
      const message = `Because of its pattern, the value is limited to ${judged.limit} characters.`
      complaints.add('GW3263', message, node, path, undefined, 'a pattern')
    }
    return judged.source
  }

  /** OpenAPI 3.0: keywords beside `$ref` are ignored, except those that withhold the value, and the description. */
  const soleReference = (node: JsonObject, within: Resource): Translated => {
    const $ref = references.follow(node, '$ref', within)
    if ($ref === null) return true
    const out: Draft = { $ref }
    const description = member(node, 'description')
    if (isText(description)) out['description'] = description
    if (node['writeOnly'] === true) out['writeOnly'] = true
    withhold(node, out)
    return out
  }

  /**
   * A `$ref` beside conditions becomes a part of `allOf`. The meaning is the same, and some readers ignore keywords
   * beside a `$ref`.
   */
  const withReferences = (node: JsonObject, out: Draft, within: Resource): Translated => {
    const parts: JsonObject[] = []
    for (const keyword of ['$ref', '$dynamicRef'] as const) {
      const $ref = Object.hasOwn(node, keyword) ? references.follow(node, keyword, within) : null
      if ($ref !== null) parts.push({ $ref })
    }
    const [only] = parts
    if (only === undefined) return out
    if (parts.length === 1 && Object.keys(out).every(isNote)) return { ...only, ...out }
    return { ...out, allOf: [...parts, ...(isList(out['allOf']) ? out['allOf'] : [])] }
  }

  const unknownKeyword = (node: JsonObject, keyword: string): void => {
    if (isBygone(keyword) || (!modern && isAssertion(keyword))) {
      if (refusesNothing(keyword, node[keyword])) return
      const message = `OpenAPI ${service.version} has no keyword \`${keyword}\`: it is not checked.`
      complaints.add('GW3259', message, node, [keyword])
    } else if (modern && keyword === 'nullable' && node[keyword] === true) {
      if (takesNull(node)) return
      const remedy = "Add 'null' to `type`, or drop `nullable`."
      complaints.add('GW3259', 'OpenAPI 3.1 has no keyword `nullable`: `null` does not fit.', node, [keyword], remedy)
    } else {
      const meant = conditionLike(keyword, keywords)
      if (meant === null) return
      const message = `OpenAPI ${service.version} has no keyword \`${keyword}\`: it is not checked. Did you mean \`${meant}\`?`
      const remedy = 'Correct the name; in a spec that is not yours, by an overlay.'
      complaints.add('GW3259', message, node, [keyword], remedy)
    }
  }

  const standard = member(service.document, 'jsonSchemaDialect')
  if (modern && standard !== undefined && !(isText(standard) && dialects.test(standard))) {
    const message = '`jsonSchemaDialect` names a dialect that is not JSON Schema 2020-12.'
    complaints.add('GW3257', message, service.document, ['jsonSchemaDialect'])
  }

  return {
    translate({ schema: node, origin }) {
      complaints.below(origin)
      if (isObject(node)) return whole(node, locations.document, nowhere)
      if (typeof node === 'boolean') return node
      complaints.add('GW3251', 'A schema must be an object.', {}, [])
      return true
    },
    nodeOf: (schema) => (isObject(schema) ? (nodes.get(schema) ?? null) : null),
    finish(entering) {
      const named = new Map<string, Translated>()
      const written = new Map<string, JsonValue>()
      for (let next = references.next(); next !== null; next = references.next()) {
        const { node, pointer, resource } = next.target
        entering(next.name)
        named.set(next.name, isObject(node) ? whole(node, resource, pointer) : node === true)
        written.set(next.name, node)
      }
      const excessive = excessiveAmong(named)
      const node = excessive === null ? undefined : written.get(excessive)
      if (excessive !== null && isObject(node)) {
        entering(excessive)
        complaints.add(
          'GW3262',
          `A value would have to be checked against too many schemas because of \`${excessive}\`.`,
          node,
          [],
        )
      }
      return named
    },
  }
}

/** Whether a schema of a list describes all values of the schema around it, apart from null. */
function describesSame(node: JsonObject, keyword: string): boolean {
  const alternatives = Object.hasOwn(node, 'anyOf') ? 'anyOf' : 'oneOf'
  return keyword === 'allOf' || (keyword === alternatives && besideNull(node) !== null)
}

/** Secrets are `writeOnly`: no client gets them. */
function withhold(node: JsonObject, out: Draft): void {
  if (node['x-sensitive'] === true || node['format'] === 'password') out['writeOnly'] = true
}
