import type {
  MediaContract,
  ParameterContract,
  Route,
  Schema,
  ServiceContract,
} from '../../templates/runtime/contract.ts'
import type { Sampler } from './sampler.ts'
import { headerText, pathText, queryPairs } from './styles.ts'

/** A request that fits a route's contract, as a client of that contract would send it. */
export interface SampleRequest {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  /** Whether every part fits its schema; a schema that nothing could be sampled from gives `false`. */
  readonly fits: boolean
  /** The values by place, before they were written. */
  readonly values: SampleValues
}

export interface SampleValues {
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly header: Readonly<Record<string, unknown>>
  readonly cookie: Readonly<Record<string, unknown>>
  readonly body: unknown
}

export interface RequestOptions {
  /** 0: the plainest request; others differ. */
  readonly variant: number
  /** Whether optional parameters are sent too. */
  readonly optional: boolean
  /** Claims of the caller, so that owned path parameters are the caller's own. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** Makes a request for a route. */
export function sampleRequest(
  route: Route,
  contract: ServiceContract,
  sampler: Sampler,
  options: RequestOptions,
): SampleRequest {
  const operation = contract.operations[route.contract]
  if (operation === undefined) throw new Error(`The contract has no operation ${route.contract}.`)
  let fits = true
  const pick = (names: readonly string[], parameters: Readonly<Record<string, ParameterContract>>, all: boolean) => {
    const values: Record<string, unknown> = {}
    for (const name of names) {
      const parameter = parameters[name]
      if (parameter === undefined || !(all || parameter.required || options.optional)) continue
      const sample = sampler.value(sendable(parameter.schema), 'request', [], options.variant)
      fits &&= sample.fits
      values[name] = sample.value
    }
    return values
  }

  const path = { ...pick(route.request.path, operation.path, true), ...owned(route, options.claims) }
  const query = pick(route.request.query, operation.query, false)
  const header = pick(route.request.header, operation.header, false)
  const cookie = pick(route.request.cookie, operation.cookie, false)

  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const parameter = operation.query[name]
    return parameter === undefined ? [] : queryPairs(name, parameter, value)
  })
  const headers = headersOf(operation.header, header)
  if (Object.keys(cookie).length > 0) {
    headers['cookie'] = Object.entries(cookie)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
      .join('; ')
  }
  const body =
    operation.body === null || route.request.body === null ? null : bodyOf(route, operation.body, sampler, options)
  if (body !== null) headers['content-type'] = body.type
  return {
    method: route.method,
    target: `${filled(route.path, path, operation.path)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
    headers,
    body: body?.bytes ?? null,
    fits: fits && (body?.fits ?? true),
    values: { path, query, header, cookie, body: body?.value },
  }
}

/** Empty text cannot stand in a path, and says nothing anywhere else. */
function sendable(schema: Schema): Schema {
  return schema === true ? { type: 'string', minLength: 1 } : schema
}

function owned(route: Route, claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (route.access.kind !== 'principal') return {}
  return Object.fromEntries(
    route.access.own.flatMap(({ parameter, claim }) => {
      let value: unknown = claims
      for (const name of claim)
        value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
      const [first] = Array.isArray(value) ? value : [value]
      return first === undefined ? [] : [[parameter, first] as const]
    }),
  )
}

function filled(
  template: string,
  values: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, ParameterContract>>,
): string {
  return template.replace(/\{([^}]*)\}/g, (whole, name: string) => {
    const parameter = parameters[name]
    return parameter === undefined ? whole : pathText(name, parameter, values[name])
  })
}

function headersOf(
  parameters: Readonly<Record<string, ParameterContract>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const parameter = parameters[name]
      return parameter === undefined ? [] : [[name.toLowerCase(), headerText(parameter, value)] as const]
    }),
  )
}

interface SampleBody {
  readonly type: string
  readonly bytes: Buffer
  readonly value: unknown
  readonly fits: boolean
}

function bodyOf(
  route: Route,
  body: { readonly required: boolean; readonly content: Readonly<Record<string, MediaContract>> },
  sampler: Sampler,
  options: RequestOptions,
): SampleBody | null {
  if (!body.required && !options.optional) return null
  const types = route.request.body ?? []
  const type = types.find((one) => /[/+]json/.test(one)) ?? types[0]
  const media = type === undefined ? undefined : body.content[type]
  if (type === undefined || media === undefined) return null
  const bound = new Set(route.request.bind.filter((bind) => bind.in === 'body').map((bind) => bind.name))
  const sample = sampler.value(media.schema, 'request', [], options.variant)
  const value = bound.size === 0 ? sample.value : withoutMembers(sample.value, bound)
  const written = write(type, value, media)
  return { ...written, value, fits: sample.fits }
}

function withoutMembers(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)))
}

function write(type: string, value: unknown, media: MediaContract): { readonly type: string; readonly bytes: Buffer } {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (/[/+]json$/.test(plain) || plain === '*/*') {
    return { type: plain === '*/*' ? 'application/json' : type, bytes: Buffer.from(JSON.stringify(value ?? null)) }
  }
  if (plain === 'application/x-www-form-urlencoded') {
    const pairs = members.flatMap(([name, item]) => {
      const encoding = media.encoding[name]
      const style = encoding?.style ?? 'form'
      return queryPairs(
        name,
        { required: false, style, explode: encoding?.explode ?? true, allowReserved: false, schema: true },
        item,
      )
    })
    return { type, bytes: Buffer.from(pairs.join('&')) }
  }
  if (plain === 'multipart/form-data') return multipart(members)
  const concrete = plain.endsWith('/*') ? plain.replace('/*', '/png') : type
  return { type: concrete, bytes: Buffer.from(typeof value === 'string' ? value : 'sample') }
}

const boundary = 'gatewright-sample-boundary'

function multipart(members: readonly (readonly [string, unknown])[]): {
  readonly type: string
  readonly bytes: Buffer
} {
  const parts = members.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((item) => part(name, item)) : [part(name, value)],
  )
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  }
}

function part(name: string, value: unknown): string {
  const isJson = typeof value === 'object' && value !== null
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`
  const type = isJson ? '\r\ncontent-type: application/json' : ''
  return `${head}${type}\r\n\r\n${isJson ? JSON.stringify(value) : String(value)}\r\n`
}
