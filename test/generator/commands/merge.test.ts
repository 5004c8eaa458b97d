import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { document, folderWith, place, run } from './console.ts'
import { gitIn } from './git.ts'

const manifest = `gatewright: 1
name: shop
services:
  orders: { spec: orders.json, url: '\${ORDERS_URL}' }
  stock: { spec: stock.json, url: '\${STOCK_URL}' }
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: shop }
clients:
  web:
    authenticate: [bearer]
    expose:
      orders.*: { access: { authenticated: true } }
      stock.*: { access: { authenticated: true } }
`
const orders = { listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }
const stock = { listStock: 'GET /stock', getStock: 'GET /stock/{stockId}' }
const lines = { listLines: 'GET /orders/{orderId}/lines' }
const bins = { listBins: 'GET /stock/{stockId}/bins' }

let folder: ReturnType<typeof folderWith>
beforeEach(async () => {
  folder = folderWith({
    'gateway.yaml': manifest,
    'orders.json': document(orders),
    'stock.json': document(stock),
  })
  git('init', '-q', '-b', 'main')
  await generated('first')
})
afterEach(() => folder.remove())

const at = (path: string): string => join(folder.path, path)
const lock = 'generated/web/gatewright.lock.json'
const check = (...args: readonly string[]) => run(['check', ...args], { cwd: folder.path })
const generate = (...args: readonly string[]) => run(['generate', ...args], { cwd: folder.path })

const git = (...args: readonly string[]): string => gitIn(folder.path, ...args)

/** The files that a merge of `branch` leaves in conflict. */
function conflictsOf(branch: string): readonly string[] {
  try {
    git('merge', '-q', '-m', 'merge', branch)
  } catch {
    // It exits with 1 if there are conflicts.
  }
  return git('diff', '--name-only', '--diff-filter=U')
    .split('\n')
    .filter((name) => name !== '')
}

async function generated(title: string): Promise<void> {
  const { code, err } = await generate()
  if (code !== 0) throw new Error(err)
  git('add', '-A')
  git('commit', '-q', '-m', title)
}

/** A branch with other contents of these files, generated. */
async function branch(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  git('checkout', '-q', '-b', name, 'main')
  place(folder.path, files)
  await generated(name)
}

describe('a merge of two branches that change two specs', () => {
  beforeEach(async () => {
    await branch('orders', { 'orders.json': document({ ...orders, ...lines }) })
    await branch('stock', { 'stock.json': document({ ...stock, ...bins }) })
  })

  test('leaves no conflict, and `generate` writes the lock again', async () => {
    expect(conflictsOf('orders')).toEqual([])
    const { code, err } = await check()
    expect(code).toBe(1)
    expect(err).toMatch(/^ {2}stale +gatewright\.lock\.json/m)
    expect(err).toMatch(
      /\nTwo branches were merged: `generate` writes the locks again\.\nRun `npx gatewright generate` and commit the result\.$/,
    )
    expect((await generate()).code).toBe(0)
    expect((await check()).code).toBe(0)
    const paths = Object.keys(JSON.parse(readFileSync(at('generated/web/access.json'), 'utf8')).routes)
    expect(paths.length).toBe(6)
  })

  test('in a lock without `merge=union` is repaired by `generate`', async () => {
    place(folder.path, { '.git/info/attributes': 'gatewright.lock.json -merge text merge\n' })
    expect(conflictsOf('orders')).toEqual([lock])
    expect(readFileSync(at(lock), 'utf8')).toMatch(/^<{7} /m)
    expect((await check()).err).toMatch(/Run `npx gatewright generate` and commit the result\.$/)
    expect((await generate()).code).toBe(0)
    expect((await check()).code).toBe(0)
  })

  test('is generated again with other files in conflict', async () => {
    place(folder.path, { '.git/info/attributes': 'gatewright.lock.json -merge text merge\n' })
    git('checkout', '-q', 'orders')
    place(folder.path, { 'orders.json': document({ ...orders, other: 'GET /p' }) })
    await generated('other')
    git('checkout', '-q', 'stock')
    place(folder.path, { 'stock.json': document({ ...stock, third: 'GET /q' }) })
    await generated('third')
    expect(conflictsOf('orders')).toContain('generated/web/ACCESS.md')
    expect((await check()).err).toMatch(
      /^ {2}merged +ACCESS\.md +merged from two versions, is not what is generated now$/m,
    )
    const { code, err } = await generate()
    expect(err).toMatch(
      /\nWritten again, because two branches generated them and their merge was something else: web\/ACCESS\.md,/,
    )
    expect(code).toBe(0)
    expect((await check()).code).toBe(0)
  })

  test('does not excuse an edit of a file that only one of them changed', async () => {
    place(folder.path, { '.git/info/attributes': 'gatewright.lock.json -merge text merge\n' })
    conflictsOf('orders')
    const before = readFileSync(at('generated/web/Dockerfile'), 'utf8')
    writeFileSync(at('generated/web/Dockerfile'), `${before}# mine\n`)
    const { code, err } = await generate()
    expect([code, err]).toEqual([1, expect.stringContaining('GW4101')])
    expect(readFileSync(at(lock), 'utf8')).toMatch(/^<{7} /m)
    expect((await check()).err).toMatch(/Run `npx gatewright generate --force` and commit the result\.$/)
  })
})

