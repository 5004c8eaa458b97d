import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../generator/emit/declarations.ts'
import { run } from '../../generator/index.ts'
import type { ClientPlan } from '../../generator/plan/types.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import { structureFaults } from '../corpus/structure.ts'
import { probing } from '../openapi/probe.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// `/files/{fileId}` and `/files/{folderId}` stood both in the contract of a client. OpenAPI forbids paths that differ only in the names of
// their parameters, and readers of the contract refuse them or lose one.

const path = (name: string, more: object = {}): JsonObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'integer', maximum: 9 },
  ...more,
})
const operation = (operationId: string, ...parameters: readonly JsonObject[]): JsonObject => ({
  operationId,
  parameters,
  responses: { 200: { description: 'Fine', content: { 'application/json': { schema: { type: 'object' } } } } },
})
const documentOf = (paths: JsonObject): JsonObject => ({
  openapi: '3.0.3',
  info: { title: 'Files', version: '1' },
  paths,
})

interface Shown {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: unknown }[]
}

/** The contract's paths: by path, the methods and the names of their parameters. */
function pathsOf({ contract }: ClientPlan): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const paths = contract['paths'] as unknown as Readonly<Record<string, Readonly<Record<string, Shown>>>>
  return Object.fromEntries(
    Object.entries(paths).map(([text, item]) => [
      text,
      Object.fromEntries(
        Object.entries(item).map(([method, { parameters }]) => [
          method,
          parameters
            .map(({ name }) => name)
            .sort()
            .join(),
        ]),
      ),
    ]),
  )
}

async function planOf(services: Readonly<Record<string, JsonObject>>, expose: JsonObject): Promise<ClientPlan> {
  const manifest = {
    gatewright: 1,
    name: 'shop',
    services: Object.fromEntries(
      Object.keys(services).map((id) => [id, { spec: `${id}.json`, url: `http://${id}.internal` }]),
    ),
    clients: { web: { expose } },
  }
  const files = Object.entries({ 'gateway.yaml': manifest }).concat(
    Object.entries(services).map(([id, paths]) => [`${id}.json`, documentOf(paths)]) as never,
  )
  const folder = manifestFolder(Object.fromEntries(files.map(([name, of]) => [name, JSON.stringify(of)])))
  try {
    const { diagnostics, plan } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const [client] = plan?.value.clients ?? []
    if (client === undefined) throw new Error(diagnostics.all.map(({ message }) => message).join('\n'))
    expect(await structureFaults(JSON.stringify(client.contract))).toEqual([])
    expect(declarations(client.contract)).toContain('paths')
    return client
  } finally {
    folder.remove()
  }
}

const open = { access: { public: 'For tests' } }

describe('paths that differ only in names are one', () => {
  test('of several methods', async () => {
    const client = await planOf(
      {
        files: {
          '/files/{fileId}': { get: operation('getFile', path('fileId')), head: operation('headFile', path('fileId')) },
          '/files/{folderId}': { post: operation('postFolder', path('folderId', { example: 4 })) },
          '/files/{id}': { delete: operation('deleteAny', path('id')) },
        },
      },
      { 'files.*': open },
    )
    expect(pathsOf(client)).toEqual({
      '/files/{fileId}': { get: 'fileId', head: 'fileId', post: 'fileId', delete: 'fileId' },
    })
    expect(JSON.stringify(client.contract)).toContain('"example":4')
    const written = client.routes.map(({ written: { path: own, request } }) => [own, request?.pathNames])
    expect(written).toContainEqual(['/files/{folderId}', { folderId: 'fileId' }])
    expect(written).toContainEqual(['/files/{fileId}', undefined])
  })

  test('of several services, and of a path that the manifest gives', async () => {
    const client = await planOf(
      {
        files: { '/things/{file}': { get: operation('getFile', path('file')) } },
        folders: {
          '/things/{folder}': { post: operation('postFolder', path('folder')) },
          '/other/{id}': { put: operation('putOther', path('id')) },
        },
      },
      {
        'files.*': open,
        'folders.postFolder': open,
        'folders.putOther': { ...open, path: '/things/{id}' },
      },
    )
    expect(pathsOf(client)).toEqual({ '/things/{file}': { get: 'file', post: 'file', put: 'file' } })
  })

  test('nested, with names that change places, and several in a segment', async () => {
    const client = await planOf(
      {
        files: {
          '/a/{x}/b/{y}': { get: operation('one', path('x'), path('y')) },
          '/a/{y}/b/{x}': { post: operation('two', path('y'), path('x')) },
          '/a/{p}-{q}': { get: operation('three', path('p'), path('q')) },
          '/a/{r}-{p}': { post: operation('four', path('r'), path('p')) },
          '/a/{z}/c': { get: operation('five', path('z')) },
        },
      },
      { 'files.*': open },
    )
    expect(pathsOf(client)).toEqual({
      '/a/{x}/b/{y}': { get: 'x,y', post: 'x,y' },
      '/a/{p}-{q}': { get: 'p,q', post: 'p,q' },
      '/a/{z}/c': { get: 'z' },
    })
  })

  test('beside parameters of the same name elsewhere', async () => {
    const client = await planOf(
      {
        files: {
          '/files/{file}': { get: operation('getFile', path('file')) },
          '/files/{folder}': {
            post: operation('postFolder', path('folder'), { name: 'id', in: 'query', schema: { type: 'string' } }),
          },
        },
      },
      { 'files.*': open },
    )
    expect(pathsOf(client)).toEqual({ '/files/{file}': { get: 'file', post: 'file,id' } })
  })

  test('unless the name is sent', async () => {
    const matrix = { style: 'matrix' }
    const client = await planOf(
      {
        files: {
          '/f/{a}': { get: operation('one', path('a', matrix)) },
          '/g/{b}': { get: operation('two', path('b')) },
        },
      },
      { 'files.*': open },
    )
    expect(pathsOf(client)).toEqual({ '/f/{a}': { get: 'a' }, '/g/{b}': { get: 'b' } })
  })
})

test('a gateway sends them on, and names a wrong value as its contract does', async () => {
  const document = documentOf({
    '/files/{fileId}': { get: operation('getFile', path('fileId')) },
    '/files/{folderId}': { post: operation('postFolder', path('folderId')) },
  })
  await probing(document, {}, async (probe) => {
    expect((await probe.send({ target: '/files/7' })).arrived?.url).toBe('/files/7')
    const refused = await probe.send({ target: '/files/77' })
    expect([refused.status, JSON.parse(refused.body).errors[0].pointer]).toEqual([400, 'fileId'])
  })
})
