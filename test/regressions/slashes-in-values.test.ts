import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { credential, type PlannedGateway, type PlannedParts, startPlannedGateway } from '../support/plannedGateway.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'

// `%2F` in a path parameter was always 400, without a reason, although paths of files, branches and packages are usual values.

const answers = 'responses: { 200: { description: Fine, content: { application/json: { schema: { type: object } } } } }'
const open = "access: { public: 'a test' }"
let running: PlannedGateway | null = null

afterEach(async () => {
  await running?.close()
  running = null
})

/** A path item with one parameter for each name in braces. */
function item(path: string, id: string, method = 'get', style = ''): string {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const parameters = names.map(
    (name) =>
      `{ name: ${name}, in: path, required: true${style}, schema: ${style === '' ? '{ type: string }' : '{ type: array, items: { type: string } }'} }`,
  )
  return `'${path}': { parameters: [${parameters.join(', ')}], ${method}: { operationId: ${id}, ${answers} } }`
}

const allow = (...names: readonly string[]): string =>
  `parameters: { ${names.map((name) => `${name}: { encodedSlash: allow }`).join(', ')} }`

async function start(parts: PlannedParts): Promise<PlannedGateway> {
  running = await startPlannedGateway(parts)
  return running
}

const send = (gateway: PlannedGateway, line: string, fields: readonly string[] = []) =>
  sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, fields))

const file = item('/files/{path}', 'file')
const allowing = `orders.file: { ${open}, ${allow('path')} }`

describe('by default an encoded slash is 400, with the reason (rule R1)', () => {
  test.each(['/files/a%2Fb', '/files/a%2fb', '/unknown/a%2Fb'])('%s', async (path) => {
    const gateway = await start({ paths: [file], expose: [`orders.file: { ${open} }`] })
    const { status, body } = await send(gateway, `GET ${path}`)
    expect([status, JSON.parse(body).errors]).toEqual([
      400,
      [{ in: 'path', pointer: '', detail: 'has an encoded slash, which is not allowed here' }],
    ])
    expect(gateway.service.begun).toBe(0)
  })

  test('on other parameters and methods of a gateway with a route that allows it', async () => {
    const gateway = await start({
      paths: [
        `'/files/{path}': { parameters: [{ name: path, in: path, required: true, schema: { type: string } }], get: { operationId: file, ${answers} }, delete: { operationId: remove, ${answers} } }`,
        item('/notes/{id}', 'note'),
        item('/files/{path}/versions/{version}', 'version'),
      ],
      expose: [
        allowing,
        `orders.remove: { ${open} }`,
        `orders.note: { ${open} }`,
        `orders.version: { ${open}, ${allow('path')} }`,
      ],
    })
    const reason = async (line: string) => {
      const { status, body } = await send(gateway, line)
      return [status, status === 400 ? JSON.parse(body).errors[0]?.pointer : null]
    }
    expect(await reason('DELETE /files/a%2Fb')).toEqual([400, 'path'])
    expect(await reason('GET /notes/a%2Fb')).toEqual([400, ''])
    expect(await reason('GET /files/a/versions/1%2F2')).toEqual([400, ''])
    expect(await reason('GET /files/a%2Fb/versions/1%2F2')).toEqual([400, ''])
    expect(await reason('GET /files%2Fa')).toEqual([400, ''])
    expect(gateway.service.begun).toBe(0)
    expect(await reason('GET /files/a%2Fb')).toEqual([200, null])
    expect(await reason('GET /files/a%2Fb%2Fc/versions/1')).toEqual([200, null])
  })
})

