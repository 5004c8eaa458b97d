import fc, { type Arbitrary } from 'fast-check'
import type { Message } from '../../generator/dev/message.ts'

/** A request as it can be written in bytes: header fields may repeat, and nothing is corrected. */
export interface Draft {
  readonly method: string
  readonly path: string
  /** `null`: there is no `?`. */
  readonly query: string | null
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | null
  /** Whether the body is sent in chunks. */
  readonly chunked: boolean
}

export type Mutation = (draft: Draft) => Draft

/** Part of everything that mutations add. It must never reach a service. */
export const mark = 'zzcanary'

export function draftOf({ method, target, headers, body }: Message): Draft {
  const [path = '', query] = target.split('?', 2)
  return { method, path, query: query ?? null, fields: Object.entries(headers), body, chunked: false }
}

export function bytesOf({ method, path, query, fields, body, chunked }: Draft, host: string): Buffer {
  const own = (name: string): boolean => fields.some(([field]) => field.toLowerCase() === name)
  const lines = [
    `${method} ${path}${query === null ? '' : `?${query}`} HTTP/1.1`,
    ...(own('host') ? [] : [`Host: ${host}`]),
    ...(own('content-length') || own('transfer-encoding') ? [] : framingOf(body, chunked)),
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), contentOf(body, chunked)])
}

function framingOf(body: Buffer | null, chunked: boolean): readonly string[] {
  if (chunked) return ['Transfer-Encoding: chunked']
  return body === null ? [] : [`Content-Length: ${body.length}`]
}

/** In two chunks, if the body has two bytes or more. */
function contentOf(body: Buffer | null, chunked: boolean): Buffer {
  const bytes = body ?? Buffer.alloc(0)
  if (!chunked) return bytes
  const half = Math.ceil(bytes.length / 2)
  const pieces = [bytes.subarray(0, half), bytes.subarray(half)].filter((piece) => piece.length > 0)
  const chunks = pieces.flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, '\r\n'])
  return Buffer.concat([...chunks, '0\r\n\r\n'].map((piece) => Buffer.from(piece)))
}

// ------------------------------------------------------------------------------------------------ paths

const odd = fc.constantFrom(
  ...[
    '',
    '.',
    '..',
    '%2e',
    '%2e%2e',
    '..;',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '%0d%0aX: y',
    '%252e%252e',
    '%c0%ae',
    '%ff',
    '%zz',
    '%',
    ';a=b',
    '#x',
    '@',
    '*',
    '~',
    '%20',
  ],
  ...[
    '{id}',
    '__proto__',
    'constructor',
    '%F0%9F%A6%9D',
    'a'.repeat(300),
    '-1',
    '1e999',
    'null',
    'undefined',
    'true',
    '0x10',
    '1,2',
    'a=b,c=d',
    '.json',
    '$ref',
    '%7B%7D',
  ],
)
/** Segments of paths of the sample's documents, in several spellings: values that are paths of other operations. */
const literal = fc
  .tuple(
    fc.constantFrom('summary', 'batch', 'search', 'export', 'audit'),
    fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`,
    ),
  )
  .map(([text, spell]) => spell(text))
const segment = fc.oneof(odd, literal, fc.string({ maxLength: 12 }).map(encodeURIComponent), fc.webSegment())

const pathMutation: Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), segment).map(([at, text]) => onSegments((parts) => parts.with(at % parts.length, text))),
  fc
    .tuple(fc.nat(), segment)
    .map(([at, text]) => onSegments((parts) => parts.toSpliced(at % (parts.length + 1), 0, text))),
  fc
    .tuple(fc.nat(), odd)
    .map(([at, text]) =>
      onPath((path) => path.slice(0, at % (path.length + 1)) + text + path.slice(at % (path.length + 1))),
    ),
  fc.nat().map((at) => onSegments((parts) => parts.toSpliced(at % parts.length, 1))),
  fc.constantFrom<Mutation>(
    onPath((path) => `${path}/`),
    onPath((path) => path.toUpperCase()),
    onPath((path) => `/${path}`),
    onPath((path) => path.replaceAll('/', '//')),
    onPath((path) => path.replaceAll(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)),
    onPath((path) => `http://gateway.test${path}`),
    onPath((path) => `http://evil.example${path}`),
    onPath((path) => `/health/live/..${path}`),
    onPath((path) => `${path}/../../internal`),
    onPath(() => '*'),
    onPath(() => '/metrics'),
  ),
)

function onPath(change: (path: string) => string): Mutation {
  return (draft) => ({ ...draft, path: change(draft.path).replaceAll(/[\0 \r\n]/g, '') })
}

export function onSegments(change: (segments: readonly string[]) => readonly string[]): Mutation {
  return onPath((path) => `/${change(path.slice(1).split('/')).join('/')}`)
}

// ------------------------------------------------------------------------------------------------ queries

