import type { OpenAPI3 } from 'openapi-typescript'
import type ts from 'typescript'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { isObject } from '../support/index.ts'
import { createNarrowing } from './breadth.ts'
import { createDirecting } from './directions.ts'
import { schemasIn, writtenIn } from './family.ts'
import { printable, withPercent } from './printable.ts'
import { printer, typescript } from './printer.ts'
import { withoutCircles } from './recursion.ts'
import { schemasOf } from './schemaTypes.ts'
import { isWithRequired, sound, withRequired } from './soundness.ts'
import { printType, sourceText } from './syntax.ts'
import { withUnions } from './unions.ts'

const { factory } = typescript

/**
 * The context of openapi-typescript's printer. The package's own entry point would also read, lint and bundle with its
 * copy of Redocly.
 */
type Context = Parameters<typeof printer.transformSchema>[1]

/** How many paths or schemas are nodes of TypeScript at a time: these take far more memory than their text. */
const usual = 50

/**
 * TypeScript declarations of an OpenAPI 3.1 document whose `$ref`s are all local, to components. Enumerations become
 * unions of literals, never `enum` declarations, because openapi-typescript does not escape their descriptions. A
 * `default` does not make a property required, and `type: object` alone allows any members, as in JSON Schema. Members
 * that are `readOnly` or `writeOnly` are marked, and `Writable` and `Readable` omit them from requests or answers. Whatever the
 * schemas are, the declarations are valid TypeScript under the strict flags. Throws if the document is invalid.
 * `differing`: names of the schemas with such members. `portion` decides the memory, not the result.
 */
export function declarations(
  document: JsonObject,
  differing: ReadonlySet<string> = new Set(),
  portion = usual,
): string {
  const direct = createDirecting(differing)
  const paths = membersOf(document, 'paths')
  const discriminating = Object.entries(paths).filter(([, item]) => hasDiscriminator(item))
  const own = printable({ ...document, paths: Object.fromEntries(discriminating) })
  withUnions(own)
  const rewritten = membersOf(own, 'paths')
  const transform = createTransform(own)

  const schemas = portionsOf(writtenIn(own), portion).flatMap((part) => {
    const members = schemasOf(transform({ components: { schemas: part } })).map(({ property }) => property)
    for (const member of members) if (isIndependent(member)) printType(member, 2)
    return members
  })
  const components = isObject(own['components']) ? { components: { ...own['components'], schemas: {} } } : {}
  const frame = transform({ ...own, paths: {}, ...components })
  placeSchemas(schemas, frame)
  const narrow = createNarrowing(schemasOf(frame))
  for (const node of frame) if (node.pos < 0) narrow(node)

  const items: ts.TypeElement[] = []
  const operations: ts.TypeElement[] = []
  let last = frame
  for (const part of portionsOf(paths, portion)) {
    const copies: Record<string, JsonValue> = { ...membersOf(printable({ paths: part }), 'paths') }
    for (const path of Object.keys(copies)) copies[path] = rewritten[path] ?? copies[path] ?? null
    last = transform({ paths: copies })
    for (const [name, list] of [['paths', items] as const, ['operations', operations] as const]) {
      for (const member of membersIn(last, name)) {
        narrow(member)
        if (name === 'operations') direct(member)
        printType(member, 1)
        list.push(member)
      }
    }
  }
  operations.push(...membersIn(frame, 'operations'))

  const interfaces = new Map([
    ['paths', items],
    ['operations', operations],
  ])
  const nodes = frame.filter((node) => !isWithRequired(node)).map((node) => withMembers(node, interfaces))
  const helpers = last.some(isWithRequired) ? [withRequired()] : []
  // As the printer has it: behind the interface `operations`, but before the alias that stands for no operations.
  const at = nodes.length - (operations.length > 0 ? 0 : 1)
  const all = [...nodes.slice(0, at), ...helpers, ...nodes.slice(at)]
  return withPercent(sourceText(withoutCircles(all)))
}

type Transform = (part: JsonObject) => readonly ts.Node[]

/** Makes declarations of a part of the document. Its references are to the whole; the operations are those of the part. */
function createTransform(own: JsonObject): Transform {
  const schemas = schemasIn(own)
  // Types that the printer adds behind the others.
  const footer: ts.Node[] = []
  const context = contextOf(own, footer)
  return (part) => {
    const nodes = printer.transformSchema(part as unknown as OpenAPI3, context)
    footer.splice(0, footer.length, ...footer.filter(isWithRequired))
    return footer.length === 0 ? nodes : nodes.map((node) => (node.pos < 0 ? sound(node, schemas) : node))
  }
}

function contextOf(own: JsonObject, injectFooter: ts.Node[]): Context {
  const silent = { silent: true }
  const context = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    // `withUnions` has rewritten them.
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter,
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: true,
    resolve: <T>(reference: string) => printer.resolveRef<T>(own as unknown as OpenAPI3, reference, silent),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: undefined,
    transformProperty: undefined,
  } satisfies Omit<Context, 'redoc'>
  return context as unknown as Context
}

function membersOf(document: JsonObject, name: string): JsonObject {
  const members = document[name]
  return isObject(members) ? members : {}
}

function portionsOf(members: JsonObject, portion: number): readonly JsonObject[] {
  const entries = Object.entries(members)
  const starts = Array.from({ length: Math.ceil(entries.length / portion) }, (_, index) => index * portion)
  return starts.map((start) => Object.fromEntries(entries.slice(start, start + portion)))
}

function hasDiscriminator(node: JsonValue): boolean {
  if (typeof node !== 'object' || node === null) return false
  return Object.hasOwn(node, 'discriminator') || Object.values(node).some(hasDiscriminator)
}

/** Whether a schema is an object whose type does not depend on other types, and they not on what is in it. */
function isIndependent({ type }: ts.PropertySignature): boolean {
  const hasIntersection = (node: ts.Node): boolean =>
    typescript.isIntersectionTypeNode(node) || typescript.forEachChild(node, hasIntersection) === true
  return type !== undefined && typescript.isTypeLiteralNode(type) && !hasIntersection(type)
}

function placeSchemas(schemas: readonly ts.PropertySignature[], nodes: readonly ts.Node[]): void {
  const [section] = membersIn(nodes, 'components')
  if (schemas.length > 0) Object.assign(section ?? {}, { type: factory.createTypeLiteralNode(schemas) })
}

function membersIn(nodes: readonly ts.Node[], name: string): readonly ts.PropertySignature[] {
  const node = nodes.find((one) => nameOf(one) === name)
  if (node === undefined || !typescript.isInterfaceDeclaration(node)) return []
  return [...node.members].filter((member) => typescript.isPropertySignature(member))
}

function nameOf(node: ts.Node): string | null {
  return typescript.isInterfaceDeclaration(node) || typescript.isTypeAliasDeclaration(node) ? node.name.text : null
}

/** A declaration with other members; the same if there are none. */
function withMembers(node: ts.Node, interfaces: ReadonlyMap<string, readonly ts.TypeElement[]>): ts.Node {
  const name = nameOf(node) ?? ''
  const members = interfaces.get(name) ?? []
  if (members.length === 0) return node
  const exported = [factory.createModifier(typescript.SyntaxKind.ExportKeyword)]
  return factory.createInterfaceDeclaration(exported, name, undefined, undefined, members)
}
