import type { JsonObject, JsonValue } from '../read/types.ts'
import { type Draft, isList, isObject } from '../support/index.ts'
import {
  behind,
  coreOf,
  createExtended,
  type Discriminator,
  declarationsOf,
  discriminatorOf,
  inlineParts,
  isNull,
  listAt,
  referenceTo,
  referredBy,
  type Schemas,
  schemasIn,
  writtenIn,
} from './family.ts'

/**
 * Rewrites the discriminators of a contract as plain compositions, for the printer of types, which would change the
 * schemas that they name. Changes the document in place.
 *
 * - An alternative has, besides its reference, the values of the member that select it.
 * - A base schema that others extend becomes the union of itself and its heirs; without a value of its own, of its
 *   heirs. What it declares itself becomes a further schema, `<name>.base`, which its heirs extend.
 * - A base schema that lists its heirs is split in the same way, because TypeScript has no types that extend a union
 *   that they belong to.
 */
export function withUnions(document: JsonObject): void {
  const written = writtenIn(document)
  const schemas = schemasIn(document)
  const extended = createExtended(schemas)
  // Before any reference is changed.
  for (const name of schemas.keys()) extended(name)
  const families = familiesIn(schemas, extended)
  const bases = new Map<string, string>()
  for (const name of [...families.keys(), ...listsOfHeirs(schemas, extended)]) {
    let base = `${name}.base`
    while (schemas.has(base)) base = `${base}_`
    bases.set(name, base)
  }
  const context: Context = { schemas, extended, families, bases }
  for (const [name, schema] of schemas) extendBases(name, coreOf(schema), context)
  const made = new Map<string, JsonObject>()
  for (const [name, base] of bases) made.set(base, baseOf(schemas.get(name) ?? {}, families.has(name)))
  discriminate(document, context, false)
  const draft: Draft = written
  for (const [name, family] of families) draft[name] = unionOf(name, family, context)
  for (const [base, schema] of made) {
    discriminate(schema, context, false)
    draft[base] = schema
  }
}

interface Family {
  readonly discriminator: Discriminator
  /** The values of the schema itself and of its heirs; those of others that the mapping names come last. */
  readonly members: readonly (readonly [name: string, values: readonly string[]])[]
  readonly others: readonly (readonly [name: string, values: readonly string[]])[]
}

interface Context {
  readonly schemas: Schemas
  readonly extended: (name: string) => ReadonlySet<string>
  readonly families: ReadonlyMap<string, Family>
  /** The further schema of each base. */
  readonly bases: ReadonlyMap<string, string>
}

/** The schemas that have heirs: those with a discriminator without branches, and heirs that are extended themselves. */
function familiesIn(schemas: Schemas, extended: (name: string) => ReadonlySet<string>): ReadonlyMap<string, Family> {
  const found = new Map<string, Family>()
  const roots = [...schemas].flatMap(([name, schema]) => {
    const discriminator = heirsDiscriminator(coreOf(schema))
    return discriminator === null ? [] : [{ name, discriminator }]
  })
  const add = (name: string, discriminator: Discriminator, all: boolean): void => {
    const isHeir = ([other]: readonly [string, readonly string[]]): boolean =>
      other === name || extended(other).has(name)
    const entries = [...discriminator.values]
    if (discriminator.otherwise !== null && !discriminator.values.has(discriminator.otherwise)) {
      entries.push([discriminator.otherwise, []])
    }
    const members = entries.filter(isHeir)
    const others = all ? entries.filter((entry) => !isHeir(entry)) : []
    if (members.some(([other]) => other !== name) || others.length > 0)
      found.set(name, { discriminator, members, others })
  }
  for (const { name, discriminator } of roots) add(name, discriminator, true)
  for (const { name, discriminator } of roots) {
    for (const heir of discriminator.values.keys()) {
      if (!found.has(heir) && extended(heir).has(name)) add(heir, discriminator, false)
    }
  }
  return found
}

/** The discriminator of a schema without branches, or of an inline part of it. */
function heirsDiscriminator(schema: JsonObject): Discriminator | null {
  for (const part of inlineParts(schema)) {
    const found = hasBranches(part) ? null : discriminatorOf(part)
    if (found !== null) return found
  }
  return null
}

function hasBranches(schema: JsonObject): boolean {
  return listAt(schema, 'oneOf').length + listAt(schema, 'anyOf').length > 0
}

/** The schemas of which an alternative extends them. */
function listsOfHeirs(schemas: Schemas, extended: (name: string) => ReadonlySet<string>): readonly string[] {
  return [...schemas].flatMap(([name, schema]) => {
    const core = coreOf(schema)
    const listed = [...listAt(core, 'oneOf'), ...listAt(core, 'anyOf')].flatMap((branch) => referredBy(branch) ?? [])
    return listed.some((one) => extended(behind(one, schemas)).has(name)) ? [name] : []
  })
}

/** Lets a schema extend what its bases declare, not the unions that it belongs to itself. */
function extendBases(name: string, schema: JsonObject, { schemas, extended, families, bases }: Context): void {
  for (const part of inlineParts(schema)) {
    for (const one of listAt(part, 'allOf')) {
      const referred = referredBy(one)
      const target = referred === null ? null : behind(referred, schemas)
      const base = target === null ? undefined : bases.get(target)
      if (target === null || base === undefined || !isObject(one)) continue
      const family = families.get(target)
      const belongs = family === undefined ? listsAny(target, name, schemas, extended) : isMember(family, name)
      if (belongs) (one as Draft)['$ref'] = referenceTo(base)
    }
  }
}

