import type { OperationSchemas, Route, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import { type Message, type RequestValues, writeMessage } from './message.ts'
import type { Place, Sampler } from './sampler.ts'

/** A request that fits a route's contract, as a client would send it. */
export interface SampleRequest extends Message {
  /** Whether every part fits its schema. `false` if no value could be sampled for a schema. */
  readonly fits: boolean
  /** The values before serialisation. */
  readonly values: RequestValues
  /** The documented media type of the body; `null`: no body. */
  readonly mediaType: string | null
}

export interface RequestOptions {
  /** 0: the simplest request; other numbers give other requests. */
  readonly variant: number
  /** Whether optional parameters are sent too. */
  readonly optional: boolean
  /** Claims of the caller. Path parameters with `own` get their values. */
  readonly claims: Readonly<Record<string, unknown>>
  /** One of the route's media types; default: JSON if possible, else the first. */
  readonly mediaType?: string
}

/** Makes a request for a route. */
export function sampleRequest(
  route: Route,
  contract: ServiceSchemas,
  sampler: Sampler,
  options: RequestOptions,
): SampleRequest {
  const operation = contract.operations[route.contract.operation]
  if (operation === undefined) throw new Error(`The contract has no operation ${route.contract.operation}.`)
  let fits = true
  const pick = (place: Place): Readonly<Record<string, unknown>> => {
    const values: Record<string, unknown> = {}
    for (const name of route.request[place]) {
      const parameter = operation[place][name]
      if (parameter === undefined || !(parameter.required || options.optional)) continue
      const sample = sampler.parameter(place, parameter, options.variant)
      // An optional parameter without a valid sample is not sent.
      if (!sample.fits && !parameter.required) continue
      fits &&= sample.fits
      values[name] = sample.value
    }
    return values
  }

  const mediaType = mediaTypeOf(route, operation, options)
  const body = mediaType === null ? null : sampleBody(route, operation, mediaType, sampler, options)
  const values: RequestValues = {
    path: { ...pick('path'), ...owned(route, options.claims) },
    query: pick('query'),
    header: pick('header'),
    cookie: pick('cookie'),
    body: body?.value,
  }
  return {
    ...writeMessage(route, operation, values, mediaType),
    fits: fits && (body?.fits ?? true),
    values,
    mediaType,
  }
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

function mediaTypeOf(route: Route, { body }: OperationSchemas, options: RequestOptions): string | null {
  const types = route.request.body ?? []
  if (body === null || types.length === 0 || !(body.required || options.optional)) return null
  return options.mediaType ?? types.find((one) => /[/+]json/.test(one)) ?? types[0] ?? null
}

function sampleBody(
  route: Route,
  { body }: OperationSchemas,
  mediaType: string,
  sampler: Sampler,
  options: RequestOptions,
): { readonly value: unknown; readonly fits: boolean } {
  const sample = sampler.value(body?.content[mediaType]?.schema ?? true, 'request', [], options.variant)
  // The body of a form must be an object, whatever its schema allows.
  const isForm = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(mediaType)
  const fits = sample.fits && (!isForm || (typeof sample.value === 'object' && !Array.isArray(sample.value)))
  const bound = new Set(route.request.bind.filter((bind) => bind.in === 'body').map((bind) => bind.name))
  return { value: bound.size === 0 ? sample.value : withoutMembers(sample.value, bound), fits }
}

function withoutMembers(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)))
}
