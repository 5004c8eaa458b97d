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
  /** The object that a node is, or that its `$ref` leads to. */
  const follow = (node: unknown, file: string): Located => {
    const { $ref } = object(node)
    if (typeof $ref !== 'string') return { node: object(node), file }
    const [path = '', pointer = ''] = $ref.split('#')
    const target = path === '' ? file : resolve(dirname(file), decodeURIComponent(path))
    const found = pointer
      .split('/')
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((inner, step) => object(inner)[step], parsed(target))
    if (found === undefined) throw new Error(`${$ref} of ${file} leads nowhere`)
    return follow(found, target)
  }

  return {
    operation: (file, reference) => {
      const [, verb = '', key = ''] = /^(\S+) (.*)$/s.exec(reference) ?? []
      const root = object(parsed(file))
      const item = follow(object(root['paths'])[key], file)
      const operation = item.node[verb.toLowerCase()]
      if (operation === undefined) throw new Error(`${file} has no ${reference}`)
      const found: Record<string, Record<string, ParameterSchema>> = { path: {}, query: {}, header: {}, cookie: {} }
      for (const list of [item.node['parameters'], object(operation)['parameters']]) {
        for (const one of Array.isArray(list) ? list : []) {
          const { node } = follow(one, item.file)
          const place = String(node['in'])
          found[place] = { ...found[place], [String(node['name'])]: parameterOf(node) }
        }
      }
      const { path = {}, query = {}, header = {}, cookie = {} } = found
      const written = object(operation)['requestBody']
      const body = written === undefined ? null : follow(written, item.file).node
      return {
        action: { method: verb as Method, path: key.split('#')[0] ?? '' },
        operation: {
          path,
          query,
          header,
          cookie,
          body: body === null ? null : { required: body['required'] === true, content: contentOf(body['content']) },
          answers: {},
        },
      }
    },
  }
}

interface Located {
  readonly node: Json
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

function contentOf(content: unknown): Readonly<Record<string, MediaSchema>> {
  const encodings = (media: unknown): MediaSchema['encoding'] =>
    Object.fromEntries(
      Object.entries(object(object(media)['encoding'])).map(([name, written]) => {
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
  return Object.fromEntries(
    Object.entries(object(content)).map(([type, media]) => [type, { schema: true, encoding: encodings(media) }]),
  )
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
