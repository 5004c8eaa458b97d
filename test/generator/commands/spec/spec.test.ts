import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { read } from '../../../../generator/read/index.ts'
import { Diagnostics } from '../../../../generator/support/index.ts'
import { type DocumentServer, documentServer } from '../../../support/documentServer.ts'
import { document, folderWith, type Outcome, place, run } from '../console.ts'
import { gitIn } from '../git.ts'

let server: DocumentServer
let folder: ReturnType<typeof folderWith>
const env: Record<string, string> = {}
beforeEach(async () => {
  folder = folderWith({})
  server = await documentServer({ '/orders.json': document({ getOrder: 'GET /orders/{id}' }) })
})
afterEach(async () => {
  folder.remove()
  await server.close()
})

const spec = (...args: readonly string[]): Promise<Outcome> => run(['spec', ...args], { cwd: folder.path, env })
const add = (path: string, ...more: readonly string[]): Promise<Outcome> => spec('add', server.origin + path, ...more)
const text = (path: string): string => readFileSync(join(folder.path, path), 'utf8')
const note = (path: string): Record<string, unknown> => JSON.parse(text(path))
const files = (): readonly string[] =>
  readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .sort()
const codesOf = ({ out }: Outcome): readonly string[] =>
  JSON.parse(out).diagnostics.map(({ code }: { readonly code: string }) => code)

/** A document in several files, of which one is beside its folder. */
const several = {
  '/api/v1/openapi.yaml': `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders: { $ref: paths/orders.yaml }
`,
  '/api/v1/paths/orders.yaml': `get:
  operationId: listOrders
  responses:
    '200': { description: ok, content: { application/json: { schema: { $ref: '../../common/order.json#/Order' } } } }
`,
  '/api/common/order.json': '{"Order": {"type": "object", "properties": {"id": {"type": "string"}}}}',
}