const name = fc.oneof(
  fc.constantFrom(
    '__proto__',
    '__proto__[x]',
    'constructor[prototype][x]',
    'toString',
    'id',
    'filter[a]',
    'a[]',
    'a[b][c]',
    '',
    '%00',
    '%E0%A4%A',
    'customerId',
    'partnerId',
    'CustomerId',
    'CUSTOMERID[]',
    'access_token',
  ),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
)
const value = fc.oneof(
  fc.constantFrom(
    '',
    '1',
    mark,
    '%00',
    '%',
    '%zz',
    '%ff',
    'a,b',
    'a|b',
    'a%20b',
    '{}',
    '[]',
    'null',
    'NaN',
    '-0',
    '1e400',
    '9'.repeat(40),
    'x'.repeat(2_000),
    '../..',
    '%26a%3Db',
    '+',
  ),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
)

const queryMutation: Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(name, value)
    .map(([added, text]) => onQuery((query) => `${query}${query === '' ? '' : '&'}${added}${mark}=${text}`)),
  fc
    .tuple(name, value)
    .map(([added, text]) => onQuery((query) => `${added}=${text}${query === '' ? '' : '&'}${query}`)),
  fc
    .tuple(fc.nat(), value)
    .map(([at, text]) =>
      onPairs((pairs) => pairs.with(at % pairs.length, `${pairs[at % pairs.length]?.split('=')[0]}=${text}`)),
    ),
  fc.nat().map((at) => onPairs((pairs) => [...pairs, pairs[at % pairs.length] ?? ''])),
  fc.nat().map((at) => onPairs((pairs) => pairs.toSpliced(at % pairs.length, 1))),
  fc.constantFrom<Mutation>(
    onQuery((query) => `${query}&&&=&=&`),
    onQuery((query) => `${query}${'&a=b'.repeat(150)}`),
    onQuery((query) => `?${query}`),
    onQuery((query) => `${query}#fragment`),
    onQuery((query) => query.toUpperCase()),
    onQuery((query) => `${query}&${mark}=${'y'.repeat(5_000)}`),
  ),
)

function onQuery(change: (query: string) => string): Mutation {
  return (draft) => ({ ...draft, query: change(draft.query ?? '') })
}

function onPairs(change: (pairs: readonly string[]) => readonly string[]): Mutation {
  return onQuery((query) => change(query.split('&')).join('&'))
}

// ------------------------------------------------------------------------------------------------ header fields

const who = [
  'X-User-Id',
  'X-Forwarded-User',
  'X-Gatewright-Subject',
  'X-Real-IP',
  'X-Client-Cert',
  'Remote-User',
  'X-Internal',
]
const route = [
  'X-Original-URL',
  'X-Rewrite-URL',
  'X-HTTP-Method-Override',
  'X-Forwarded-Prefix',
  'X-Forwarded-Host',
  'Forwarded',
  'Via',
  'X-Forwarded-For',
]
const plain = [
  'X-Zz',
  'Cookie',
  'Accept',
  'Accept-Encoding',
  'If-None-Match',
  'Range',
  'Prefer',
  'Origin',
  'Referer',
  'User-Agent',
  'Content-Language',
  'Traceparent',
  'X-Request-Id',
]
const framing = [
  'Connection',
  'Content-Type',
  'Content-Encoding',
  'Expect',
  'Keep-Alive',
  'TE',
  'Trailer',
  'Upgrade',
  'Host',
  'Proxy-Authorization',
]

const fieldValue = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      mark,
      'admin',
      '/health/live',
      '127.0.0.1',
      'close, X-User-Id',
      'application/json',
      'text/plain',
      'application/json; charset=utf-16',
      'multipart/form-data',
    ],
    ...[
      'gzip',
      '100-continue',
      '*/*',
      'image/*;q=0.1',
      'application/xml',
      ';;;=',
      'a'.repeat(3_000),
      'code=500',
      '"',
      'W/"x"',
      'bytes=0-1',
      'null',
      'h2c',
      'websocket',
      'https://shop.example',
    ],
  ),
  fc.string({ maxLength: 30, unit: 'binary-ascii' }).map((text) => text.replaceAll(/[\0-\x1f\x7f]/g, '')),
  fc.string({ maxLength: 10, unit: fc.integer({ min: 0x80, max: 0xff }).map((code) => String.fromCharCode(code)) }),
)

const fieldMutation: Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...who, ...route, ...plain, ...framing), fieldValue)
    .map(([field, text]) => withField(field, text)),
  fc.tuple(fc.constantFrom(...who, ...route), fc.constant(mark)).map(([field, text]) => withField(field, text)),
  fc.nat().map(
    (at): Mutation =>
      (draft) => ({
        ...draft,
        fields: [...draft.fields, ...draft.fields.slice(at % (draft.fields.length + 1)).slice(0, 1)],
      }),
  ),
  fc.tuple(fc.nat(), fieldValue).map(
    ([at, text]): Mutation =>
      (draft) => ({
        ...draft,
        fields: draft.fields.map((field, index) =>
          index === at % draft.fields.length && !isCredential(field[0]) ? [field[0], text] : field,
        ),
      }),
  ),
  fc.constantFrom<Mutation>(
    withField('X_User_Id', mark),
    withField('Authorization', `Bearer ${mark}`),
    withField('Authorization', 'Basic YTpi'),
    withField('X-Api-Key', mark),
    withField('Cookie', `a=${mark}; b="${mark}"; __Host-sid=${mark}`),
    (draft) => ({
      ...draft,
      fields: [...draft.fields, ...Array.from({ length: 120 }, (_, at) => [`X-Many-${at}`, mark] as const)],
    }),
  ),
)

