import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildGateway } from '../../generator/dev/build.ts'
import { type GatewayProcess, startGateway } from '../../generator/dev/gateway.ts'
import { run } from '../../generator/index.ts'
import { type ManifestFolder, manifestFolder } from '../support/manifestFolder.ts'
import {
  type Answer,
  createRecordingService,
  type RecordedRequest,
  type RecordingService,
} from '../support/recordingService.ts'
import { projectRoot, send } from '../support/sampleSystem.ts'
import { attemptFiles, documentOf } from './attempt.ts'
import { names } from './names.ts'

/**
 * Tries every name of `names.ts` at every place of a specification that has a name (rules G1, G3). The name is refused
 * with a diagnostic, or the gateway works, type-checks, and keeps different names apart.
 */
interface Position {
  readonly what: string
  /** Names that are not allowed at this place. */
  readonly refused: RegExp | null
  /** An operation at a path, and components that it needs. */
  operation(name: string, path: string): { readonly paths: object; readonly components?: object }
  /** The request of the client. */
  request?(name: string): {
    readonly query?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly path?: string
  }
  /** The answer of the service. */
  answer?(name: string): {
    readonly type?: string
    readonly body?: string
    readonly headers?: Readonly<Record<string, string>>
  }
  /** The expected request at the service, and the expected answer for the client. */
  arrived?(name: string, request: RecordedRequest): void
  expected?(name: string): { readonly status?: number; readonly body?: string; readonly header?: string }
}

const field = (name: string, value: unknown): object => Object.fromEntries([[name, value]])
const answers = (schema: unknown, more: object = {}): object => ({
  responses: { 200: { description: 'Fine', content: { 'application/json': { schema } }, ...more } },
})
const get = (path: string, operation: object): { readonly paths: object } => ({
  paths: field(path, { get: operation }),
})
const pointer = (name: string): string =>
  encodeURIComponent(
    name
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replaceAll(/\p{Cs}/gu, ''),
  )
