import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildGateway } from '../../generator/dev/build.ts'
import { type GatewayProcess, startGateway } from '../../generator/dev/gateway.ts'
import { run } from '../../generator/index.ts'
import { type ManifestFolder, manifestFolder } from '../support/manifestFolder.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { projectRoot, send } from '../support/sampleSystem.ts'
import { attemptFiles, documentOf, manifestFor, operationOf } from './attempt.ts'

/**
 * Patterns that take a backtracking engine too long, with texts of 100 KB made for them (rule O5). A gateway that ran
 * one of them on such an engine would not answer any more. Times are not measured: the tests would time out.
 */
const length = 100_000
const pump = (text: string, end: string): string => text.repeat(Math.floor(length / text.length)) + end

const patterns: readonly (readonly [pattern: string, attack: string])[] = [
  ['^(a+)+$', pump('a', '!')],
  ['^(a|a)*$', pump('a', '!')],
  ['^(a|aa)+$', pump('a', '!')],
  ['^(a*)*b$', pump('a', '!')],
  ['(x+x+)+y', pump('x', '')],
  ['(.*)*z$', pump('ab', '\n')],
  ['^(\\w+\\s?)*$', pump('w', '!')],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', pump('a', '')],
  ['^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$', pump('a', '!')],
  ['^(?:\\.?[a-z]+)+$', pump('a', '!')],
  ['^(?:a?){40}a{40}$', pump('a', '!')],
  ['a+a+a+a+$', pump('a', '!')],
  ['\\s+$', pump(' ', 'x')],
  ['.*.*=.*', pump('=', '\n').replaceAll('=', 'x')],
  ['^\\d*\\d*\\d*\\d*x$', pump('1', '')],
  ['^(\\p{L}+)+$', pump('\u00e9', '!')],
  ['^((ab)*|(aba)*)*c$', pump('ab', '')],
  ['^(\\d+(,\\d+)*)+;$', pump('1,', '')],
]

/** Formats that many implementations check with regular expressions. */
const formats: readonly (readonly [format: string, attack: string])[] = [
  ['email', pump('a.', '@')],
  ['idn-email', pump('a', '@')],
  ['hostname', pump('a-', '')],
  ['uri', `http://${pump('a:', '@')}`],
  ['uri-reference', pump('/..', '%')],
  ['uri-template', pump('{a', '')],
  ['iri', `http://${pump('%41', '%')}`],
  ['ipv4', pump('1.', '')],
  ['ipv6', pump(':', '1')],
  ['date-time', `${pump('1', '')}-01-01T00:00:00Z`],
  ['duration', `P${pump('1Y', '')}`],
  ['json-pointer', pump('/~', '')],
  ['relative-json-pointer', pump('0', '#')],
  ['regex', pump('(', '')],
  ['uuid', pump('0-', '')],
  ['byte', pump('A', '=!')],
]

/** Places of a pattern in a schema. The attack is put at the same place of the value. */
const bodies: readonly (readonly [
  what: string,
  schema: (pattern: string) => object,
  body: (attack: string) => unknown,
])[] = [
  ['a member', (pattern) => ({ type: 'object', properties: { a: { type: 'string', pattern } } }), (a) => ({ a })],
  ['the name of a member', (pattern) => ({ type: 'object', propertyNames: { pattern } }), (a) => ({ [a]: 1 })],
  [
    'patternProperties',
    (pattern) => ({ type: 'object', patternProperties: { [pattern]: { type: 'string' } } }),
    (a) => ({ [a]: 1 }),
  ],
  ['one of several', (pattern) => ({ anyOf: [{ type: 'array' }, { type: 'string', pattern }] }), (a) => a],
]

const post = (schema: object): object => ({
  post: {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 200: { description: '', content: { 'application/json': { schema } } } },
  },
})

describe('rule O5: slow patterns and formats', () => {
  let folder: ManifestFolder
  let service: RecordingService
  let gateway: GatewayProcess
  beforeAll(async () => {
    service = await createRecordingService((request, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(request.body)
    })
    const ofPatterns = patterns.flatMap(([pattern], p) =>
      bodies.map(([, schema], b) => [`/p${p}/${b}`, post(schema(pattern))] as const),
    )
    const ofFormats = formats.map(([format], f) => [`/f${f}`, post({ type: 'string', format })] as const)
    const ofQuery = patterns.map(
      ([pattern], p) => [`/q${p}/{a}`, operationOf(true, { parameters: parametersOf(pattern) })] as const,
    )
    const spec = documentOf(Object.fromEntries([...ofPatterns, ...ofFormats, ...ofQuery]))
    folder = manifestFolder({ 'gateway.yaml': manifestFor('spec.json', { answers: 'enforce' }), 'spec.json': spec })
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
    const own = join(folder.path, 'out/web')
    await buildGateway(own)
    const variables = { PATH: process.env['PATH'] ?? '', SHOP_URL: service.url }
    gateway = await startGateway({
      client: 'web',
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

  const parametersOf = (pattern: string): readonly object[] =>
    ['path', 'query', 'header'].map((place) => ({
      name: 'a',
      in: place,
      required: place === 'path',
      schema: { type: 'string', pattern },
    }))
  const json = { 'content-type': 'application/json' }
  const lives = async (): Promise<void> => expect((await send(gateway.url, 'GET', '/health/live', {})).status).toBe(200)

  test.each(patterns.map(([pattern, attack], index) => [pattern, index, attack] as const))(
    '%s',
    async (_, index, attack) => {
      for (const [b, [, , body]] of bodies.entries()) {
        const answer = await send(
          gateway.url,
          'POST',
          `/p${index}/${b}`,
          json,
          Buffer.from(JSON.stringify(body(attack))),
        )
        expect([200, 400]).toContain(answer.status)
      }
      const short = encodeURIComponent(attack.slice(-400).replaceAll(/[\n/]/g, '-'))
      const answers = await Promise.all([
        send(gateway.url, 'GET', `/q${index}/${short}`, {}),
        send(gateway.url, 'GET', `/q${index}/a?a=${short}`, {}),
        send(gateway.url, 'GET', `/q${index}/a`, { a: attack.slice(-8_000).replaceAll(/[^ -~]/g, '-') }),
      ])
      for (const { status } of answers) expect([200, 400]).toContain(status)
      await lives()
    },
    60_000,
  )

  test.each(formats.map(([format, attack], index) => [format, index, attack] as const))(
    'the format %s',
    async (_, index, attack) => {
      const answer = await send(gateway.url, 'POST', `/f${index}`, json, Buffer.from(JSON.stringify(attack)))
      expect([200, 400]).toContain(answer.status)
      await lives()
    },
    60_000,
  )
})

describe('rule O5: patterns that only a backtracking engine can run', () => {
  test.each(['^(?=(a+)+$)b', '^(a+)+\\1$', '^(?:(a|b)*\\1)+$', '(?<=(a+)+)b', '^(?!(a*)*b)'])(
    '%s is refused',
    async (pattern) => {
      const { files, codes } = await attemptFiles({
        'spec.yaml': documentOf({ '/x': operationOf({ type: 'string', pattern }) }),
      })
      expect([files, codes]).toEqual([null, ['GW3254']])
    },
  )
})
