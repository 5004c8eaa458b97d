import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { prepare } from '../../../generator/remote/index.ts'
import { Diagnostics } from '../../../generator/support/index.ts'
import { type DocumentServer, documentServer } from '../../support/documentServer.ts'
import { document, folderWith } from '../commands/console.ts'

let server: DocumentServer
let folder: ReturnType<typeof folderWith>
const text = document({ a: 'GET /a' }, { info: { title: 'ü'.repeat(1_000), version: '1' } })
beforeEach(async () => {
  folder = folderWith({})
  server = await documentServer({ '/orders.json': text })
})
afterEach(async () => {
  folder.remove()
  await server.close()
})

test.each([
  [Buffer.byteLength(text), []],
  [Buffer.byteLength(text) - 1, ['GW1404']],
])('a document may have %d bytes in UTF-8: %j', async (documentBytes, codes) => {
  const diagnostics = new Diagnostics()
  const options = {
    folder: folder.path,
    id: 'orders',
    source: { url: `${server.origin}/orders.json`, headers: {}, origins: [] },
    note: null,
    force: false,
    env: {},
    limits: { documentBytes },
    shown: (path: string) => path,
    onFile: () => undefined,
  }
  const prepared = await prepare(options, diagnostics)
  expect([prepared === null, diagnostics.all.map(({ code }) => code)]).toEqual([codes.length > 0, codes])
})