test('`check` advises --force for a lock that cannot be read, in the document too', async () => {
  writeFileSync(at(lock), '{')
  expect((await check()).err).toMatch(/ unknown which files were edited: .*\nRun `npx gatewright generate --force` and/)
  expect(JSON.parse((await check('--json')).out).mend).toBe('npx gatewright generate --force')
  expect((await generate()).code).toBe(1)
  expect((await generate('--force')).code).toBe(0)
})

describe('a clone passes `check`', () => {
  const clone = async (
    attributes: string | null,
  ): Promise<{ readonly code: number; readonly spec: string; readonly route: string }> => {
    if (attributes !== null) {
      rmSync(at('generated/web/.gitattributes'))
      git('add', '-A')
      git('commit', '-q', '-m', 'without attributes')
    }
    git('clone', '-q', '-c', 'core.autocrlf=true', folder.path, at('clone'))
    if (attributes !== null) place(at('clone'), { 'generated/web/.gitattributes': attributes })
    const { code } = await run(['check'], { cwd: at('clone') })
    const spec = readFileSync(at('clone/orders.json'), 'utf8')
    return { code, spec, route: readFileSync(at('clone/generated/web/src/gateway/routes.ts'), 'utf8') }
  }

  test('with core.autocrlf=true', async () => {
    const { code, spec, route } = await clone(null)
    expect([spec.includes('\r\n'), route.includes('\r\n')]).toEqual([true, false])
    expect(code).toBe(0)
  })

  test('if generated files have carriage returns as well', async () => {
    const attributes = readFileSync(at('generated/web/.gitattributes'), 'utf8')
    const { code, route } = await clone(attributes)
    expect(route).toContain('\r\n')
    expect(code).toBe(0)
  })

  test('with byte order marks, and texts of several lines', async () => {
    const text = `${manifest.replace('  web:\n', '  web:\n    title: |-\n      The\n      shop\n')}`
    place(folder.path, {
      'gateway.yaml': text,
    })
    expect((await generate()).code).toBe(0)
    place(folder.path, { 'gateway.yaml': `\uFEFF${text.replaceAll('\n', '\r\n')}` })
    for (const path of [lock, 'generated/web/access.json', 'generated/web/src/gateway/routes.ts']) {
      writeFileSync(at(path), `\uFEFF${readFileSync(at(path), 'utf8').replaceAll('\n', '\r\n')}`)
    }
    expect((await check()).code).toBe(0)
  })
})
