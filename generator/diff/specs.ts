import { exactJson, list } from '../support/index.ts'
import { type Change, type ContractChanges, diffContracts, methods, type RouteName } from './contract.ts'
import { followed, type JsonObject, listOf, membersOf } from './document.ts'
import { diffSchemas, type SchemaChange } from './schemas.ts'

/** How a service's document changed, for the people who use it. */
export interface SpecChanges {
  /** `info.version`; `null`: it is the same. */
  readonly version: { readonly before: string; readonly after: string } | null
  readonly operations: Pick<ContractChanges, 'added' | 'removed' | 'changed'>
  /** Operations that ask callers for something else. */
  readonly security: readonly SecurityChange[]
  readonly schemes: readonly Change[]
  /** Named schemas, by what they say themselves: a change of a schema that they refer to is not theirs. */
  readonly schemas: readonly SchemaChange[]
}

export interface SecurityChange extends RouteName {
  /** `oauth (orders:read) or key`, `nothing`. */
  readonly before: string
  readonly after: string
}

/** Compares two OpenAPI documents whose `$ref`s are all local. `null`: they cannot be compared. */
export function diffSpecs(before: JsonObject, after: JsonObject): SpecChanges | null {
  const earlier = complete(before)
  const later = complete(after)
  const contracts = diffContracts(exactJson(earlier), exactJson(later))
  if (contracts === null) return null
  const { added, removed, changed, schemes } = contracts
  const [from, to] = [versionOf(before), versionOf(after)]
  return {
    version: from === to ? null : { before: from, after: to },
    operations: { added, removed, changed },
    security: securityChanges(earlier, later),
    schemes,
    schemas: diffSchemas(schemasOf(before), schemasOf(after)),
  }
}

/** Whether there is nothing to say about two documents: at most descriptions and examples differ. */
export function isSame({ version, operations, security, schemes, schemas }: SpecChanges): boolean {
  const { added, removed, changed } = operations
  return version === null && [added, removed, changed, security, schemes, schemas].every((all) => all.length === 0)
}

/** The document with what operations inherit written into each: parameters of their paths, and `security`. */
function complete(document: JsonObject): JsonObject {
  const paths = Object.entries(membersOf(document['paths'])).map(([path, written]) => {
    const item = membersOf(followed(written, document))
    const shared = listOf(item['parameters'])
    const operations = methods.flatMap((method) => {
      if (item[method] === undefined) return []
      const operation = membersOf(item[method])
      const own = listOf(operation['parameters'])
      const names = new Set(own.map((parameter) => nameOf(parameter, document)))
      const inherited = shared.filter((parameter) => !names.has(nameOf(parameter, document)))
      const security = operation['security'] ?? document['security'] ?? []
      return [[method, { ...operation, parameters: [...inherited, ...own], security }]]
    })
    return [path, Object.fromEntries(operations)]
  })
  return { ...document, paths: Object.fromEntries(paths) }
}

function nameOf(parameter: unknown, document: JsonObject): string {
  const { in: place, name } = membersOf(followed(parameter, document))
  return `${String(place)} ${String(name)}`
}

function securityChanges(before: JsonObject, after: JsonObject): readonly SecurityChange[] {
  const earlier = securityOf(before)
  return [...securityOf(after)].flatMap(([key, { method, path, text }]) => {
    const from = earlier.get(key)?.text
    return from === undefined || from === text ? [] : [{ method, path, before: from, after: text }]
  })
}

/** What each operation asks for, by method and path, whatever the names of path parameters. */
function securityOf(document: JsonObject): ReadonlyMap<string, RouteName & { readonly text: string }> {
  const found = new Map<string, RouteName & { readonly text: string }>()
  for (const [path, item] of Object.entries(membersOf(document['paths']))) {
    for (const [method, operation] of Object.entries(membersOf(item))) {
      const key = `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`
      found.set(key, { method: method.toUpperCase(), path, text: requirementText(membersOf(operation)['security']) })
    }
  }
  return found
}

/** OpenAPI 3.1 section 4.8.30: one of the requirements, and of each requirement all schemes. */
function requirementText(security: unknown): string {
  const alternatives = listOf(security).map((requirement) =>
    list(
      Object.entries(membersOf(requirement))
        .map(([scheme, scopes]) => [scheme, listOf(scopes).map(String).sort().join(' ')] as const)
        .map(([scheme, scopes]) => (scopes === '' ? scheme : `${scheme} (${scopes})`))
        .sort(),
    ),
  )
  return alternatives.length === 0 ? 'nothing' : alternatives.map((text) => text || 'nothing').join(' or ')
}

function schemasOf(document: JsonObject): JsonObject {
  return membersOf(membersOf(document['components'])['schemas'])
}

function versionOf(document: JsonObject): string {
  return String(membersOf(document['info'])['version'] ?? '')
}
