import type { Message } from '../../generator/dev/message.ts'
import { type RequestValues, writeMessage } from '../../generator/dev/message.ts'
import type { SampleRequest } from '../../generator/dev/requests.ts'
import type { OperationSchemas, ParameterSchema, Route } from '../../templates/runtime/vocabulary.ts'
import type { Fault } from '../../templates/runtime/words/problems.ts'
import type { Judge } from './judge.ts'

/** A request with one value that does not fit its contract. */
export interface InvalidRequest {
  readonly message: Message
  readonly in: Fault['in']
  /** As `Fault.pointer`. */
  readonly pointer: string
  /** The change that makes it invalid, for messages about failures. */
  readonly what: string
}

const places = ['path', 'query', 'header', 'cookie'] as const

/** Makes requests with one invalid place each, from a valid one. ajv has found each of them invalid. */
export function* invalidRequests(
  route: Route,
  operation: OperationSchemas,
  valid: SampleRequest,
  judge: Judge,
): Generator<InvalidRequest, void, undefined> {
  const write = (values: Partial<RequestValues>): Message =>
    writeMessage(route, operation, { ...valid.values, ...values }, valid.mediaType)

  for (const place of places) {
    for (const [name, parameter] of Object.entries(operation[place])) {
      const sent = valid.values[place]
      if (place !== 'path' && parameter.required) {
        const { [name]: _, ...rest } = sent
        yield { message: write({ [place]: rest }), in: place, pointer: name, what: 'is missing' }
      }
      const value = wrongText(parameter, judge)
      if (value === undefined) continue
      const what = `is ${JSON.stringify(value)}`
      yield { message: write({ [place]: { ...sent, [name]: value } }), in: place, pointer: name, what }
    }
  }
  yield* invalidBodies(operation, valid, judge, write)
}

/** A value of a parameter that is invalid whichever type its text is parsed as. */
function wrongText({ schema, style }: ParameterSchema, judge: Judge): unknown {
  if (style === null) return wrongValues.find((value) => judge.faults(schema, 'request', value).length > 0)
  const text = wrongTexts.find((one) =>
    readings(one).every((value) => judge.faults(schema, 'request', value).length > 0),
  )
  if (text === undefined) return undefined
  const takesLists =
    judge.faults(schema, 'request', []).length === 0 || judge.faults(schema, 'request', ['a']).length === 0
  return takesLists ? [text] : text
}

const wrongTexts = ['many', '-1', '0', '999999999999', 'x'.repeat(300), '0.5', 'true']

function readings(text: string): readonly unknown[] {
  const scalars = [text, ...(text === 'true' ? [true] : []), ...(Number.isNaN(Number(text)) ? [] : [Number(text)])]
  return [...scalars, ...scalars.map((scalar) => [scalar])]
}

const wrongValues: readonly unknown[] = [
  { unexpected: [] },
  'many',
  0.5,
  true,
  null,
  [],
  -1e9,
  1e15,
  '',
  'x'.repeat(300),
]

/** The depth to which values in a body are changed. */
const maxDepth = 4

function* invalidBodies(
  { body }: OperationSchemas,
  valid: SampleRequest,
  judge: Judge,
  write: (values: Partial<RequestValues>) => Message,
): Generator<InvalidRequest, void, undefined> {
  const { mediaType } = valid
  if (body === null || mediaType === null) return
  if (body.required) {
    const { 'content-type': _, ...headers } = valid.headers
    yield { message: { ...valid, headers, body: null }, in: 'body', pointer: '', what: 'is missing' }
  }
  const schema = body.content[mediaType]?.schema ?? true
  const isJson = /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType)
  const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i.test(mediaType)
  if (!isJson && !isForm) return
  const isWrong = (value: unknown): boolean => judge.faults(schema, 'request', value).length > 0
  const root = valid.values.body
  if (isJson && valid.body !== null) {
    const cut = valid.body.subarray(0, -1)
    // The first digits of a number are also a number.
    if (typeof root !== 'number')
      yield { message: { ...valid, body: cut }, in: 'body', pointer: '', what: 'is cut short' }
  }
  for (const path of pathsIn(root, isJson ? maxDepth : 1)) {
    if (path.length === 0 && isForm) continue
    const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    if (path.length > 0) {
      const rest = withAt(root, path, undefined)
      // The body of a form without fields is empty, which may be valid.
      const isBody = isJson || Object.keys(rest as object).length > 0
      if (isBody && isWrong(rest)) yield { message: write({ body: rest }), in: 'body', pointer, what: 'is missing' }
    }
    const wrong = isJson
      ? wrongValues.find((value) => isWrong(withAt(root, path, value)))
      : wrongTexts.find((text) => readings(text).every((value) => isWrong(withAt(root, path, value))))
    if (wrong === undefined) continue
    const message = write({ body: withAt(root, path, wrong) })
    yield { message, in: 'body', pointer, what: `is ${JSON.stringify(wrong)}` }
  }
}

/** Paths of a value and its members; of lists only the first item. */
function* pathsIn(value: unknown, depth: number): Generator<readonly string[], void, undefined> {
  yield []
  if (depth === 0 || typeof value !== 'object' || value === null) return
  const members = Array.isArray(value) ? value.slice(0, 1).map((item) => ['0', item] as const) : Object.entries(value)
  for (const [name, member] of members) {
    for (const path of pathsIn(member, depth - 1)) yield [name, ...path]
  }
}

/** A copy with another value at a path; `undefined` removes a member. */
function withAt(value: unknown, path: readonly string[], next: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return next
  if (Array.isArray(value)) {
    const changed = value.map((item, at) => (String(at) === name ? withAt(item, rest, next) : item))
    return changed.filter((item) => item !== undefined)
  }
  const entries = Object.entries(value as object).map(([key, member]) => [
    key,
    key === name ? withAt(member, rest, next) : member,
  ])
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined))
}

/**
 * Whether the place of a reported fault is the changed one (`exactly`), or a value that contains it (`around`), as for
 * alternatives of a schema.
 */
export function names(fault: Fault, { in: place, pointer }: InvalidRequest): 'exactly' | 'around' | null {
  if (fault.in !== place) return null
  const [named, wanted] =
    place === 'header' ? [fault.pointer.toLowerCase(), pointer.toLowerCase()] : [fault.pointer, pointer]
  if (named === wanted) return 'exactly'
  if (named.startsWith(`${wanted}/`)) return 'exactly'
  return place === 'body' && (named === '' || wanted.startsWith(`${named}/`)) ? 'around' : null
}