const lone = /^[\ud800-\udfff]$/
const noToken = /[^A-Za-z0-9!#$%&'*+.^_`|~-]/
const prototypeKey = /^__proto__$/
const parameter = (place: string, refused: RegExp | null): Position => ({
  what: `a ${place} parameter`,
  refused,
  operation: (name, path) =>
    get(path, { parameters: [{ name, in: place, schema: { type: 'string' } }], ...answers(true) }),
})

const positions: Readonly<Record<string, Position>> = {
  schema: {
    what: 'a schema',
    refused: prototypeKey,
    operation: (name, path) => ({
      ...get(path, answers({ $ref: `#/components/schemas/${lone.test(name) ? name : pointer(name)}` })),
      components: {
        schemas: field(name, { type: 'object', required: ['which'], properties: { which: { const: name } } }),
      },
    }),
    answer: (name) => ({ body: JSON.stringify({ which: name, extra: 1 }) }),
    expected: (name) => ({ body: JSON.stringify({ which: name }) }),
  },
  property: {
    what: 'a property',
    refused: prototypeKey,
    operation: (name, path) =>
      get(path, answers({ type: 'object', required: [name], properties: field(name, { type: 'integer' }) })),
    answer: (name) => ({
      body: JSON.stringify(
        Object.fromEntries([
          ['extra', 1],
          [name, 2],
        ]),
      ),
    }),
    expected: (name) => ({ body: JSON.stringify(field(name, 2)) }),
  },
  query: {
    ...parameter('query', null),
    request: (name) => ({ query: `${lone.test(name) ? '%EF%BF%BD' : encodeURIComponent(name)}=v` }),
    arrived(name, { url }) {
      if (!lone.test(name)) expect([...new URLSearchParams(url.split('?')[1])]).toEqual([[name, 'v']])
    },
  },
  header: {
    ...parameter('header', noToken),
    request: (name) => (isSendable(name) ? { headers: { [name]: 'v' } } : {}),
    arrived: (name, { headers }) =>
      expect(Object.entries(headers).filter(([, value]) => value === 'v')).toEqual(
        isSendable(name) ? [[name.toLowerCase(), 'v']] : [],
      ),
  },
  cookie: {
    ...parameter('cookie', noToken),
    request: (name) => ({ headers: { cookie: `other=w; ${name}=v` } }),
    arrived: (name, { headers }) => expect(headers.cookie).toBe(`${name}=v`),
  },
  path: {
    what: 'a path parameter',
    refused: /[/?#{}]/,
    operation: (name, path) =>
      get(`${path}/{${name}}`, {
        parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }],
        ...answers(true),
      }),
    request: () => ({ path: '/v%20w' }),
    arrived: (_, { url }) => expect(url).toMatch(/\/v%20w$/),
  },
  literal: {
    what: 'a path',
    refused: /[\\{}\0-\x1f\x7f\p{Cs}]|%2F/u,
    operation: (name, path) => get(`${path}/a${name}`, answers(true)),
    request: (name) => ({ path: `/a${literal(name)}` }),
    arrived: (name, { url }) =>
      expect(decodeURIComponent(url.split('?')[0] ?? '').endsWith(`/a${decodeURIComponent(literal(name))}`)).toBe(true),
  },
  operation: {
    what: 'an operation',
    refused: null,
    operation: (operationId, path) => get(path, { operationId, ...answers(true) }),
  },
  tag: { what: 'a tag', refused: null, operation: (name, path) => get(path, { tags: [name], ...answers(true) }) },
  media: {
    what: 'a media type',
    refused: noToken,
    operation: (name, path) =>
      get(path, {
        responses: {
          200: { description: 'Fine', content: field(`application/x-${name}`, { schema: { type: 'string' } }) },
        },
      }),
    answer: (name) => ({ type: `application/x-${name}`, body: 'text' }),
    expected: () => ({ body: 'text' }),
  },
  'response-header': {
    what: 'a response header',
    refused: prototypeKey,
    operation: (name, path) => get(path, answers(true, { headers: field(name, { schema: { type: 'string' } }) })),
    answer: (name) => (noToken.test(name) ? {} : { headers: { [name]: 'v' } }),
    expected: (name) => (noToken.test(name) ? {} : { header: name.toLowerCase() }),
  },
  discriminator: {
    what: 'a discriminator and its value',
    refused: prototypeKey,
    operation: (name, path) => {
      const kind = `Kind${digest(name)}`
      const reference = { $ref: `#/components/schemas/${kind}` }
      const schema = {
        oneOf: [reference, { type: 'object' }],
        discriminator: { propertyName: name, mapping: field(name, reference.$ref) },
      }
      return {
        ...get(path, answers(schema)),
        components: {
          schemas: {
            [kind]: {
              type: 'object',
              required: [name],
              properties: { ...field(name, { const: name }), which: { const: name } },
            },
          },
        },
      }
    },
    answer: (name) => ({
      body: JSON.stringify(
        Object.fromEntries([
          [name, name],
          ['which', name],
          ['extra', 1],
        ]),
      ),
    }),
    expected: (name) => ({
      body: JSON.stringify(
        name === 'which'
          ? { which: name }
          : Object.fromEntries([
              [name, name],
              ['which', name],
            ]),
      ),
    }),
  },
  value: {
    what: 'a value',
    refused: null,
    operation: (name, path) =>
      get(path, {
        parameters: [{ name: 'v', in: 'query', schema: { enum: [name, 'another'] } }],
        ...answers({ enum: [name] }),
      }),
    request: (name) => ({ query: `v=${lone.test(name) ? 'another' : encodeURIComponent(name)}` }),
    answer: (name) => ({ body: JSON.stringify(name) }),
    arrived(name, { url }) {
      if (!lone.test(name)) expect(new URLSearchParams(url.split('?')[1]).get('v')).toBe(name)
    },
    expected: (name) => ({ body: JSON.stringify(name) }),
  },
}

/** Whether a request may have a header field of this name. */
function isSendable(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name)
}

