import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { manifestFolder } from '../support/manifestFolder.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { type Attempt, attempt, documentOf, manifestFor, operationOf } from './attempt.ts'

/**
 * References to files outside the manifest's folder, or to URLs (rule G2). The generator must neither open a connection
 * nor read any text outside the folder.
 */
const secret = 'a word that only stands outside'
const outside = JSON.stringify({ type: 'object', description: secret, properties: { [secret]: { type: 'string' } } })

let server: RecordingService
let connections: string[]
beforeAll(async () => {
  server = await createRecordingService((_request, res) => {
    res.writeHead(302, { location: '/again', 'content-type': 'application/json' })
    res.end(outside)
  })
})
afterAll(() => server.close())
beforeEach(() => {
  connections = []
  jest.spyOn(Socket.prototype, 'connect').mockImplementation(function connect(this: Socket, ...args: unknown[]) {
    connections.push(JSON.stringify(args))
    return this
  } as Socket['connect'])
})
afterEach(() => {
  jest.restoreAllMocks()
  expect(connections).toEqual([])
  expect(server.requests.length).toBe(0)
})

/** A folder with links to files outside that contain the secret, and a spec with a reference. */
async function attemptWith(files: Readonly<Record<string, string>>): Promise<Attempt> {
  const around = manifestFolder({
    'outside.yaml': outside,
    'outside/inner.yaml': outside,
    'etc/passwd': secret,
    ...Object.fromEntries(
      Object.entries({ 'gateway.yaml': manifestFor('spec.yaml'), ...files }).map(([name, text]) => [
        `in/${name}`,
        text,
      ]),
    ),
  })
  const path = join(around.path, 'in')
  try {
    symlinkSync('../outside.yaml', join(path, 'link.yaml'))
    symlinkSync('link.yaml', join(path, 'chain.yaml'))
    symlinkSync(join(around.path, 'outside'), join(path, 'folder'))
    symlinkSync('loop.yaml', join(path, 'loop.yaml'))
    mkdirSync(join(path, 'directory.yaml'))
    writeFileSync(join(path, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0x80]))
    execFileSync('mkfifo', [join(path, 'pipe.yaml')])
    return await attempt({ path, remove: () => undefined })
  } finally {
    rmSync(around.path, { recursive: true })
  }
}

function expectNothingOfOutside({ files, shown }: Attempt): void {
  for (const { path, contents } of files ?? []) expect([path, contents.includes(secret)]).toEqual([path, false])
  expect(shown.filter((text) => text.includes(secret))).toEqual([])
}

const address = () => server.url
const targets: readonly (readonly [what: string, target: () => string, code: string])[] = [
  ['http', () => `${address()}/x.yaml`, 'GW1201'],
  ['https', () => `https://127.0.0.1:${server.port}/x.yaml#/a`, 'GW1201'],
  ['a link-local address', () => 'http://169.254.169.254/latest/meta-data', 'GW1201'],
  ['upper case', () => `HTTP://127.0.0.1:${server.port}/x.yaml`, 'GW1201'],
  ['file', () => 'file:///etc/passwd', 'GW1201'],
  ['file without slashes', () => 'file:../outside.yaml', 'GW1201'],
  ['data', () => `data:application/json,${encodeURIComponent(outside)}`, 'GW1201'],
  ['ftp', () => 'ftp://127.0.0.1/x.yaml', 'GW1201'],
  ['an address without a scheme', () => `//127.0.0.1:${server.port}/x.yaml`, 'GW1201'],
  ['a host as Windows has it', () => '\\\\127.0.0.1\\x.yaml', 'GW1201'],
  ['the folder above', () => '../outside.yaml', 'GW1202'],
  ['the folder above, by way of one that is there', () => 'directory.yaml/../../outside.yaml', 'GW1202'],
  ['the folder above, encoded', () => '%2e%2e/outside.yaml', 'GW1202'],
  ['the folder above, slash and all', () => '..%2foutside.yaml', 'GW1202'],
  ['an absolute path', () => '/etc/passwd.yaml', 'GW1202'],
  ['an absolute path without an ending', () => '/etc/passwd', 'GW1203'],
  ['a symbolic link', () => 'link.yaml', 'GW1202'],
  ['a symbolic link to a symbolic link', () => 'chain.yaml', 'GW1202'],
  ['a file in a linked folder', () => 'folder/inner.yaml', 'GW1202'],
  ['a symbolic link to itself', () => 'loop.yaml', 'GW1203'],
  ['a folder', () => 'directory.yaml', 'GW1203'],
  ['a pipe', () => 'pipe.yaml', 'GW1203'],
  ['what is no text', () => 'binary.yaml', 'GW1203'],
  ['a name with a NUL', () => 'outside.yaml\0.yaml', 'GW1203'],
  ['a name with an encoded NUL', () => 'outside.yaml%00.yaml', 'GW1203'],
  ['the manifest', () => 'gateway.yaml#/services/shop/nothing', 'GW1204'],
]