describe('spec add', () => {
  test('writes the document as it is, and notes its source and its hash', async () => {
    const { code, err } = await add('/orders.json')
    expect([code, files()]).toEqual([0, ['specs/orders.json', 'specs/orders.source.json']])
    expect(text('specs/orders.json')).toBe(server.files['/orders.json'])
    expect(note('specs/orders.source.json')).toMatchObject({
      source: `${server.origin}/orders.json`,
      document: 'orders.json',
      files: {
        'orders.json': { url: `${server.origin}/orders.json`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    })
    expect(err).toContain('OpenAPI 3.1, 1 operation')
    expect(err).toContain('gatewright init specs/orders.json')
  })

  test('brings the files that it refers to, so that they can be read together', async () => {
    Object.assign(server.files, several)
    expect((await add('/api/v1/openapi.yaml', '--out', 'specs/orders.yaml')).code).toBe(0)
    expect(files()).toEqual([
      'specs/orders.source.json',
      'specs/orders/common/order.json',
      'specs/orders/v1/openapi.yaml',
      'specs/orders/v1/paths/orders.yaml',
    ])
    expect(text('specs/orders/v1/paths/orders.yaml')).toBe(several['/api/v1/paths/orders.yaml'])
    const services = { orders: { spec: 'orders/v1/openapi.yaml', url: 'http://127.0.0.1' } }
    const manifest = JSON.stringify({ gatewright: 1, name: 'shop', services, clients: { web: { expose: {} } } })
    const diagnostics = new Diagnostics()
    const inputs = await read(join(folder.path, 'specs/gateway.yaml'), { text: manifest }, diagnostics)
    expect([diagnostics.all, JSON.stringify(inputs?.value.specs[0]?.document).includes('listOrders')]).toEqual([
      [],
      true,
    ])
  })

  test('rewrites references to URLs, of other origins only if they are allowed', async () => {
    const other = await documentServer({ '/a.yaml': 'A: { type: string }\n' })
    const components = { schemas: { A: { $ref: `${other.origin}/a.yaml#/A` } } }
    server.files['/orders.json'] = document({ a: 'GET /a' }, { components })
    const refused = await add('/orders.json', '--json')
    const allowed = await add('/orders.json', '--out', 'specs/allowed', '--origin', other.origin)
    await other.close()
    expect([refused.code, codesOf(refused), other.requests.length]).toEqual([0, ['GW1405'], 1])
    const path = `${new URL(other.origin).host.replace(':', '-')}/a.yaml`
    expect([allowed.code, text('specs/allowed/orders.json').includes(`"$ref": "${path}#/A"`)]).toEqual([0, true])
    expect(note('specs/allowed.source.json')['origins']).toEqual([other.origin])
  })

  test('does not request schemas that have the URL as their `$id`', async () => {
    const $id = `${server.origin}/schemas/order`
    const components = { schemas: { Order: { $id, type: 'string' }, Other: { $ref: $id } } }
    server.files['/orders.json'] = document({ a: 'GET /a' }, { components })
    expect([codesOf(await add('/orders.json', '--json')), server.log]).toEqual([[], ['200 /orders.json']])
  })

  test('warns of a file that does not exist, and leaves the reference as it is', async () => {
    Object.assign(server.files, several)
    delete server.files['/api/common/order.json']
    const outcome = await add('/api/v1/openapi.yaml', '--json')
    expect([outcome.code, codesOf(outcome)]).toEqual([0, ['GW1405']])
  })

  test('sends headers from the environment, and writes no value (rule G5)', async () => {
    const document = server.files['/orders.json'] as string
    server.files['/orders.json'] = ({ headers }, response) => {
      const isKnown = headers.authorization === 'Bearer abc-secret'
      response.writeHead(isKnown ? 200 : 401).end(isKnown ? document : '')
    }
    const header = 'Authorization: Bearer ${SPEC_TOKEN}'
    env['SPEC_TOKEN'] = 'abc-secret'
    expect((await add('/orders.json', '--header', header)).code).toBe(0)
    expect(note('specs/orders.source.json')['headers']).toEqual({ Authorization: 'Bearer ${SPEC_TOKEN}' })
    expect(files().filter((path) => text(path).includes('abc-secret'))).toEqual([])
    expect((await spec('update', 'specs/orders.json')).code).toBe(0)
    env['SPEC_TOKEN'] = 'wrong'
    expect(codesOf(await spec('update', 'specs/orders.json', '--json'))).toEqual(['GW1402'])
  })

  test('notes and names no value of the environment in a URL (rule G5)', async () => {
    env['SPEC_TOKEN'] = "abc'secret<"
    for (const [path, text] of Object.entries(several)) server.files[path.replace('/v1/', "/abc'secret%3C/")] = text
    const { code, err, progress } = await run(['spec', 'add', `${server.origin}/api/\${SPEC_TOKEN}/openapi.yaml`], {
      cwd: folder.path,
      env,
      interactive: true,
    })
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    const texts = [err, ...progress, ...names, ...files().map((path) => text(path))]
    expect([code, texts.filter((one) => one.includes('secret'))]).toEqual([0, []])
  })

  test('writes nothing if the URL of a file has a value of the environment in an unknown spelling', async () => {
    env['SPEC_TOKEN'] = 'abc'
    server.files['/a.yaml?key=%61bc'] = 'A: { type: string }\n'
    const components = { schemas: { A: { $ref: 'a.yaml?key=%61bc#/A' } } }
    server.files['/o.json?key=abc'] = document({ a: 'GET /a' }, { components })
    const outcome = await add('/o.json?key=${SPEC_TOKEN}', '--json')
    expect([outcome.code, codesOf(outcome), files()]).toEqual([2, ['GW1400'], []])
  })

  test('names documents of different sources differently, and updates one that it has', async () => {
    server.files['/v2/orders.json'] = document({ a: 'GET /a' })
    await add('/orders.json')
    await add('/v2/orders.json')
    await add('/orders.json')
    expect(files()).toEqual([
      'specs/orders-2.json',
      'specs/orders-2.source.json',
      'specs/orders.json',
      'specs/orders.source.json',
    ])
  })

  test('refuses a file that is not of the document, and another source, without --force', async () => {
    place(folder.path, { 'specs/orders.json': '{}' })
    expect(codesOf(await add('/orders.json', '--json'))).toEqual(['GW5006'])
    expect((await add('/orders.json', '--force')).code).toBe(0)
    server.files['/other.json'] = document({ a: 'GET /a' })
    const args = ['--out', 'specs/orders.json', '--json'] as const
    expect(codesOf(await add('/other.json', ...args))).toEqual(['GW5006'])
    expect((await add('/other.json', ...args, '--force')).code).toBe(0)
    expect(text('specs/orders.json')).toBe(server.files['/other.json'])
  })

  test('does not write through a symbolic link', async () => {
    place(folder.path, { 'elsewhere.json': '{}', 'specs/a.txt': '' })
    symlinkSync(join(folder.path, 'elsewhere.json'), join(folder.path, 'specs/orders.json'))
    expect(codesOf(await add('/orders.json', '--force', '--json'))).toEqual(['GW4103'])
    expect(text('elsewhere.json')).toBe('{}')
  })

  test('writes nothing if a file fails', async () => {
    Object.assign(server.files, several)
    server.files['/api/common/order.json'] = (_, response) => response.writeHead(500).end()
    const outcome = await add('/api/v1/openapi.yaml', '--json')
    expect([outcome.code, codesOf(outcome), files()]).toEqual([1, ['GW1401'], []])
  })

  test('shows where a text is not valid', async () => {
    server.files['/bad.yaml'] = 'openapi: 3.1.0\npaths: [\n'
    const { code, err } = await add('/bad.yaml')
    expect([code, err.includes(`${server.origin}/bad.yaml:`), existsSync(join(folder.path, 'specs'))]).toEqual([
      1,
      true,
      false,
    ])
  })
})

describe('spec update', () => {
  const write = (id: string, more: object = {}): void => {
    server.files['/orders.json'] = document(
      { [id]: 'GET /orders/{id}' },
      { info: { title: 'Orders', version: '1' }, ...more },
    )
  }

  test('writes nothing if nothing changed, and asks with the ETag', async () => {
    await add('/orders.json')
    const before = text('specs/orders.source.json')
    const { code, err } = await spec('update')
    expect([code, err, server.log]).toEqual([
      0,
      `specs/orders.json is up to date with ${server.origin}/orders.json`,
      ['200 /orders.json', '304 /orders.json'],
    ])
    expect(text('specs/orders.source.json')).toBe(before)
  })

  test('does not rewrite the note for another ETag of the same text', async () => {
    const document = server.files['/orders.json'] as string
    let number = 0
    server.files['/orders.json'] = (_, response) => response.writeHead(200, { etag: `"${number++}"` }).end(document)
    await add('/orders.json')
    const before = text('specs/orders.source.json')
    expect((await spec('update', '--check')).code).toBe(0)
    await spec('update')
    expect([number, text('specs/orders.source.json')]).toEqual([3, before])
  })

  test('says what changed, and writes it', async () => {
    await add('/orders.json')
    const paths = JSON.parse(server.files['/orders.json'] as string).paths
    const more = { paths: { ...paths, '/new': { post: { responses: {} } } }, components: { schemas: { Order: {} } } }
    server.files['/orders.json'] = document({}, { ...more, info: { title: 'Orders', version: '2' } })
    const { code, err } = await spec('update')
    expect([code, err.split('\n')]).toEqual([
      0,
      [
        `specs/orders.json from ${server.origin}/orders.json: wrote 1 file`,
        '  version 1 -> 2',
        '  new     POST /new',
        '  schema  Order      new',
        'Next: gatewright generate',
      ],
    ])
    expect(text('specs/orders.json')).toBe(server.files['/orders.json'])
  })

  test('with --check writes nothing, and exits with 1', async () => {
    await add('/orders.json')
    const before = text('specs/orders.json')
    write('other')
    const { code, err } = await spec('update', '--check')
    expect([code, text('specs/orders.json') === before, err.includes('would write 1 file')]).toEqual([1, true, true])
  })

  test('finds a document by its name, by one of its files, by its note and by its folder', async () => {
    Object.assign(server.files, several)
    await add('/api/v1/openapi.yaml', '--out', 'a/orders.yaml')
    const names = [
      'a/orders/common/order.json',
      'a/orders/v1/openapi.yaml',
      'a/orders.source.json',
      'a',
      'a/orders/../',
    ]
    const codes = []
    for (const name of names) codes.push((await spec('update', name)).code)
    expect(codes).toEqual([0, 0, 0, 0, 0])
  })

  test('removes files that the document no longer refers to, and keeps the place of the document', async () => {
    Object.assign(server.files, several)
    await add('/api/v1/openapi.yaml', '--out', 'specs/orders.yaml')
    server.files['/api/v1/openapi.yaml'] = `openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\npaths: {}\n`
    const { code, err } = await spec('update')
    expect([code, err.includes('wrote 1 file, removed 2'), files()]).toEqual([
      0,
      true,
      ['specs/orders.source.json', 'specs/orders/v1/openapi.yaml'],
    ])
  })

  test('follows files when the document has not changed', async () => {
    Object.assign(server.files, several)
    await add('/api/v1/openapi.yaml', '--out', 'specs/orders.yaml')
    server.files['/api/common/order.json'] = '{"Order": {"type": "string"}}'
    server.log.length = 0
    await spec('update')
    expect(server.log).toEqual([
      '304 /api/v1/openapi.yaml',
      '304 /api/v1/paths/orders.yaml',
      '200 /api/common/order.json',
    ])
    expect(text('specs/orders/common/order.json')).toBe(server.files['/api/common/order.json'])
  })

  test('follows rewritten references of a document that has not changed', async () => {
    server.files['/a.yaml'] = 'A: { type: string }\n'
    const components = { schemas: { A: { $ref: `${server.origin}/a.yaml#/A` } } }
    server.files['/orders.json'] = document({ a: 'GET /a' }, { components })
    await add('/orders.json')
    const before = files().map((path) => text(path))
    expect([(await spec('update', '--check')).code, files().map((path) => text(path))]).toEqual([0, before])
    expect(server.log.slice(2)).toEqual(['304 /orders.json', '304 /a.yaml'])
  })

  test('refuses a file that was changed by hand, but not for its line endings', async () => {
    await add('/orders.json')
    place(folder.path, { 'specs/orders.json': text('specs/orders.json').replaceAll('\n', '\r\n') })
    expect((await spec('update')).code).toBe(0)
    place(folder.path, { 'specs/orders.json': '{"mine": true}' })
    const refused = await spec('update', '--json')
    expect([refused.code, codesOf(refused), text('specs/orders.json')]).toEqual([1, ['GW1406'], '{"mine": true}'])
    expect((await spec('update', '--force')).code).toBe(0)
    expect(text('specs/orders.json')).toBe(server.files['/orders.json'])
  })

  test('keeps a document whose new text is not one, and updates the others', async () => {
    server.files['/users.json'] = document({ a: 'GET /a' })
    await add('/orders.json')
    await add('/users.json')
    server.files['/orders.json'] = '<!doctype html><title>Sign in</title>'
    server.files['/users.json'] = document({ a: 'GET /b' })
    const before = text('specs/orders.json')
    const { code, err } = await spec('update')
    expect([code, text('specs/orders.json'), text('specs/users.json')]).toEqual([
      1,
      before,
      server.files['/users.json'],
    ])
    expect(err).toContain('specs/orders.json stays as it was.')
    expect(err).toContain('1 document changed, 0 up to date, 1 failed.')
  })

  test('updates the others if a note is damaged, and ignores JSON of another kind', async () => {
    await add('/orders.json')
    write('other')
    place(folder.path, { 'a.source.json': '{"source": "a.ts", "files": []}', 'specs/b.source.json': '<<<<<<<' })
    const outcome = await spec('update', '--json')
    expect([outcome.code, codesOf(outcome), text('specs/orders.json')]).toEqual([
      1,
      ['GW1407'],
      server.files['/orders.json'],
    ])
    expect((await spec('update')).err).toContain('0 documents changed, 1 up to date, 1 failed.')
  })

  describe('of a note that refers to the environment', () => {
    beforeEach(async () => {
      env['SPEC_TOKEN'] = 'abc'
      server.files['/orders.json?key=abc'] = server.files['/orders.json'] as string
      await add('/orders.json?key=${SPEC_TOKEN}')
      server.log.length = 0
    })

    test('sends nothing if it was found and git does not track it (rule G5)', async () => {
      gitIn(folder.path, 'init')
      const outcome = await spec('update', '--json')
      expect([outcome.code, codesOf(outcome), server.log]).toEqual([1, ['GW1410'], []])
    })

    test('sends its value if git tracks it', async () => {
      gitIn(folder.path, 'init')
      gitIn(folder.path, 'add', '.')
      expect([(await spec('update')).code, server.log]).toEqual([0, ['304 /orders.json?key=abc']])
    })

    test('sends its value if it was named', async () => {
      expect([(await spec('update', 'specs/orders.json')).code, server.log.length]).toEqual([0, 1])
    })

    test('is not found in what is installed, nor in another repository', async () => {
      const moved = text('specs/orders.source.json')
      rmSync(join(folder.path, 'specs'), { recursive: true })
      place(folder.path, { 'vendor/lib/x.source.json': moved, 'other/.git': '', 'other/x.source.json': moved })
      expect(codesOf(await spec('update', '--json'))).toEqual(['GW1408'])
    })
  })

  test('brings back a file that was removed', async () => {
    await add('/orders.json')
    rmSync(join(folder.path, 'specs/orders.json'))
    expect((await spec('update')).code).toBe(0)
    expect(text('specs/orders.json')).toBe(server.files['/orders.json'])
  })
})