describe('with `encodedSlash: allow`', () => {
  test.each([
    ['/files/a%2Fb', '/files/a%2Fb'],
    ['/files/a%2fb%2Fc.txt', '/files/a%2Fb%2Fc.txt'],
    ['/files/%40scope%2Fpackage', '/files/%40scope%2Fpackage'],
    ['/files/a%2F...', '/files/a%2F...'],
    ['/files/a', '/files/a'],
  ])('%s is sent as %s', async (path, sent) => {
    const gateway = await start({ paths: [file], expose: [allowing] })
    expect((await send(gateway, `GET ${path}`)).status).toBe(200)
    expect(gateway.service.requests[0]?.url).toBe(sent)
  })

  test.each([
    '/files/%2Fa',
    '/files/a%2F',
    '/files/a%2F%2Fb',
    '/files/%2F',
    '/files/a%2F..',
    '/files/..%2Fa',
    '/files/a%2F%2E%2E%2Fb',
    '/files/a%2F.%2e%2Fb',
    '/files/.%2Fa',
    '/files/a%2F..;x%2Fb',
    '/files/a%2F..%3Bx%2Fb',
    '/files/..%3Bx',
    '/files/a%2F%EF%BC%8E%EF%BC%8E%2Fb',
    '/files/a%2F%E2%80%A5%2Fb',
    '/files/a%2F.%E2%80%8B.',
    '/files/a%2F%E2%80%8B%2Fb',
    '/files/a%EF%BC%8F..%EF%BC%8Fb',
    '/files/a%EF%BC%BC..%EF%BC%BCb',
    '/files/a%5Cb',
    '/files/a%2F%5C',
    '/files/a%252Fb',
    '/files/a%2F%252e%252e',
    '/files/a%2F%25%32%46b',
    '/files/a%2F%00',
    '/files/a%2F%C0%AFb',
    '/files/a%2F/b',
  ])('%s is 400 (rule R3)', async (path) => {
    const gateway = await start({ paths: [file], expose: [allowing] })
    expect((await send(gateway, `GET ${path}`)).status).toBe(400)
    expect(gateway.service.begun).toBe(0)
  })

  test.each([
    '/files/a%2Fmeta',
    '/files/a%2FMETA',
    '/files/a%2F%6Deta',
    '/files/a%2F%EF%BD%8Deta',
    '/files/a%2Fmeta%3Bx=1',
    '/files/a%3Bx%2Fmeta',
    '/files/a%EF%BC%8Fmeta',
    '/files/secret%2Fb%2Fc',
  ])('%s is 404: decoded, it is the path of another operation (rule R8)', async (path) => {
    const gateway = await start({
      paths: [file, item('/files/{id}/meta', 'meta', 'post'), item('/files/secret/{a}/{b}', 'secret')],
      expose: [allowing],
    })
    expect((await send(gateway, `GET ${path}`)).status).toBe(404)
    expect((await send(gateway, `OPTIONS ${path}`)).status).toBe(404)
    expect(gateway.service.begun).toBe(0)
    expect((await send(gateway, 'GET /files/a%2Fother')).status).toBe(200)
    expect((await send(gateway, 'GET /files/meta')).status).toBe(200)
  })

  test('the value as it stands still counts (rule R8)', async () => {
    const gateway = await start({
      paths: [item('/files/{path}/{kind}', 'file'), item('/files/{path}/raw', 'raw')],
      expose: [`orders.file: { ${open}, ${allow('path')} }`],
    })
    expect((await send(gateway, 'GET /files/a%2Fb/raw')).status).toBe(404)
    expect((await send(gateway, 'GET /files/a%2Fb/text')).status).toBe(200)
  })

  test('of a list, each item', async () => {
    const gateway = await start({
      paths: [item('/files/{path}', 'file', 'get', ', style: simple')],
      expose: [allowing],
    })
    expect((await send(gateway, 'GET /files/a%2Fb,c')).status).toBe(200)
    expect(gateway.service.requests[0]?.url).toBe('/files/a%2Fb,c')
    expect((await send(gateway, 'GET /files/a,..%2Fb')).status).toBe(400)
  })

  test('within text around the parameter, on an upgrade, and in Location', async () => {
    const gateway = await start({
      paths: [item('/files/v-{path}.json', 'file'), item('/files/v-x/{a}.json', 'other')],
      expose: [`orders.file: { ${open}, ${allow('path')} }`],
      answer: (_, res) =>
        res.writeHead(200, { location: '/files/v-m%2Fn.json', 'content-type': 'application/json' }).end('{}'),
    })
    const found = await send(gateway, 'GET /files/v-a%2Fb.json')
    expect([found.status, found.header('location')]).toEqual([200, '/files/v-m%2Fn.json'])
    expect((await send(gateway, 'GET /files/v-x%2Fb.json')).status).toBe(404)
    expect((await send(gateway, 'GET /files/v-a%2Fb.json', ['Connection: upgrade', 'Upgrade: h2c'])).status).toBe(400)
  })

  test('authentication comes first', async () => {
    const gateway = await start({
      paths: [file],
      expose: [`orders.file: { access: { authenticated: true }, ${allow('path')} }`],
    })
    expect((await send(gateway, 'GET /files/a%2Fb')).status).toBe(401)
    expect((await send(gateway, 'GET /files/a%2Fb', [credential])).status).toBe(200)
  })
})

