import type { JsonObject, JsonValue, SpecDocument } from '../read/types.ts'
import { below, type Diagnostics, keyOf } from '../support/index.ts'
import { danglingReferences, schemasOf } from './dangling.ts'
import { operationModel } from './operation.ts'
import { looseSegments } from './path.ts'
import { schemesOf } from './security.ts'
import { serversOf } from './servers.ts'
import { createSource, isObject, isReference, membersOf, namedIn, type Source, textOf } from './source.ts'
import type { DocumentPath, OperationModel, SecurityScheme, ServiceManifest, ServiceModel } from './types.ts'

/** Members of a path item that contain an operation, and its method. */
const methods: readonly (readonly [string, OperationModel['method']])[] = [
  ['get', 'GET'],
  ['head', 'HEAD'],
  ['put', 'PUT'],
  ['post', 'POST'],
  ['delete', 'DELETE'],
  ['patch', 'PATCH'],
  ['options', 'OPTIONS'],
  ['trace', 'TRACE'],
  ['query', 'QUERY'],
]

/** Models one service. Webhooks and callbacks are calls made by the service, and are ignored. */
export function serviceModel(
  spec: SpecDocument,
  { origin, nestedQuery, unprovenPatterns }: Pick<ServiceManifest, 'origin' | 'nestedQuery' | 'unprovenPatterns'>,
  diagnostics: Diagnostics,
): ServiceModel {
  const source = createSource(spec, nestedQuery)
  const { document, file } = spec
  const info = isObject(document['info']) ? document['info'] : {}
  const schemes = schemesOf(source)
  const items = membersOf(document['paths']).map(([path, item]) => ({
    path,
    item,
    operations: operationsOf(path, item, source, schemes, diagnostics),
  }))
  const operations = items.flatMap((one) => one.operations)
  if (operations.length === 0) {
    const message = `${file} describes no operations.`
    diagnostics.report({ code: 'GW2101', message, origin: below({ file, pointer: '' }, 'paths') })
  }
  return {
    id: spec.service,
    file,
    version: spec.version,
    renamed: spec.renamed,
    title: textOf(info['title']) ?? spec.service,
    description: textOf(info['description']),
    operations: withDanglingReferences(operations, source),
    paths: items.map(({ path, item, operations }) => documentPath(path, item, operations, source)),
    schemes,
    servers: serversOf(document['servers']) ?? [],
    document,
    unprovenPatterns,
    originOf: spec.originOf,
    origin,
  }
}

function operationsOf(
  path: string,
  node: JsonValue,
  source: Source,
  schemes: readonly SecurityScheme[],
  diagnostics: Diagnostics,
): readonly OperationModel[] {
  const { file, document } = source.spec
  const paths = source.originOf(document['paths'], { file, pointer: '/paths' })
  const pathOrigin = keyOf(below(paths, path))
  const followed = source.follow(node, below(paths, path))
  if (followed.kind === 'refused' || !isObject(followed.value)) {
    const reason = followed.kind === 'refused' ? followed.fault.message : 'it must be an object.'
    const place = followed.kind === 'refused' ? followed.fault.origin : followed.origin
    const message = `The path \`${path}\` cannot be used: ${reason}`
    diagnostics.report({ code: 'GW2116', message, origin: place, subject: path })
    return []
  }
  // Members beside a path item's `$ref` override those of its target. OpenAPI leaves this undefined.
  const item: JsonObject = isReference(node) ? { ...followed.value, ...node } : followed.value
  const itemOrigin = followed.origin
  for (const [name] of namedIn(item['additionalOperations'])) {
    const place = keyOf(below(itemOrigin, 'additionalOperations', name))
    const message = `The method ${name} of \`${path}\` is not supported.`
    diagnostics.report({ code: 'GW2118', message, origin: place, subject: path })
  }
  return methods.flatMap(([name, method]) => {
    const operation = item[name]
    if (operation === undefined || (name === 'query' && source.spec.version !== '3.2')) return []
    const located = { value: operation, origin: source.originOf(operation, below(itemOrigin, name)) }
    return [operationModel(method, located, { source, schemes, path, pathOrigin, item, itemOrigin })]
  })
}

function documentPath(
  path: string,
  node: JsonValue,
  operations: readonly OperationModel[],
  source: Source,
): DocumentPath {
  const followed = source.follow(node, { file: source.spec.file, pointer: '/paths' })
  const item = followed.kind === 'node' && isObject(followed.value) ? followed.value : {}
  const own = serversOf(item['servers']) ?? serversOf(source.spec.document['servers']) ?? []
  const servers = new Set([...own, ...operations.flatMap((operation) => operation.servers)])
  return { segments: looseSegments(path), servers: [...servers] }
}

/** Adds to each operation the faults of references in its schemas that have no target. */
function withDanglingReferences(operations: readonly OperationModel[], source: Source): readonly OperationModel[] {
  const seen = new Set<JsonValue>()
  const broken = operations.some((operation) => danglingReferences(schemasOf(operation), source, seen).length > 0)
  if (!broken) return operations
  return operations.map((operation) => {
    const found = danglingReferences(schemasOf(operation), source, new Set())
    return found.length === 0 ? operation : { ...operation, faults: [...operation.faults, ...found] }
  })
}