function isMember({ members }: Family, name: string): boolean {
  return members.some(([member]) => member === name)
}

/** Whether a base lists a schema, or one that extends it. */
function listsAny(
  base: string,
  name: string,
  schemas: Schemas,
  extended: (name: string) => ReadonlySet<string>,
): boolean {
  const core = coreOf(schemas.get(base) ?? {})
  return [...listAt(core, 'oneOf'), ...listAt(core, 'anyOf')].some((branch) => {
    const listed = referredBy(branch)
    const target = listed === null ? null : behind(listed, schemas)
    return target !== null && (target === name || extended(target).has(name))
  })
}

/** What a base declares itself: without its discriminator, and without its alternatives if these are its heirs. */
function baseOf(schema: JsonObject, isFamily: boolean): JsonObject {
  const core = coreOf(schema)
  const left = isFamily ? ['discriminator'] : ['discriminator', 'oneOf', 'anyOf']
  return structuredClone(Object.fromEntries(Object.entries(core).filter(([keyword]) => !left.includes(keyword))))
}

const notes = ['title', 'description', 'deprecated', 'readOnly', 'writeOnly']

function unionOf(name: string, { discriminator, members, others }: Family, context: Context): JsonObject {
  const { schemas, extended, families, bases } = context
  const { property, otherwise } = discriminator
  const schema = schemas.get(name) ?? {}
  const base = bases.get(name) ?? name
  const own = { $ref: referenceTo(base) }
  const branch = (member: string, values: readonly string[]): JsonObject => {
    const isBase = member === name || families.has(member)
    const to = { $ref: referenceTo((isBase ? bases.get(member) : undefined) ?? member) }
    return withValues(to, member, member === otherwise ? null : values, property, context)
  }
  const { isRequired } = declarationsOf(name, property, schemas, extended(name))
  const hasOwn = members.some(([member]) => member === name)
  const list: JsonObject[] = [
    ...members.map(([member, values]) => branch(member, values)),
    ...others.map(([member, values]) => ({ allOf: [own, branch(member, values)] })),
    // Without the member no heir is named.
    ...(hasOwn || isRequired || otherwise !== null
      ? []
      : [{ allOf: [own, { type: 'object', properties: { [property]: false } }] }]),
  ]
  const types = coreOf(schema)['type']
  const nullable = coreOf(schema) !== schema || (isList(types) && types.includes('null'))
  const kept = Object.entries(schema).filter(([keyword]) => notes.includes(keyword))
  return { ...Object.fromEntries(kept), oneOf: nullable ? [...list, { type: 'null' }] : list }
}

/** A reference with the values of the member that select its target. `null`: any values. */
function withValues(
  reference: JsonObject,
  name: string,
  values: readonly string[] | null,
  property: string,
  { schemas, extended }: Context,
): JsonObject {
  if (values === null || values.length === 0) return reference
  const { declared, isRequired } = declarationsOf(name, property, schemas, extended(name))
  if (declared.some((one) => listedIn(one)?.every((value) => values.includes(value)) === true)) return reference
  const marks = ['readOnly', 'writeOnly'].filter((mark) => declared.some((one) => one[mark] === true))
  const member = { type: 'string', enum: [...values], ...Object.fromEntries(marks.map((mark) => [mark, true])) }
  const part = { type: 'object', properties: { [property]: member }, ...(isRequired ? { required: [property] } : {}) }
  return { allOf: [reference, part] }
}

/** The texts that a schema lists; `null`: it lists none, or other values too. */
function listedIn(schema: JsonObject): readonly string[] | null {
  if (typeof schema['const'] === 'string') return [schema['const']]
  const values = listAt(schema, 'enum')
  const texts = values.filter((value): value is string => typeof value === 'string')
  return texts.length > 0 && texts.length === values.length ? texts : null
}

/** Replaces each discriminator below a node of the document by the values of its alternatives. */
function discriminate(node: JsonValue, context: Context, keysAreNames: boolean): void {
  if (isList(node)) for (const item of node) discriminate(item, context, false)
  if (!isObject(node)) return
  for (const [key, value] of Object.entries(node)) discriminate(value, context, !keysAreNames && key === 'properties')
  const written = node['discriminator']
  if (keysAreNames || !isObject(written) || typeof written['propertyName'] !== 'string') return
  const draft: Draft = node as Draft
  const discriminator = discriminatorOf(node)
  delete draft['discriminator']
  if (discriminator === null) return
  const { property, values, otherwise } = discriminator
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = listAt(node, keyword)
    if (branches.length === 0) continue
    const changed = branches.map((branch) => {
      const name = referredBy(branch)
      if (name === null || isNull(branch) || !isObject(branch)) return branch
      return withValues(branch, name, name === otherwise ? null : (values.get(name) ?? null), property, context)
    })
    // The printer combines `anyOf` with what stands beside it as one more alternative.
    delete draft[keyword]
    if (draft['oneOf'] === undefined) draft['oneOf'] = changed
    else draft['allOf'] = [...listAt(node, 'allOf'), { oneOf: changed }]
  }
}
