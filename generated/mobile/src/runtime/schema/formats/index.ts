import type { JsonNumber } from '../../json/index.ts'
import { isEmail, isHostname, isIpv4, isIpv6 } from './net.ts'
import { isInt32, isInt64 } from './number.ts'
import { isBase64, isJsonPointer, isRegex, isRelativeJsonPointer, isUuid } from './text.ts'
import { isDate, isDateTime, isDuration, isTime } from './time.ts'
import { isUri, isUriReference, isUriTemplate } from './uri.ts'

/**
 * The formats that are enforced, each in time linear in the text (rule O5). A format in neither table is not checked: `float`,
 * `double`, `password`, `binary`, and unknown formats.
 */
export const stringFormats: ReadonlyMap<string, { readonly test: (text: string) => boolean; readonly detail: string }> =
  new Map([
    ['date', { test: isDate, detail: 'must be a date (RFC 3339)' }],
    ['time', { test: isTime, detail: 'must be a time with an offset (RFC 3339)' }],
    ['date-time', { test: isDateTime, detail: 'must be a date and time with an offset (RFC 3339)' }],
    ['duration', { test: isDuration, detail: 'must be a duration (ISO 8601)' }],
    ['email', { test: isEmail, detail: 'must be an e-mail address' }],
    ['hostname', { test: isHostname, detail: 'must be a host name' }],
    ['ipv4', { test: isIpv4, detail: 'must be an IPv4 address' }],
    ['ipv6', { test: isIpv6, detail: 'must be an IPv6 address' }],
    ['uri', { test: isUri, detail: 'must be a URI' }],
    ['uri-reference', { test: isUriReference, detail: 'must be a URI or a relative reference' }],
    ['uri-template', { test: isUriTemplate, detail: 'must be a URI template' }],
    ['uuid', { test: isUuid, detail: 'must be a UUID' }],
    ['json-pointer', { test: isJsonPointer, detail: 'must be a JSON pointer' }],
    ['relative-json-pointer', { test: isRelativeJsonPointer, detail: 'must be a relative JSON pointer' }],
    ['regex', { test: isRegex, detail: 'must be a regular expression' }],
    ['byte', { test: isBase64, detail: 'must be Base64' }],
  ])

export const numberFormats: ReadonlyMap<
  string,
  { readonly test: (value: number | JsonNumber) => boolean; readonly detail: string }
> = new Map([
  ['int32', { test: isInt32, detail: 'must be a 32-bit integer' }],
  ['int64', { test: isInt64, detail: 'must be a 64-bit integer' }],
])
