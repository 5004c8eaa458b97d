import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml'
import { writeMessage } from '../../generator/dev/message.ts'
import type { SampleRequest } from '../../generator/dev/requests.ts'
import type { MediaSchema, Method, OperationSchemas, ParameterSchema } from '../../templates/runtime/vocabulary.ts'

/** An operation as the service's own document describes it, as far as a client needs it. */
export interface OriginalOperation {
  readonly action: { readonly method: Method; readonly path: string }
  readonly operation: OperationSchemas
}

/** Documents of services, parsed without any code of the generator. */
export interface Originals {
  /**
   * `reference`: `POST /orders#variant`. Throws if the file does not have the operation, or has a dangling reference.
   */
  operation(file: string, reference: string): OriginalOperation
}

/** The request with the same values that a client of the service itself would send. */
export function originalRequest(
  { action, operation }: OriginalOperation,
  { values, mediaType }: SampleRequest,
): SampleRequest {
  const [path = ''] = action.path.split('?')
  const query = Object.fromEntries(
    Object.entries(operation.query).map(([name, parameter]) => [name, settled(parameter, values.query[name])]),
  )
  const message = writeMessage({ method: action.method, path }, { ...operation, query }, values, mediaType)
  return { ...message, fits: true, values, mediaType }
}

/**
 * OpenAPI does not define how nested lists and objects are written. Manifests by `init` set `nestedQuery: brackets`.
 */
function settled(parameter: ParameterSchema, value: unknown): ParameterSchema {
  const nests = Object.values(object(value) === value ? value : Array.isArray(value) ? value : {}).some(
    (inner) => typeof inner === 'object' && inner !== null,
  )
  return nests && parameter.style !== null ? { ...parameter, style: 'deepObject', explode: true } : parameter
}

export function createOriginals(): Originals {
  const files = new Map<string, unknown>()
  const parsed = (file: string): unknown => {
    if (!files.has(file)) {
      const text = readFileSync(file, 'utf8')
      const schema = CORE_SCHEMA.withTags(mergeTag)
      files.set(file, file.endsWith('.json') ? JSON.parse(text) : load(text, { schema }))
    }
    return files.get(file)
  }
  /** What a `$ref` leads to, also by the index of a list and through other `$ref`s. */
  const target = ($ref: string, from: string): Located => {
    const [path = '', pointer = ''] = $ref.split('#')
    const start = path === '' ? from : resolve(dirname(from), decodeURIComponent(path))
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    return steps.reduce<Located>(
      (inner, step) => {
        const found = memberOf(inner, step)
        if (found === null) throw new Error(`${$ref} of ${from} leads nowhere`)
        return found
      },
      { value: parsed(start), file: start },
    )
  }
  /** A member as written. Members beside a `$ref` take precedence over those of what it leads to. */
  const memberOf = ({ value, file }: Located, name: string): Located | null => {
    if (typeof value !== 'object' || value === null) return null
    if (Object.hasOwn(value, name)) return { value: (value as Json)[name], file }
    const { $ref } = object(value)
    return typeof $ref === 'string' ? memberOf(target($ref, file), name) : null
  }
  /** What is meant: that which the `$ref`s of a node lead to, else the node itself. */
  const follow = (located: Located): Located => {
    const { $ref } = object(located.value)
    return typeof $ref === 'string' ? follow(target($ref, located.file)) : located
  }
  const items = (list: Located | null): readonly Json[] => {
    if (list === null) return []
    const { value, file } = follow(list)
    return Array.isArray(value) ? value.map((one) => object(follow({ value: one, file }).value)) : []
  }
  const mediaTypes = (content: Located | null): readonly (readonly [string, Json])[] => {
    if (content === null) return []
    const { value, file } = follow(content)
    return Object.entries(object(value)).map(([type, media]) => [type, object(follow({ value: media, file }).value)])
  }

  return {
    operation: (file, reference) => {
      const [, verb = '', key = ''] = /^(\S+) (.*)$/s.exec(reference) ?? []
      const paths = memberOf({ value: parsed(file), file }, 'paths')
      const item = paths && memberOf(paths, key)
      const written = item && memberOf(item, verb.toLowerCase())
      if (item === null || written === null) throw new Error(`${file} has no ${reference}`)
      const operation = follow(written)
      const found: Record<string, Record<string, ParameterSchema>> = { path: {}, query: {}, header: {}, cookie: {} }
      for (const one of [...items(memberOf(item, 'parameters')), ...items(memberOf(operation, 'parameters'))]) {
        const place = String(one['in'])
        found[place] = { ...found[place], [String(one['name'])]: parameterOf(one) }
      }
      const { path = {}, query = {}, header = {}, cookie = {} } = found
      const body = memberOf(operation, 'requestBody')
      return {
        action: { method: verb as Method, path: key.split('#')[0] ?? '' },
        operation: {
          path,
          query,
          header,
          cookie,
          body:
            body === null
              ? null
              : {
                  required: object(follow(body).value)['required'] === true,
                  content: contentOf(mediaTypes(memberOf(body, 'content'))),
                },
          answers: {},
        },
      }
    },
  }
}

/** A node as written, and its file, to which its references are relative. */
interface Located {
  readonly value: unknown
  readonly file: string
}

type Json = Readonly<Record<string, unknown>>

/** Applies the defaults of the Parameter Object. */
function parameterOf(parameter: Json): ParameterSchema {
  const isForm = parameter['in'] === 'query' || parameter['in'] === 'cookie'
  const style = String(parameter['style'] ?? (isForm ? 'form' : 'simple'))
  return {
    required: parameter['required'] === true,
    style: parameter['content'] === undefined ? (style as ParameterSchema['style']) : null,
    explode: parameter['explode'] === undefined ? style === 'form' : parameter['explode'] === true,
    allowReserved: parameter['allowReserved'] === true,
    schema: true,
  }
}

function contentOf(content: readonly (readonly [string, Json])[]): Readonly<Record<string, MediaSchema>> {
  const encodings = (media: Json): MediaSchema['encoding'] =>
    Object.fromEntries(
      Object.entries(object(media['encoding'])).map(([name, written]) => {
        const { style, explode, allowReserved, contentType } = object(written)
        return [
          name,
          {
            style: (style ?? null) as ParameterSchema['style'],
            explode: explode === undefined ? style === undefined || style === 'form' : explode === true,
            allowReserved: allowReserved === true,
            contentType: typeof contentType === 'string' ? contentType.split(',').map((type) => type.trim()) : [],
          },
        ]
      }),
    )
  return Object.fromEntries(content.map(([type, media]) => [type, { schema: true, encoding: encodings(media) }]))
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
