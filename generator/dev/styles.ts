import { JsonNumber } from '../../templates/runtime/json/index.ts'
import type { ParameterSchema } from '../../templates/runtime/vocabulary.ts'
import { jsonText } from './json.ts'

type Scalar = string | number | boolean | JsonNumber | null

/** A path parameter's text as a client writes it into the template (RFC 6570 as OpenAPI uses it). */
export function pathText(name: string, parameter: ParameterSchema, value: unknown): string {
  if (parameter.style === null) return encode(jsonText(value))
  const { explode } = parameter
  switch (parameter.style) {
    case 'label':
      return `.${join(value, explode ? '.' : ',', explode)}`
    case 'matrix':
      return matrix(name, value, explode)
    default:
      return join(value, ',', explode)
  }
}

/** The query pairs of one parameter, encoded: `['ids=1', 'ids=2']`. */
export function queryPairs(name: string, parameter: ParameterSchema, value: unknown): readonly string[] {
  if (parameter.style === null) return [`${encode(name)}=${encode(jsonText(value))}`]
  const { style, explode } = parameter
  if (style === 'deepObject') return bracketed(encode(name), value)
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => `${encode(name)}=${scalar(item)}`)
    const between = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '|' : ','
    return [`${encode(name)}=${value.map(scalar).join(between)}`]
  }
  if (isObject(value)) {
    const entries = Object.entries(value)
    if (explode) return entries.map(([key, item]) => `${encode(key)}=${scalar(item)}`)
    return [`${encode(name)}=${entries.map(([key, item]) => `${encode(key)},${scalar(item)}`).join(',')}`]
  }
  return [`${encode(name)}=${scalar(value)}`]
}

/** `filter[status]=open`; lists and objects within, of which OpenAPI says nothing, as most servers read them: `items[0][sku]=x`. */
function bracketed(key: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) && !isObject(value)) return [`${key}=${scalar(value)}`]
  return Object.entries(value).flatMap(([name, item]) => bracketed(`${key}[${encode(name)}]`, item))
}

/** The text of a header (style simple), not percent-encoded. */
export function headerText(parameter: ParameterSchema, value: unknown): string {
  if (parameter.style === null) return jsonText(value)
  if (Array.isArray(value)) return value.map(plain).join(',')
  if (!isObject(value)) return plain(value)
  const between = parameter.explode ? '=' : ','
  return Object.entries(value)
    .map(([key, item]) => `${key}${between}${plain(item)}`)
    .join(',')
}

function join(value: unknown, between: string, explode: boolean): string {
  if (Array.isArray(value)) return value.map(scalar).join(between)
  if (!isObject(value)) return scalar(value)
  return Object.entries(value)
    .map(([key, item]) => `${encode(key)}${explode ? '=' : ','}${scalar(item)}`)
    .join(between)
}

function matrix(name: string, value: unknown, explode: boolean): string {
  const key = encode(name)
  if (Array.isArray(value)) {
    return explode ? value.map((item) => `;${key}=${scalar(item)}`).join('') : `;${key}=${value.map(scalar).join(',')}`
  }
  if (!isObject(value)) return `;${key}=${scalar(value)}`
  const entries = Object.entries(value)
  if (explode) return entries.map(([inner, item]) => `;${encode(inner)}=${scalar(item)}`).join('')
  return `;${key}=${entries.map(([inner, item]) => `${encode(inner)},${scalar(item)}`).join(',')}`
}

function isObject(value: unknown): value is Readonly<Record<string, Scalar>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

function scalar(value: unknown): string {
  return encode(plain(value))
}

function plain(value: unknown): string {
  return value === null ? '' : typeof value === 'object' ? jsonText(value) : String(value)
}

/** Everything outside RFC 3986 unreserved. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
