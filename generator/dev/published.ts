import { JsonNumber } from '../../templates/runtime/json/index.ts'
import type {
  AnswerSchemas,
  MediaSchema,
  Method,
  OperationSchemas,
  ParameterSchema,
  ParameterStyle,
  Route,
  Schema,
  ServiceSchemas,
} from '../../templates/runtime/vocabulary.ts'
import { unescapeSegment } from '../../templates/runtime/words/pointers.ts'
import type { ServicePlan } from '../plan/types.ts'
import { isObject } from '../support/index.ts'
import { createSampler, type Sampler } from './sampler.ts'

type Json = Readonly<Record<string, unknown>>

/** The contract of a gateway as clients see it: read from `openapi.json` only. */
export interface PublishedContract {
  /** The document's operations by operationId, in the form from which sample requests are made. */
  readonly schemas: ServiceSchemas
  readonly sampler: Sampler
  /** The operation as a route that sends everything it declares; `null`: the document does not have it. */
  route(method: string, path: string): Route | null
}

/**
 * Reads a contract. `linear`: the patterns that only the linear-time engine can run, which a document cannot express.
 */
export function readContract(document: Json, linear: readonly string[]): PublishedContract {
  const operations = new Map<string, { readonly id: string; readonly schemas: OperationSchemas }>()
  for (const [path, item] of entries(document['paths'])) {
    for (const [method, operation] of entries(item)) {
      const id = String(object(operation)['operationId'])
      operations.set(`${method.toUpperCase()} ${path}`, { id, schemas: operationOf(object(operation), document) })
    }
  }
  const schemas: ServiceSchemas = {
    operations: Object.fromEntries([...operations.values()].map(({ id, schemas: one }) => [id, one])),
    schemas: Object.fromEntries(
      entries(object(document['components'])['schemas']).map(([name, schema]) => [name, local(schema)]),
    ),
    linear,
  }
  return {
    schemas,
    sampler: createSampler(schemas),
    route: (method, path) => {
      const found = operations.get(`${method} ${path}`)
      return found === undefined ? null : routeOf(method, path, found.id, found.schemas)
    },
  }
}

const known = new WeakMap<ServicePlan, PublishedContract>()

/** The contract of a client with a service, with examples. The operationIds are contract keys. */
export function exemplaryContract(service: ServicePlan): PublishedContract {
  const found = known.get(service) ?? readContract(service.document(), service.schemas.linear)
  known.set(service, found)
  return found
}

function operationOf(operation: Json, document: Json): OperationSchemas {
  const found: Record<'path' | 'query' | 'header' | 'cookie', Record<string, ParameterSchema>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  }
  for (const parameter of list(operation['parameters']).map(object)) {
    found[place(parameter)][String(parameter['name'])] = parameterOf(parameter)
  }
  const body = operation['requestBody']
  return {
    ...found,
    body:
      body === undefined
        ? null
        : { required: object(body)['required'] === true, content: contentOf(object(body)['content']) },
    answers: Object.fromEntries(
      entries(operation['responses']).map(([status, response]) => [status, answerOf(resolved(response, document))]),
    ),
  }
}

function place(parameter: Json): 'path' | 'query' | 'header' | 'cookie' {
  return parameter['in'] as 'path' | 'query' | 'header' | 'cookie'
}

/** Applies the defaults of the Parameter Object. */
function parameterOf(parameter: Json): ParameterSchema {
  const at = place(parameter)
  const content = Object.values(object(parameter['content']))[0]
  const usual: ParameterStyle = at === 'query' || at === 'cookie' ? 'form' : 'simple'
  const style = content === undefined ? ((parameter['style'] ?? usual) as ParameterStyle) : null
  return {
    required: parameter['required'] === true,
    style,
    explode: (parameter['explode'] ?? style === 'form') === true,
    allowReserved: parameter['allowReserved'] === true,
    schema: exemplified(local((content === undefined ? parameter : object(content))['schema'] ?? true), parameter),
  }
}

/** Adds the parameter's example to those of its schema. */
function exemplified(schema: Schema, { example }: Json): Schema {
  if (example === undefined || schema === false) return schema
  const known = schema === true ? {} : schema
  return { ...known, examples: [example, ...list(known['examples'])] }
}

function contentOf(content: unknown): Readonly<Record<string, MediaSchema>> {
  return Object.fromEntries(
    entries(content).map(([type, media]) => [
      type,
      {
        schema: local(object(media)['schema'] ?? true),
        encoding: Object.fromEntries(
          entries(object(media)['encoding']).map(([name, of]) => [name, encodingOf(object(of))]),
        ),
      },
    ]),
  )
}

function encodingOf(encoding: Json): MediaSchema['encoding'][string] {
  const style = (encoding['style'] ?? null) as ParameterStyle | null
  return {
    style,
    explode: (encoding['explode'] ?? (style === null || style === 'form')) === true,
    allowReserved: encoding['allowReserved'] === true,
    contentType: String(encoding['contentType'] ?? '')
      .split(',')
      .map((type) => type.trim())
      .filter((type) => type !== ''),
  }
}

function answerOf(response: Json): AnswerSchemas {
  return {
    content: contentOf(response['content']),
    headers: entries(response['headers']).map(([name]) => name.toLowerCase()),
  }
}

/** A route without any restriction. Tests compare with the gateway's own route. */
function routeOf(method: string, path: string, id: string, operation: OperationSchemas): Route {
  return {
    id,
    method: method as Method,
    path,
    access: { kind: 'public', because: 'not looked at here' },
    request: {
      path: Object.keys(operation.path),
      query: Object.keys(operation.query),
      header: Object.keys(operation.header),
      cookie: Object.keys(operation.cookie),
      body: operation.body === null ? null : Object.keys(operation.body.content),
      bind: [],
      undeclaredQuery: 'drop',
      maxBody: 0,
    },
    action: { kind: 'call', service: '', method: method as Method, path, credentials: [] },
    contract: { service: '', operation: id },
    answers: { check: 'off', undeclared: 'pass', statuses: [] },
    timeout: 0,
    undeclaredBody: 'pass',
    streamIdle: null,
    streamLifetime: 0,
    streamsPerCaller: 0,
    uploadIdle: 0,
  }
}

/** References in the form of a service's `schemas.json`, and integers as the runtime parses them. */
function local(node: unknown): Schema {
  const visit = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(visit)
    if (typeof inner === 'bigint') return new JsonNumber(String(inner))
    if (inner instanceof JsonNumber) return inner
    if (typeof inner === 'string') return inner.replace(/^#\/components\/schemas\//, '#/schemas/')
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, visit(value)]))
  }
  return visit(node) as Schema
}

function resolved(node: unknown, document: Json): Json {
  const { $ref } = object(node) as { readonly $ref?: unknown }
  if (typeof $ref !== 'string') return object(node)
  return object(
    $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((inner, name) => object(inner)[unescapeSegment(name)], document),
  )
}

function object(value: unknown): Json {
  return isObject(value) ? value : {}
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(object(value))
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
