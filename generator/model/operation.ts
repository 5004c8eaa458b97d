import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, keyOf, type Origin } from '../support/index.ts'
import { bodyOf, responsesOf } from './bodies.ts'
import { createFaults } from './faults.ts'
import { parametersOf } from './parameters.ts'
import { parsePath } from './path.ts'
import { requirementsOf } from './security.ts'
import { serversOf, unfilledServer } from './servers.ts'
import { isObject, isReference, type Located, type Source, textOf } from './source.ts'
import type { ExternalDocsModel, OperationModel, SecurityScheme } from './types.ts'

/** The surroundings of an operation's node. */
export interface OperationContext {
  readonly source: Source
  readonly schemes: readonly SecurityScheme[]
  /** Key of the path item, as written. */
  readonly path: string
  readonly pathOrigin: Origin
  readonly item: JsonObject
  readonly itemOrigin: Origin
}

/** Models one operation. Parts that cannot be served become faults. */
export function operationModel(
  method: OperationModel['method'],
  written: Located,
  context: OperationContext,
): OperationModel {
  const { source, schemes, item, itemOrigin, path, pathOrigin } = context
  const { document, file } = source.spec
  const faults = createFaults()
  const followed = faults.accept(source.follow(written.value, written.origin))
  const value: JsonValue = followed === null ? {} : (followed.value ?? null)
  const origin = followed?.origin ?? written.origin
  // Members beside a `$ref` take precedence, as for path items.
  const node: JsonObject = isObject(value) ? (isReference(written.value) ? { ...value, ...written.value } : value) : {}
  if (!isObject(value)) faults.add('GW2115', 'An operation must be an object.', origin)
  if (method === 'QUERY') faults.add('GW2117', 'The method QUERY is not supported.', keyOf(origin))

  const parsed = parsePath(path)
  if (parsed.kind === 'fault') {
    faults.add('GW2102', `The path \`${path}\` cannot be parsed: ${parsed.reason}.`, pathOrigin)
  }
  const template = parsed.kind === 'template' ? parsed.template : null
  const own = [node, item].find((one) => serversOf(one['servers']) !== null)
  const ownServers = serversOf(own?.['servers'])

  const ownSecurity = node['security']
  const root: Origin = { file, pointer: '' }
  const security = ownSecurity === undefined ? document['security'] : ownSecurity
  const securityOrigin = ownSecurity === undefined ? below(root, 'security') : below(origin, 'security')
  const tags = Array.isArray(node['tags']) ? node['tags'].filter((tag) => typeof tag === 'string') : []

  return {
    service: source.spec.service,
    operationId: textOf(node['operationId']),
    reference: `${method} ${path}`,
    method,
    path: template ?? { text: path, segments: [], variant: null, query: null },
    tags,
    summary: textOf(node['summary']) ?? textOf(item['summary']),
    description: textOf(node['description']) ?? textOf(item['description']),
    externalDocs: externalDocsOf(node['externalDocs']),
    deprecated: node['deprecated'] === true,
    internal: [node, item, ...tagsOf(document, tags)].some((one) => one['x-internal'] === true),
    parameters: parametersOf(
      [
        [item['parameters'], itemOrigin],
        [node['parameters'], origin],
      ],
      template,
      pathOrigin,
      source,
      faults,
    ),
    body: bodyOf(node['requestBody'], method, below(origin, 'requestBody'), source, faults),
    responses: responsesOf(node['responses'], below(origin, 'responses'), source, faults),
    security: requirementsOf(security, source.originOf(security, securityOrigin), schemes, faults),
    securityOrigin: security === undefined ? null : source.originOf(security, securityOrigin),
    servers: ownServers ?? serversOf(document['servers']) ?? [],
    ownServers: ownServers !== null,
    unfilledServer: unfilledServer((own ?? document)['servers']),
    faults: faults.all,
    origin,
  }
}

function externalDocsOf(value: JsonValue | undefined): ExternalDocsModel | null {
  const url = isObject(value) ? textOf(value['url']) : null
  return url === null || !isObject(value) ? null : { url, description: textOf(value['description']) }
}

/** The objects of `tags` at the root that declare these tags. */
function tagsOf({ tags: declared }: JsonObject, names: readonly string[]): readonly JsonObject[] {
  if (!Array.isArray(declared) || names.length === 0) return []
  return declared.flatMap((tag) => {
    const name = isObject(tag) ? textOf(tag['name']) : null
    return isObject(tag) && name !== null && names.includes(name) ? [tag] : []
  })
}
