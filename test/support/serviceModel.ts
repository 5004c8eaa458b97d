import type {
  BodyModel,
  ExampleModel,
  HeaderModel,
  MediaModel,
  OperationModel,
  ParameterModel,
  PathTemplate,
  ResponseModel,
  SchemaNode,
  ServiceModel,
} from '../../generator/model/types.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { below, type Origin } from '../../generator/support/index.ts'

// A service's model made directly from an OpenAPI object, for tests of later stages. The input is not checked.

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** `openapi` (3.1.0), `info` and `paths` of `document` have defaults. */
export function serviceModel(document: JsonObject, id = 'orders'): ServiceModel {
  const whole: JsonObject = { openapi: '3.1.0', info: { title: 'Orders', version: '1' }, paths: {}, ...document }
  const file = `${id}.yaml`
  const root: Origin = { file, pointer: '' }
  const origins = new Map<object, Origin>()
  const note = (node: JsonValue, origin: Origin): void => {
    if (typeof node !== 'object' || node === null) return
    origins.set(node, origin)
    for (const [name, value] of Object.entries(node)) note(value, below(origin, name))
  }
  note(whole, root)
  const originOf = (node: object): Origin | null => origins.get(node) ?? null
  const at = (node: JsonObject): Origin => originOf(node) ?? root

  const follow = (node: JsonValue | undefined): JsonObject => {
    const found = object(node)
    const reference = found['$ref']
    if (typeof reference !== 'string') return found
    const steps = decodeURIComponent(reference).slice(2).split('/')
    let target: JsonValue | undefined = whole
    for (const step of steps) target = object(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
    return follow(target)
  }
  const schemaOf = (node: JsonValue | undefined, fallback: Origin): SchemaNode | null =>
    node === undefined
      ? null
      : { schema: node, origin: typeof node === 'object' && node !== null ? (originOf(node) ?? fallback) : fallback }

  const media = (content: JsonValue | undefined): readonly MediaModel[] =>
    Object.entries(object(content)).map(([type, raw]) => {
      const node = follow(raw)
      return {
        type,
        schema: schemaOf(node['schema'], at(node)),
        encoding: Object.fromEntries(
          Object.entries(object(node['encoding'])).map(([name, encoding]) => {
            const { style, explode, allowReserved, contentType } = object(encoding)
            return [
              name,
              {
                style: typeof style === 'string' ? (style as ParameterModel['style']) : null,
                explode: explode === true || (explode === undefined && style === 'form'),
                allowReserved: allowReserved === true,
                contentType: typeof contentType === 'string' ? contentType.split(/\s*,\s*/) : [],
              },
            ]
          }),
        ),
        examples: examples(node),
        node,
        origin: at(node),
      }
    })

  const parameter = (raw: JsonValue): ParameterModel => {
    const node = follow(raw)
    const place = node['in'] as ParameterModel['in']
    const style =
      node['content'] === undefined
        ? (node['style'] ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple'))
        : null
    const [first] = media(node['content'])
    return {
      in: place,
      name: String(node['name']),
      required: node['required'] === true,
      style: style as ParameterModel['style'],
      explode: typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form',
      allowReserved: node['allowReserved'] === true,
      deprecated: node['deprecated'] === true,
      description: text(node['description']),
      schema: schemaOf(node['schema'], at(node)) ?? first?.schema ?? { schema: {}, origin: at(node) },
      examples: examples(node),
      allowEmptyValue: node['allowEmptyValue'] === true,
      origin: at(node),
    }
  }

  const body = (raw: JsonValue | undefined): BodyModel | null => {
    if (raw === undefined) return null
    const node = follow(raw)
    return {
      required: node['required'] === true,
      description: text(node['description']),
      content: media(node['content']),
      origin: at(node),
    }
  }

  const header = ([name, raw]: [string, JsonValue]): HeaderModel => {
    const node = follow(raw)
    return {
      name,
      required: node['required'] === true,
      deprecated: node['deprecated'] === true,
      description: text(node['description']),
      explode: node['explode'] === true,
      content: null,
      schema: schemaOf(node['schema'], at(node)),
      examples: examples(node),
    }
  }

  const response = ([status, raw]: [string, JsonValue]): ResponseModel => {
    const node = follow(raw)
    return {
      status: status.replace('xx', 'XX'),
      description: text(node['description']) ?? '',
      headers: Object.entries(object(node['headers'])).map(header),
      content: media(node['content']),
      origin: at(node),
    }
  }

  const operation = (path: string, method: (typeof methods)[number], item: JsonObject): OperationModel => {
    const node = object(item[method])
    const own = list(node['parameters']).map(parameter)
    const shared = list(item['parameters']).map(parameter)
    const overridden = (one: ParameterModel) => own.some((other) => other.in === one.in && other.name === one.name)
    return {
      service: id,
      operationId: text(node['operationId']),
      reference: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase() as OperationModel['method'],
      path: template(path),
      tags: list(node['tags']).map(String),
      summary: text(node['summary']),
      description: text(node['description']),
      externalDocs: null,
      deprecated: node['deprecated'] === true,
      internal: node['x-internal'] === true,
      parameters: [...shared.filter((one) => !overridden(one)), ...own],
      body: body(node['requestBody']),
      responses: Object.entries(object(node['responses'])).map(response),
      security: null,
      securityOrigin: null,
      servers: [],
      ownServers: false,
      unfilledServer: null,
      faults: [],
      origin: at(node),
    }
  }

  return {
    id,
    file,
    version: String(whole['openapi']).slice(0, 3) as ServiceModel['version'],
    renamed: new Map(),
    title: text(object(whole['info'])['title']) ?? '',
    description: text(object(whole['info'])['description']),
    operations: Object.entries(object(whole['paths'])).flatMap(([path, raw]) => {
      const item = follow(raw)
      return methods.filter((method) => item[method] !== undefined).map((method) => operation(path, method, item))
    }),
    paths: Object.keys(object(whole['paths'])).map((path) => ({ segments: template(path).segments, servers: [] })),
    schemes: [],
    servers: [],
    document: whole,
    unprovenPatterns: 'refuse',
    originOf,
    origin: root,
  }
}

/** Every operation under its operationId, or a generated key. */
export function keysOf(service: ServiceModel): ReadonlyMap<OperationModel, string> {
  return new Map(service.operations.map((operation, at) => [operation, operation.operationId ?? `operation${at}`]))
}

function template(path: string): PathTemplate {
  const [rest = '', variant = null] = path.split('#')
  const [plain = '', query = null] = rest.split('?')
  return {
    text: path,
    segments: plain
      .split('/')
      .slice(1)
      .map((text) => [{ kind: 'literal', text }]),
    variant,
    query,
  }
}

function object(node: JsonValue | undefined): JsonObject {
  return typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as JsonObject) : {}
}

function list(node: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(node) ? node : []
}

function examples(node: JsonObject): readonly ExampleModel[] {
  const named = Object.entries(object(node['examples'])).map(([name, one]) => {
    const { summary, description, value = null } = object(one)
    return { name, summary: text(summary), description: text(description), value }
  })
  const only = node['example']
  return only === undefined ? named : [{ name: null, summary: null, description: null, value: only }, ...named]
}

function text(node: JsonValue | undefined): string | null {
  return typeof node === 'string' ? node : null
}
