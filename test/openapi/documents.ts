import type { JsonObject, JsonValue } from '../../generator/read/types.ts'

// Minimal documents of one operation, `probe`, on the path /probe.

/** Pointers to parts of these documents. */
export const at = {
  item: '/paths/~1probe',
  post: '/paths/~1probe/post',
  get: '/paths/~1probe/get',
  body: '/paths/~1probe/post/requestBody/content/application~1json',
  answer: '/paths/~1probe/get/responses/200',
} as const

export interface Parts {
  /** `3.1.0` */
  readonly openapi?: string
  /** Members of the operation. */
  readonly operation?: JsonObject
  /** Members of its path item. */
  readonly item?: JsonObject
  readonly components?: JsonObject
  /** Members of the document. */
  readonly root?: JsonObject
}

export const json = (schema: JsonValue, more: JsonObject = {}): JsonObject => ({
  'application/json': { schema, ...more },
})

const fine: JsonObject = { 200: { description: 'Fine', content: json({}) } }

function documentOf(
  method: 'get' | 'post',
  { openapi = '3.1.0', operation = {}, item = {}, components = {}, root = {} }: Parts,
): JsonObject {
  return {
    openapi,
    info: { title: 'Orders', version: '1' },
    ...root,
    paths: { '/probe': { [method]: { operationId: 'probe', responses: fine, ...operation }, ...item } },
    components,
  }
}

/** POST /probe */
export function posting(operation: JsonObject, parts: Parts = {}): JsonObject {
  return documentOf('post', { ...parts, operation })
}

/** GET /probe */
export function getting(operation: JsonObject, parts: Parts = {}): JsonObject {
  return documentOf('get', { ...parts, operation })
}

/** GET /probe?x=... with one parameter. */
export function asking(parameter: JsonObject, parts: Parts = {}): JsonObject {
  return getting({ parameters: [{ name: 'x', in: 'query', ...parameter }] }, parts)
}

/** POST /probe with a JSON body of this schema. */
export function taking(schema: JsonValue, parts: Parts = {}): JsonObject {
  return posting({ requestBody: { required: true, content: json(schema) } }, parts)
}

/** GET /probe with a JSON answer of this schema. */
export function giving(schema: JsonValue, parts: Parts = {}): JsonObject {
  return getting({ responses: { 200: { description: 'Fine', content: json(schema) } } }, parts)
}
