import { JsonNumber } from '../../templates/runtime/json/index.ts'
import { writeCookie, writeHeader, writePath, writeQuery } from '../../templates/runtime/parameters/writing/writers.ts'
import type { MediaSchema, OperationSchemas, ParameterSchema, Route } from '../../templates/runtime/vocabulary.ts'
import { essenceOf, isJson } from '../../templates/runtime/words/mediaTypes.ts'
import { isObject } from '../support/index.ts'
import { jsonText, plain } from './json.ts'

/** The values of one request, by place, before serialisation. An absent member is not sent. */
export interface RequestValues {
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly header: Readonly<Record<string, unknown>>
  readonly cookie: Readonly<Record<string, unknown>>
  /** `undefined`: no body. */
  readonly body: unknown
}

/** A request as sent. */
export interface Message {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

/**
 * Serialises a request as an OpenAPI client does: each value in its parameter's style, the body by its media type
 * (`null`: no body). Parameters are written by the functions with which gateways write requests to services. No code
 * with which a gateway reads requests is used.
 */
export function writeMessage(
  route: Pick<Route, 'method' | 'path'>,
  operation: OperationSchemas,
  values: RequestValues,
  mediaType: string | null,
): Message {
  const pairs = Object.entries(values.query).flatMap(([name, value]) => {
    const parameter = operation.query[name]
    return parameter === undefined ? [] : [writeQuery(name, parameter, plain(value))]
  })
  const media = mediaType === null ? undefined : operation.body?.content[mediaType]
  const body =
    mediaType === null || media === undefined || values.body === undefined
      ? null
      : writeBody(mediaType, media, values.body)
  const cookies = Object.entries(values.cookie).flatMap(([name, value]) => {
    const parameter = operation.cookie[name]
    return parameter === undefined ? [] : [`${name}=${writeCookie(name, parameter, plain(value))}`]
  })
  const query = present(pairs)
  return {
    method: route.method,
    target: `${filled(route.path, values.path, operation.path)}${query === '' ? '' : `?${query}`}`,
    headers: {
      ...headersOf(operation.header, values.header),
      ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
      ...(body === null ? {} : { 'content-type': body.type }),
    },
    body: body?.bytes ?? null,
  }
}

function filled(
  template: string,
  values: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, ParameterSchema>>,
): string {
  return template.replace(/\{([^}]*)\}/g, (whole, name: string) => {
    const parameter = parameters[name]
    return parameter === undefined ? whole : (writePath(name, parameter, plain(values[name])) ?? '')
  })
}

function headersOf(
  parameters: Readonly<Record<string, ParameterSchema>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const parameter = parameters[name]
      const text = parameter === undefined ? null : writeHeader(name, parameter, plain(value))
      return text === null ? [] : [[name.toLowerCase(), text] as const]
    }),
  )
}

interface WrittenBody {
  readonly type: string
  readonly bytes: Buffer
}

function writeBody(type: string, media: MediaSchema, value: unknown): WrittenBody {
  const plain = essenceOf(type)
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (isJson(plain) || plain === '*/*') {
    return { type: plain === '*/*' ? 'application/json' : type, bytes: Buffer.from(jsonText(value)) }
  }
  if (plain === 'application/x-www-form-urlencoded') {
    const pairs = members.map(([name, item]) => fieldPairs(name, media, item))
    return { type, bytes: Buffer.from(present(pairs)) }
  }
  if (plain === 'multipart/form-data') return multipart(members, media)
  const concrete = plain.endsWith('/*') ? plain.replace('/*', '/png') : type
  return { type: concrete, bytes: Buffer.from(typeof value === 'string' ? value : 'sample') }
}

/** Without a style a list is repeated, and an object is JSON text (OpenAPI 3.1, Encoding Object). */
function fieldPairs(name: string, { encoding }: MediaSchema, value: unknown): string {
  const own = encoding[name]
  const isText = own?.style == null && isObject(value)
  const style = isText ? null : (own?.style ?? 'form')
  return writeQuery(name, { style, explode: own?.explode ?? true, allowReserved: false }, plain(value))
}

/** Joins pairs, without those of empty lists. */
function present(pairs: readonly string[]): string {
  return pairs.filter((text) => text !== '').join('&')
}

const boundary = 'gatewright-sample-boundary'

function multipart(members: readonly (readonly [string, unknown])[], media: MediaSchema): WrittenBody {
  const parts = members.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((item) => part(name, media, item)) : [part(name, media, value)],
  )
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  }
}

/** A part has a `Content-Type` if the contract documents one, or if it is JSON. */
function part(name: string, { encoding }: MediaSchema, value: unknown): string {
  const isTree = typeof value === 'object' && value !== null && !(value instanceof JsonNumber)
  const [documented] = encoding[name]?.contentType ?? []
  const type = documented?.replace('/*', '/png') ?? (isTree ? 'application/json' : null)
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`
  return `${head}${type === null ? '' : `\r\ncontent-type: ${type}`}\r\n\r\n${value instanceof JsonNumber || isTree ? jsonText(value) : String(value)}\r\n`
}