describe('values of claims', () => {
  const paths = [file, item('/files/{id}/meta', 'meta')]
  const bound = 'orders.file: { path: /mine, access: { authenticated: true }, bind: { path: $principal.folder }'
  const unfit = [{ in: 'path', pointer: 'path', detail: 'bound value does not fit' }]
  const outcome = async (gateway: PlannedGateway): Promise<readonly [number, unknown]> => {
    const { status, body } = await send(gateway, 'GET /mine', [credential])
    return [status, status === 200 ? null : JSON.parse(body).errors]
  }

  test.each([
    'a/b',
    'a/meta',
    '/',
    'a\\b',
    'a%2Fb',
    'a%2fb',
    'a%5Cb',
    'a%5cb',
    'a%252Fb',
    'a\uff0fb',
    'a\uff3cb',
    'a\u0000',
    '..',
    'a/../b',
  ])('%j is 403 by default, with the reason', async (folder) => {
    const gateway = await start({ paths, expose: [`${bound} }`], claims: { folder } })
    expect(await outcome(gateway)).toEqual([403, unfit])
    expect(gateway.service.begun).toBe(0)
  })

  test.each(['a', 'a b', '50%', 'a.b@c', 'a..b', '\u00e4'])('%j is sent by default', async (folder) => {
    const gateway = await start({ paths, expose: [`${bound} }`], claims: { folder } })
    expect(await outcome(gateway)).toEqual([200, null])
  })

  test('without a value: 403 as before', async () => {
    const gateway = await start({ paths, expose: [`${bound} }`] })
    expect(await outcome(gateway)).toEqual([403, undefined])
  })

  test.each([
    ['a/b', 200],
    ['a/meta', 403],
    ['a/META', 403],
    ['a\uff0fmeta', 403],
    ['a/../b', 403],
    ['../b', 403],
    ['a/..;x/b', 403],
    ['a//b', 403],
    ['/a', 403],
    ['a/', 403],
    ['a\\b', 403],
    ['a%2Fb', 403],
    ['a%5Cb', 403],
    ['a/\u0000', 403],
  ])('with `encodedSlash: allow` %j is %i', async (folder, status) => {
    const gateway = await start({ paths, expose: [`${bound}, ${allow('path')} }`], claims: { folder } })
    expect(await outcome(gateway)).toEqual([status, status === 200 ? null : unfit])
    expect(gateway.service.begun).toBe(status === 200 ? 1 : 0)
    expect((await send(gateway, 'GET /mine%2Fa', [credential])).status).toBe(400)
  })

  test('of a list, each item', async () => {
    const list = [item('/files/{path}', 'file', 'get', ', style: simple'), item('/files/{id}/meta', 'meta')]
    const of = async (folder: readonly string[], more = '') => {
      const gateway = await start({ paths: list, expose: [`${bound}${more} }`], claims: { folder } })
      const [status] = await outcome(gateway)
      await gateway.close()
      return status
    }
    expect(await of(['a', 'b'])).toBe(200)
    expect(await of(['a', 'b/c'])).toBe(403)
    expect(await of(['a', 'b/c'], `, ${allow('path')}`)).toBe(200)
    expect(await of(['a', 'b/meta'], `, ${allow('path')}`)).toBe(403)
  })

  test('beside a value of the client that may have slashes', async () => {
    const both = [item('/users/{user}/{path}', 'mine'), item('/users/{user}/keys/{key}', 'key')]
    const expose = [
      `orders.mine: { path: '/mine/{path}', access: { authenticated: true }, bind: { user: $principal.folder }, ${allow('path')} }`,
    ]
    const of = async (folder: string, line: string) => {
      const gateway = await start({ paths: both, expose, claims: { folder } })
      const { status } = await send(gateway, line, [credential])
      await gateway.close()
      return status
    }
    expect(await of('me', 'GET /mine/a%2Fb')).toBe(200)
    expect([403, 404]).toContain(await of('me', 'GET /mine/keys%2Fb'))
    expect(await of('me/keys', 'GET /mine/a')).toBe(403)
  })
})

test('whatever the value, no service that decodes slashes reads another path of the document (rules R3, R8)', async () => {
  const others = ['/files/{id}/meta', '/files/a/{b}', '/files/{x}.json/{y}/z', '/other/{id}']
  const gateway = await start({
    paths: [file, ...others.map((path, at) => item(path, `other${at}`))],
    expose: [allowing],
  })
  const shapes = others.map((path) => new RegExp(`^${path.replace('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`))
  const piece = fc.constantFrom('a', 'b', 'meta', 'z', 'x.json', '..', '.', '', 'META', '%6deta', 'files', 'other')
  const slash = fc.constantFrom('%2F', '%2f', '%252F', '%5C')
  const value = fc
    .array(fc.tuple(piece, slash), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.flat().slice(0, -1).join(''))
    .filter((text) => text !== '')
  await fc.assert(
    fc.asyncProperty(value, async (text) => {
      const before = gateway.service.requests.length
      const { status } = await send(gateway, `GET /files/${text}`)
      const sent = gateway.service.requests.slice(before).map(({ url }) => url)
      expect(sent).toHaveLength(status === 200 ? 1 : 0)
      for (const url of sent) {
        const decoded = decodeURIComponent(url)
        expect(decoded).not.toMatch(/\/(?:\.{0,2})(?:\/|$)|%|\\/)
        for (const shape of shapes) expect(decoded.toLowerCase()).not.toMatch(shape)
        expect(url.split('/')).toHaveLength(3)
      }
    }),
    { numRuns: 300 },
  )
})