describe('rule G2: a $ref of a schema', () => {
  test.each(targets)('to %s: %s', async (_, target, code) => {
    const outcome = await attemptWith({ 'spec.yaml': documentOf({ '/x': operationOf({ $ref: target() }) }) })
    expectNothingOfOutside(outcome)
    expect([outcome.files, outcome.codes]).toEqual([null, expect.arrayContaining([code])])
  })
})

/** Every place of a document that can contain a reference. */
const places: readonly (readonly [string, (target: string) => string])[] = [
  ['a path item', ($ref) => documentOf({ '/x': { $ref } })],
  ['a parameter', ($ref) => documentOf({ '/x': operationOf(true, { parameters: [{ $ref }] }) })],
  [
    'a body',
    ($ref) => documentOf({ '/x': { post: { requestBody: { $ref }, responses: { 200: { description: '' } } } } }),
  ],
  ['a response', ($ref) => documentOf({ '/x': { get: { responses: { 200: { $ref } } } } })],
  [
    'a header',
    ($ref) => documentOf({ '/x': { get: { responses: { 200: { description: '', headers: { A: { $ref } } } } } } }),
  ],
  [
    'an example',
    ($ref) =>
      documentOf({
        '/x': {
          get: {
            responses: { 200: { description: '', content: { 'application/json': { examples: { a: { $ref } } } } } },
          },
        },
      }),
  ],
  [
    'an external example',
    (externalValue) =>
      documentOf({
        '/x': {
          get: {
            responses: {
              200: { description: '', content: { 'application/json': { examples: { a: { externalValue } } } } },
            },
          },
        },
      }),
  ],
  [
    'a link',
    ($ref) =>
      documentOf({
        '/x': { get: { responses: { 200: { description: '', links: { a: { $ref }, b: { operationRef: $ref } } } } } },
      }),
  ],
  [
    'a callback',
    ($ref) => documentOf({ '/x': operationOf(true, { callbacks: { a: { $ref }, b: { '{$url}': { $ref } } } }) }),
  ],
  [
    'a security scheme',
    ($ref) => documentOf({ '/x': operationOf(true) }, { components: { securitySchemes: { a: { $ref } } } }),
  ],
  [
    'a discriminator',
    (target) =>
      documentOf({
        '/x': operationOf({
          oneOf: [{ type: 'object' }],
          discriminator: { propertyName: 'a', mapping: { a: target } },
        }),
      }),
  ],
  ['$dynamicRef', ($dynamicRef) => documentOf({ '/x': operationOf({ $dynamicRef }) })],
  [
    '$schema and $id',
    (target) =>
      documentOf({
        '/x': operationOf({
          $schema: target,
          $id: target,
          $ref: '#/properties/a',
          properties: { a: { type: 'string' } },
        }),
      }),
  ],
  [
    'jsonSchemaDialect',
    (jsonSchemaDialect) => documentOf({ '/x': operationOf(true) }, { jsonSchemaDialect, $self: jsonSchemaDialect }),
  ],
  ['an extension', ($ref) => documentOf({ '/x': operationOf(true) }, { 'x-more': { $ref } })],
  [
    'what is documented for people',
    (url) =>
      documentOf({ '/x': operationOf(true) }, { externalDocs: { url }, servers: [{ url: 'https://127.0.0.1/' }] }),
  ],
]
const few = targets.filter(([what]) =>
  ['http', 'file', 'data', 'the folder above', 'a symbolic link', 'a pipe'].includes(what),
)

describe('rule G2: any other reference opens neither connections nor outside files', () => {
  test.each(places)('from %s', async (_, spec) => {
    for (const [, target] of few) expectNothingOfOutside(await attemptWith({ 'spec.yaml': spec(target()) }))
  })

  test('from an overlay', async () => {
    for (const [, target] of few) {
      const overlay = JSON.stringify({
        overlay: '1.0.0',
        info: { title: 'x', version: '1' },
        extends: target(),
        actions: [{ target: '$.paths["/x"].get', update: { requestBody: { $ref: target() } } }],
      })
      const manifest = manifestFor('spec.yaml', { overlays: ['overlay.yaml'] })
      expectNothingOfOutside(
        await attemptWith({
          'gateway.yaml': manifest,
          'overlay.yaml': overlay,
          'spec.yaml': documentOf({ '/x': operationOf(true) }),
        }),
      )
    }
  })

  test('from the manifest itself, which can name files but not URLs', async () => {
    const spec = documentOf({ '/x': operationOf(true) })
    for (const [what, target] of targets.filter(([, , code]) => code === 'GW1201')) {
      const asSpec = await attemptWith({ 'gateway.yaml': manifestFor(target()) })
      const asOverlay = await attemptWith({
        'gateway.yaml': manifestFor('spec.yaml', { overlays: [target()] }),
        'spec.yaml': spec,
      })
      const asFolder = await attemptWith({
        'gateway.yaml': manifestFor('spec.yaml', { refs: [target()] }),
        'spec.yaml': spec,
      })
      expect([what, asSpec.codes, asOverlay.codes, asFolder.codes]).toEqual([what, ['GW1101'], ['GW1101'], ['GW1205']])
    }
  })
})