/** A path as a client sends it. Existing escapes are kept. */
function literal(name: string): string {
  const [path = ''] = name.split(/[?#]/, 1)
  return path.replaceAll(/%[0-9A-Fa-f]{2}|[^/]/gu, (part) =>
    part.length === 3 && part.startsWith('%') ? part : encodeURIComponent(part),
  )
}

function digest(name: string): string {
  return Buffer.from(name.slice(0, 20)).toString('hex')
}

const ids = Object.keys(positions)
const indexed = names.map((name, index) => [name, index] as const)
const kept = (id: string) => indexed.filter(([name]) => positions[id]?.refused?.test(name) !== true)
const shown = (name: string): string => JSON.stringify(name.length > 20 ? `${name.slice(0, 20)}...` : name)

describe.each(ids.filter((id) => positions[id]?.refused !== null))(
  'rules G1, G3: a name that is not allowed for %s',
  (id) => {
    const refused = indexed.filter(([name]) => positions[id]?.refused?.test(name) === true)
    test.each(refused.map(([name]) => [shown(name), name]))('%s is refused', async (_, name) => {
      const { paths, components } = positions[id]?.operation(name, '/x') ?? { paths: {} }
      const { files, codes } = await attemptFiles({ 'spec.yaml': documentOf(paths, { components }) })
      expect([files, codes.length > 0]).toEqual([null, true])
    })
  },
)

describe('rules G1, G3: all other names, in one gateway', () => {
  let folder: ManifestFolder
  let service: RecordingService
  let gateway: GatewayProcess
  beforeAll(async () => {
    service = await createRecordingService(reply)
    folder = manifestFolder({
      'gateway.yaml': manifest(),
      ...Object.fromEntries(ids.map((id) => [`${id}.json`, spec(id)])),
    })
    const result = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      out: join(folder.path, 'out'),
      clients: [],
      until: 'write',
      force: false,
      skipUnsupported: false,
    })
    expect(result.diagnostics.all.filter(({ severity }) => severity === 'error')).toEqual([])
    symlinkSync(join(projectRoot, 'node_modules'), join(folder.path, 'node_modules'))
    const own = join(folder.path, 'out/constructor')
    await buildGateway(own)
    const variables = { PATH: process.env['PATH'] ?? '', SHOP_URL: service.url }
    gateway = await startGateway({
      client: 'constructor',
      folder: own,
      port: 0,
      variables,
      node: process.execPath,
      preload: [],
      onLog: () => undefined,
    })
  }, 120_000)
  afterAll(async () => {
    await gateway?.stop()
    await service?.close()
    folder?.remove()
  })

  test('type-checks', () => {
    const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc')
    const run = spawnSync(process.execPath, [tsc, '--noEmit', '-p', join(folder.path, 'out/constructor')], {
      encoding: 'utf8',
    })
    expect(run.stdout).toBe('')
  }, 120_000)

  test.each(ids)('a %s of any name works', async (id) => {
    const position = positions[id]
    const wrong: unknown[] = []
    for (const [name, index] of kept(id)) {
      const { path = '', query, headers = {} } = position?.request?.(name) ?? {}
      const before = service.requests.length
      const answer = await send(gateway.url, 'GET', `/${id}/${index}${path}${query === undefined ? '' : `?${query}`}`, {
        ...headers,
      })
      const { status = 200, body, header } = position?.expected?.(name) ?? {}
      const seen = service.requests.slice(before)
      try {
        expect([answer.status, seen.length]).toEqual([status, status === 200 ? 1 : 0])
        for (const request of seen) position?.arrived?.(name, request)
        if (body !== undefined) expect(answer.body.toString()).toBe(body)
        if (header !== undefined) expect(answer.headers[header]).toBe('v')
      } catch (error) {
        wrong.push([
          shown(name),
          error instanceof Error ? error.message.replaceAll(/\u001b\[\d+m/g, '') : error,
          answer.body.toString().slice(0, 300),
        ])
      }
    }
    expect(wrong).toEqual([])
  })

  test('no prototype was changed', () => {
    expect(Object.keys(Object.getOwnPropertyDescriptors(Object.prototype)).length).toBe(12)
    expect(Reflect.ownKeys({}.constructor.prototype).length).toBe(12)
  })

  const reply: Answer = (request, res) => {
    const [, id = '', index = ''] = request.url.split(/[/?]/)
    const {
      type = 'application/json',
      body = 'null',
      headers = {},
    } = positions[id]?.answer?.(names[Number(index)] ?? '') ?? {}
    res.writeHead(200, { 'content-type': type, ...headers })
    res.end(body)
  }

  function manifest(): string {
    return JSON.stringify({
      gatewright: 1,
      name: 'default',
      services: Object.fromEntries(
        ids.map((id) => [id, { spec: `${id}.json`, url: '${SHOP_URL}', answers: 'enforce' }]),
      ),
      clients: {
        constructor: {
          expose: Object.fromEntries(ids.map((id) => [`${id}.*`, { access: { public: 'These are only names' } }])),
        },
      },
    })
  }

  function spec(id: string): string {
    const parts = kept(id).map(([name, index]) => positions[id]?.operation(name, `/${id}/${index}`) ?? { paths: {} })
    const schemas = parts.flatMap(({ components }) =>
      Object.entries((components as { schemas?: object })?.schemas ?? {}),
    )
    return documentOf(Object.assign({}, ...parts.map(({ paths }) => paths)), {
      components: { schemas: Object.fromEntries(schemas) },
    })
  }
})
