import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { folderWith, place, run, shop } from './console.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(async () => {
  folder = folderWith(shop)
  await run(['generate'], { cwd: folder.path })
})
afterEach(() => folder.remove())

const check = (...args: readonly string[]) => run(['check', ...args], { cwd: folder.path })

/** Changes the access of one route: two lines of the manifest, and a few files of each gateway. */
function changeManifest(): void {
  const manifest = shop['gateway.yaml'] ?? ''
  place(folder.path, {
    'gateway.yaml': manifest.replace(
      "orders.listOrders: { access: { scopes: ['orders:read'] } }",
      "orders.listOrders: { access: { scopes: ['orders:list'] } }",
    ),
  })
}

describe('check', () => {
  test('exits with 0 if everything is up to date', async () => {
    const { code, out, err } = await check()
    expect(err).toMatch(/^app, web: as gateway\.yaml says\. \d+\.\d s$/)
    expect([code, out]).toEqual([0, ''])
  })

  test('refuses `--allow` without `--base`', async () => {
    const { code, err } = await check('--allow', 'widening')
    expect(err).toMatch(/^error GW5004 {2}--allow widening allows changes since a revision, and there is no --base\./)
    expect(code).toBe(2)
  })

  test('names stale files, shows the difference, and prints the command that updates them', async () => {
    changeManifest()
    const { code, err } = await check('--full')
    expect(code).toBe(1)
    expect(err).toMatch(/^generated\/web does not match gateway\.yaml:\n/m)
    expect(err).toMatch(/^ {2}stale {2}src\/gateway\/routes\.ts +\(\+1 -1\)$/m)
    expect(err).toMatch(/^generated\/web\/src\/gateway\/routes\.ts\n@@ .*\n[\s\S]*?^-.*orders:read.*\n\+.*orders:list/m)
    expect(err).toMatch(/\nRun `npx gatewright generate` and commit the result\.$/)
  })

  test('names edited files, and requires --force only for these', async () => {
    place(folder.path, { 'generated/web/src/gateway/routes.ts': 'mine\n' })
    const { code, err } = await check()
    expect(err).toMatch(/^ {2}edited {2}src\/gateway\/routes\.ts {2}changed by hand since it was generated$/m)
    expect(err).toMatch(/Run `npx gatewright generate --force` and commit the result\.$/)
    expect(code).toBe(1)
  })

  test('names missing files', async () => {
    rmSync(join(folder.path, 'generated/app/README.md'))
    const { code, err } = await check()
    expect(err).toMatch(/^generated\/app does not match[\s\S]*^ {2}missing {2}README\.md$/m)
    expect(code).toBe(1)
  })

  test('names files that are no longer generated', async () => {
    const [head = ''] = (shop['gateway.yaml'] ?? '').split('  app:\n')
    place(folder.path, { 'gateway.yaml': head })
    const { code, err } = await check()
    expect(err).toMatch(
      /^generated\/app does not match[\s\S]*^ {2}extra +src\/gateway\/routes\.ts +is no longer generated$/m,
    )
    expect(code).toBe(1)
  })

  test('limits the lines of differences without --full', async () => {
    const lines = (text: string): number => text.split('\n').length
    changeManifest()
    place(folder.path, { 'generated/web/README.md': 'x\n'.repeat(500) })
    const short = await check()
    expect(short.err).toMatch(/^\.\.\. \d+ more lines; --full shows all\.$/m)
    expect(lines(short.err)).toBeLessThan(90)
    expect(lines((await check('--full')).err)).toBeGreaterThan(500)
  })

  test('writes nothing', async () => {
    changeManifest()
    await check()
    expect((await check()).code).toBe(1)
  })

  test('shows no hashes of the lock without --full', async () => {
    changeManifest()
    expect((await check()).err).not.toMatch(/^[-+].*[0-9a-f]{64}/m)
    expect((await check('--full')).err).toMatch(/^[-+].*[0-9a-f]{64}/m)
  })

  test('prints the command with the options of the run', async () => {
    rmSync(join(folder.path, 'generated/app/README.md'))
    const { err } = await check('--manifest', './gateway.yaml', '--client', 'app')
    expect(err).toContain('Run `npx gatewright generate --manifest ./gateway.yaml --client app` and')
  })

  test('prints all results with --json', async () => {
    changeManifest()
    const { code, out, err } = await check('--json')
    const { ok, clients, mend } = JSON.parse(out)
    expect([code, err, ok, mend]).toEqual([1, '', false, 'npx gatewright generate'])
    const web = clients.find(({ id }: { readonly id: string }) => id === 'web')
    expect(web.folder).toBe('generated/web')
    expect(web.differences).toContainEqual(
      expect.objectContaining({ path: 'src/gateway/routes.ts', kind: 'stale', added: 1, removed: 1 }),
    )
  })

  test('prints with --json that everything is up to date', async () => {
    const { code, out } = await check('--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, clients: [], mend: null }])
  })

  test('reports errors instead of a comparison', async () => {
    place(folder.path, { 'gateway.yaml': 'gatewright: 2\n' })
    const { code, err } = await check()
    expect(err).toContain('GW2013')
    expect(code).toBe(1)
  })
})
