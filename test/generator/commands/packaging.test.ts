import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { read, root } from '../../conventions/files.ts'
import { decided } from '../../support/decided.ts'
import { document, folderWith } from './console.ts'

/** Timeout in ms, for packing and three complete runs of the generator as separate processes. */
const patience = 120_000

/** The folders of the packages that gatewright depends on, directly or through others, from the lock. */
const installed = Object.entries(
  JSON.parse(read('package-lock.json')).packages as Record<string, { readonly dev?: true }>,
)
  .filter(([path, { dev }]) => path !== '' && dev !== true)
  .map(([path]) => path)

let folder: ReturnType<typeof folderWith>
let packed: string
beforeAll(() => {
  folder = folderWith({
    'project/orders.json': document({ listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }),
  })
  // `npm test` has built it already. It is packed as `npm pack` packs it, from a copy, so that this checkout stays as it is.
  const copy = join(folder.path, 'copy')
  for (const name of ['dist', 'templates', 'docs', 'package.json', 'gateway.schema.json', 'CHANGELOG.md', 'LICENSE']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  execFileSync(process.execPath, [join(root, 'generator/packaging/embed.mjs'), join(copy, 'dist')], { stdio: 'pipe' })
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder.path], { cwd: copy, stdio: 'pipe' })
  const archive = readdirSync(folder.path).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['-xzf', join(folder.path, archive), '-C', folder.path])
  packed = join(folder.path, 'package')
  // What a user's project installs, from this checkout, because there may be no network.
  for (const name of installed.filter((path) => !path.includes('/node_modules/'))) {
    mkdirSync(dirname(join(packed, name)), { recursive: true })
    symlinkSync(join(root, name), join(packed, name))
  }
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
      expect([made, run('generate'), run('check'), run('lint')]).toEqual([
        ['init', 0, ''],
        ['generate', 0, ''],
        ['check', 0, ''],
        ['lint', 0, ''],
      ])
      expect(readdirSync(join(cwd, 'generated')).sort()).toEqual(['app', 'partner', 'project.schema.json'])
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

  test('asks a project to install at most 110 packages, and has the licenses of those that it embeds', () => {
    expect(installed.length).toBeLessThanOrEqual(110)
    const embedded = readdirSync(join(packed, 'dist/node_modules'), { recursive: true, encoding: 'utf8' })
    const names = embedded.filter((name) => name.endsWith('/package.json')).map((name) => dirname(name))
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      expect(readFileSync(join(packed, 'dist/node_modules', name, 'LICENSES'), 'utf8')).toMatch(/permission/i)
    }
  })

  test(
    'issues tokens in `dev`, and loads the questions of `init`',
    () => {
      const module = (path: string): string => JSON.stringify(join(packed, 'dist/generator', path))
      const script = `
        const { askQuestions } = await import(${module('commands/init/questions.js')})
        const { startIdentityProvider } = await import(${module('dev/identity.js')})
        const user = { name: 'alice', subject: 'alice', scopes: ['orders:read'], roles: [], claims: {} }
        const identity = await startIdentityProvider({ port: 0, users: [user], clients: [], scopes: ['orders:read'], rolesClaims: [] })
        const token = await identity.token({ user: 'alice', audience: 'shop' })
        await identity.close()
        const { sub, aud, iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'))
        console.log(JSON.stringify({ questions: typeof askQuestions, sub, aud, lifetime: exp - iat }))`
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
      expect(JSON.parse(out)).toEqual({ questions: 'function', sub: 'alice', aud: 'shop', lifetime: 8 * 3600 })
    },
    patience,
  )

  test('has no sources of the generator, no tests and no sample', () => {
    const names = readdirSync(packed).sort()
    expect(names.filter((name) => ['generator', 'test', 'specs', 'generated', 'bench'].includes(name))).toEqual([])
    expect(readFileSync(join(packed, 'dist/generator/cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})
