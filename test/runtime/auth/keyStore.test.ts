import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createKeyStore, type KeyStore } from '../../../templates/runtime/auth/keyStore.ts'
import { createMemoryLog } from '../../support/identity.ts'

let folder: string
let file: string
let store: KeyStore
let log: ReturnType<typeof createMemoryLog>

const keys = (...ids: readonly string[]) =>
  JSON.stringify(ids.map((id) => ({ id, hash: '0'.repeat(64), subject: 's', scopes: [] })))
const ids = () => [...store.table().keys()]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
  file = join(folder, 'keys.json')
  log = createMemoryLog()
  writeFileSync(file, keys('a'))
  store = createKeyStore(`file:${file}`, 'key', 'shop', log.observer, (fault) => {
    throw new Error(fault)
  })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** Replaces the file by another one, as editors and mounted secrets do. */
function exchangeFile(text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

test('a changed file is used without a restart', async () => {
  exchangeFile(keys('a', 'b'))
  await store.refresh()
  expect(ids()).toEqual(['a', 'b'])
  expect(log.lines).toEqual(['info reloaded the API key file {"authenticator":"key","keys":2}'])
})

test('a removed key is no longer valid', async () => {
  exchangeFile(keys())
  await store.refresh()
  expect(ids()).toEqual([])
})

test('an unchanged file is not read', async () => {
  const before = store.table()
  await store.refresh()
  expect(store.table()).toBe(before)
})

test.each([
  ['half a file', '[{"id":"b"'],
  ['an empty file', ''],
  ['a record that is not one', '[{"id":"b"}]'],
])('%s keeps the earlier keys, is reported once, and does not block the next valid file', async (_name, text) => {
  exchangeFile(text)
  await store.refresh()
  await store.refresh()
  expect(ids()).toEqual(['a'])
  expect(log.lines).toHaveLength(1)
  expect(log.lines[0]).toMatch(/^warn the API key file is invalid/)
  exchangeFile(keys('c'))
  await store.refresh()
  expect(ids()).toEqual(['c'])
})

test('a missing file keeps the earlier keys, and is reported once', async () => {
  rmSync(file)
  await store.refresh()
  await store.refresh()
  expect(ids()).toEqual(['a'])
  expect(log.lines).toEqual([
    'warn cannot read the API key file; the previous keys stay in use {"authenticator":"key"}',
  ])
  exchangeFile(keys('d'))
  await store.refresh()
  expect(ids()).toEqual(['d'])
})