function withField(field: string, text: string): Mutation {
  return (draft) => ({ ...draft, fields: [...draft.fields, [field, text]] })
}

function isCredential(field: string): boolean {
  return /^(?:authorization|x-api-key)$/i.test(field)
}

// ------------------------------------------------------------------------------------------------ bodies

const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(mark, null, -1, 1e300, '', [], {}, true, 'x'.repeat(3_000)),
)

const bodyMutation: Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), json).map(([at, put]) => onJson((tree) => replacedAt(tree, at, put))),
  fc.tuple(fc.nat(), json).map(([at, put]) => onJson((tree) => addedAt(tree, at, mark, put))),
  fc.nat().map((at) => onJson((tree) => replacedAt(tree, at, undefined))),
  fc
    .tuple(fc.nat(), fc.uint8Array({ maxLength: 6 }))
    .map(([at, bytes]) =>
      onBytes((body) =>
        Buffer.concat([body.subarray(0, at % (body.length + 1)), bytes, body.subarray(at % (body.length + 1))]),
      ),
    ),
  fc.nat().map((at) => onBytes((body) => body.subarray(0, at % (body.length + 1)))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => onBytes(() => Buffer.from(bytes))),
  fc.constantFrom<Mutation>(
    onText((text) => text.replace('{', `{"__proto__":{"${mark}":1},`)),
    onText((text) => text.replace('{', `{"constructor":{"prototype":{"${mark}":1}},`)),
    onText((text) => text.replace(/"(\w+)":/, (member, key) => `"${key}":"${mark}",${member}`)),
    onText((text) => `\ufeff${text}`),
    onText((text) => text.replaceAll(/\d+/g, 'NaN')),
    onText((text) => text.replaceAll(/\d+/g, '1e999')),
    onText((text) => text.replaceAll(/\d+/g, '123456789012345678901234567890')),
    onText((text) => `${text}${text}`),
    onText((text) => `// ${mark}\n${text}`),
    onText(() => '['.repeat(20_000)),
    onText(() => `{"a":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`),
    onText(() => `{"\\u0000":"\\ud800"}`),
    onBytes(() => Buffer.alloc(300_000, 'a')),
    onBytes(() => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    (draft) => ({ ...draft, body: null }),
    (draft) => ({ ...draft, body: Buffer.from(`{"${mark}":1}`) }),
  ),
)

function onBytes(change: (body: Buffer) => Buffer): Mutation {
  return (draft) => (draft.body === null ? draft : { ...draft, body: change(draft.body) })
}

export function onText(change: (text: string) => string): Mutation {
  return onBytes((body) => Buffer.from(change(body.toString('utf8'))))
}

export function onJson(change: (tree: unknown) => unknown): Mutation {
  return onText((text) => {
    try {
      return JSON.stringify(change(JSON.parse(text))) ?? ''
    } catch {
      return text
    }
  })
}

/** The value with its part number `at` replaced; `undefined` removes the part. */
function replacedAt(tree: unknown, at: number, put: unknown): unknown {
  let left = at % count(tree)
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return put
    if (Array.isArray(node)) return node.map(walk).filter((item) => item !== undefined)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item)]))
  }
  return walk(tree)
}

/** The value with a further member in its object number `at`. */
export function addedAt(tree: unknown, at: number, key: string, put: unknown): unknown {
  const objects = count(tree, isObject)
  if (objects === 0) return tree
  let left = at % objects
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (!isObject(node)) return node
    const here = left-- === 0
    return {
      ...Object.fromEntries(Object.entries(node).map(([name, item]) => [name, walk(item)])),
      ...(here ? { [key]: put } : {}),
    }
  }
  return walk(tree)
}

function count(node: unknown, counts: (node: unknown) => boolean = () => true): number {
  const below = typeof node === 'object' && node !== null ? Object.values(node) : []
  return (counts(node) ? 1 : 0) + below.reduce<number>((sum, item) => sum + count(item, counts), 0)
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}

// ------------------------------------------------------------------------------------------------ all

const methodMutation: Arbitrary<Mutation> = fc
  .constantFrom(
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'QUERY',
    'PROPFIND',
    'get',
    'M-SEARCH',
  )
  .map((method) => (draft) => ({ ...draft, method }))

/** One change to a valid request. */
export const mutation: Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: pathMutation },
  { weight: 4, arbitrary: queryMutation },
  { weight: 4, arbitrary: fieldMutation },
  { weight: 5, arbitrary: bodyMutation },
  { weight: 1, arbitrary: methodMutation },
)
