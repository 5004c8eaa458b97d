import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { root } from '../../conventions/files.ts'
import { decided } from '../../support/decided.ts'
import { document, folderWith } from './console.ts'

/** Timeout in ms, for packing and three complete runs of the generator as separate processes. */
const patience = 120_000

let folder: ReturnType<typeof folderWith>
let packed: string
beforeAll(() => {
  folder = folderWith({
    'project/orders.json': document({ listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }),
  })
  // `npm test` has built it already. The dependencies are those of this checkout, because there may be no network.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder.path], { cwd: root, stdio: 'pipe' })
  const archive = readdirSync(folder.path).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['-xzf', join(folder.path, archive), '-C', folder.path])
  packed = join(folder.path, 'package')
  symlinkSync(join(root, 'node_modules'), join(packed, 'node_modules'))
}, patience)
afterAll(() => folder.remove())

describe('the package as it is published', () => {
  test(
    'makes a manifest, generates from it, and finds the result up to date, in another folder',
    () => {
      const cwd = join(folder.path, 'project')
      const run = (...args: readonly string[]) => {
        const { status, stderr } = spawnSync(process.execPath, [join(packed, 'dist/generator/cli.js'), ...args], {
          cwd,
          encoding: 'utf8',
        })
        return [args[0], status, status === 0 ? '' : stderr]
      }
      const made = run('init', 'orders.json', '--yes')
      const manifest = join(cwd, 'gateway.yaml')
      writeFileSync(manifest, decided(readFileSync(manifest, 'utf8')))
      expect([made, run('generate'), run('check')]).toEqual([
        ['init', 0, ''],
        ['generate', 0, ''],
        ['check', 0, ''],
      ])
      expect(readdirSync(join(cwd, 'generated')).sort()).toEqual(['app', 'partner'])
    },
    patience,
  )

  test(
    'can be imported by its name, and contains its schema',
    () => {
      const user = join(folder.path, 'user')
      mkdirSync(join(user, 'node_modules'), { recursive: true })
      symlinkSync(packed, join(user, 'node_modules/gatewright'))
      const script = "import { run, catalogue } from 'gatewright'; console.log(typeof run, typeof catalogue)"
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: user, encoding: 'utf8' })
      expect(out).toBe('function object\n')
      const schema = JSON.parse(readFileSync(join(user, 'node_modules/gatewright/gateway.schema.json'), 'utf8'))
      expect(schema.title).toBe('Gatewright manifest')
    },
    patience,
  )

  test('has no sources of the generator, no tests and no sample', () => {
    const names = readdirSync(packed).sort()
    expect(names.filter((name) => ['generator', 'test', 'specs', 'generated', 'bench'].includes(name))).toEqual([])
    expect(readFileSync(join(packed, 'dist/generator/cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})
