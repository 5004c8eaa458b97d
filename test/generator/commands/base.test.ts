import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { document, folderWith, place, run, shop } from './console.ts'
import { gitIn } from './git.ts'

const manifest = shop['gateway.yaml'] ?? ''
const wider = manifest.replace(
  "orders.listOrders: { access: { scopes: ['orders:read'] } }",
  'orders.listOrders: { access: { authenticated: true } }',
)

let folder: ReturnType<typeof folderWith>
beforeEach(async () => {
  folder = folderWith(Object.fromEntries(Object.entries(shop).map(([name, text]) => [`backend/${name}`, text])))
  git('init', '-q', '-b', 'main')
  await generate()
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
})
afterEach(() => folder.remove())

const git = (...args: readonly string[]): string => gitIn(folder.path, ...args)
const cwd = (): string => join(folder.path, 'backend')
const generate = () => run(['generate'], { cwd: cwd() })
const check = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  run(['check', '--base', 'main', ...args], { cwd: cwd(), env: { PATH: process.env['PATH'] ?? '', ...env } })

/** Changes files below `backend/`, and generates. */
async function change(files: Readonly<Record<string, string>>): Promise<void> {
  place(cwd(), files)
  const { code, err } = await generate()
  if (code !== 0) throw new Error(err)
}

/** A document whose answers of `GET /orders` have another member. */
function withMember(): string {
  const spec = JSON.parse(shop['orders.json'] ?? '')
  spec.paths['/orders'].get.responses[200].content['application/json'].schema.properties.cost = { type: 'number' }
  return JSON.stringify(spec)
}

describe('check --base', () => {
  test('exits with 0 if nothing changed', async () => {
    const { code, err } = await check()
    expect(err).toMatch(
      /^app, web: as gateway\.yaml says\. \d+\.\d s\n\nSince main \([0-9a-f]{7,}\):\n {2}app {2}unchanged\n {2}web {2}unchanged\n\nAccess is not wider, and the contract is the same\.$/,
    )
    expect(code).toBe(0)
  })

  test('names each widening since the revision, although nothing is out of date', async () => {
    await change({ 'gateway.yaml': wider })
    const { code, err } = await check()
    expect(err).toMatch(
      /\n {2}web {2}access widened: 1, 1 changed\n {4}widened {2}GET \/orders {2}scope orders:read no longer required\n/,
    )
    expect(err).toMatch(
      /\n1 widening and 1 other change that callers may notice\.\nTo accept them: `--allow widening --allow contract`\.$/,
    )
    expect(code).toBe(1)
  })

  test('names an issuer, an audience and an origin that are new', async () => {
    await change({
      'gateway.yaml': manifest
        .replace('audience: shop', 'audience: [shop, admin], typ: jwt')
        .replace('  web:\n', "  web:\n    cors: { origins: ['https://b.example'] }\n"),
    })
    const { err } = await check()
    expect(err).toMatch(/^ {2}app {2}believed widened: 2$/m)
    expect(err).toMatch(/^ {4}widened {2}authenticators\.bearer {2}tokens for the audience admin are accepted now$/m)
    expect(err).toMatch(
      /^ {4}widened {2}authenticators\.bearer {2}tokens are accepted now whose header .* \(typ: jwt\)$/m,
    )
    expect(err).toMatch(/^ {4}widened {2}cors +pages of https:\/\/b\.example may read answers now$/m)
  })

  test('names data that answers did not have', async () => {
    await change({ 'orders.json': withMember() })
    const { code, err } = await check()
    expect(err).toMatch(/^ {4}widened {2}GET \/orders {2}answers have cost now$/m)
    expect(code).toBe(1)
  })

  test('names new and gone routes with their rule, and new and gone clients', async () => {
    const [head = ''] = manifest.split('  app:\n')
    await change({
      'gateway.yaml': `${head.replace(/ +orders\.getOrder: .*\n/, '')}  kiosk:\n    expose: { orders.listOrders: { access: { public: No secret } } }\n`,
    })
    const { code, err } = await check()
    expect(err).toMatch(/^ {2}kiosk {2}new\n {4}new, public {2}GET \/orders {2}No secret$/m)
    expect(err).toMatch(/^ {2}web +1 gone\n {4}gone {2}GET \/orders\/\{orderId\} {2}scope orders:read$/m)
    expect(err).toMatch(/^ {2}app +gone\n {4}gone {2}GET \/orders\/\{orderId\} {2}any authenticated caller$/m)
    expect(err).toMatch(/\n1 widening and 2 other changes that callers may notice\.\n/)
    expect(code).toBe(1)
  })

  test('does not miss other clients if only one is checked', async () => {
    expect((await check(['--client', 'web'])).err).toMatch(/\):\n {2}web {2}unchanged\n\n/)
  })

  const allowing: readonly (readonly [allow: readonly string[], code: number])[] = [
    [['widening'], 1],
    [['contract'], 1],
    [['widening', 'contract'], 0],
  ]
  test.each(allowing)('exits with what is left if %j is allowed', async (allow, code) => {
    await change({ 'gateway.yaml': wider })
    const found = await check(allow.flatMap((one) => ['--allow', one]))
    expect(found.err).toContain('scope orders:read no longer required')
    expect(found.code).toBe(code)
  })

  test('takes only known changes for --allow', async () => {
    const { code, err } = await check(['--allow', 'everything'])
    expect([code, err]).toEqual([2, expect.stringContaining('It is one of widening, contract.')])
  })

  test('compares nothing while files are out of date', async () => {
    place(cwd(), { 'gateway.yaml': wider })
    const { code, err } = await check()
    expect(err).toMatch(/and commit the result\.\nChanges since the base are named when the files are up to date\.$/)
    expect(code).toBe(1)
  })

  test('reads the revision and not the working tree or the index', async () => {
    await change({ 'gateway.yaml': wider })
    git('add', '-A')
    expect((await check()).code).toBe(1)
    git('commit', '-q', '-m', 'wider')
    expect((await check()).code).toBe(0)
    expect((await run(['check', '--base', 'HEAD~1'], { cwd: cwd() })).code).toBe(1)
    expect(git('status', '--porcelain')).toBe('')
  })

  test.each([
    ['git is missing', { PATH: '/nowhere' }, 'Install git'],
    [
      'the repository belongs to another user',
      { PATH: process.env['PATH'] ?? '', GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
      'git config --global --add safe.directory ',
    ],
    ['there is no repository', { PATH: process.env['PATH'] ?? '', GIT_DIR: '/nowhere' }, 'in a git repository'],
  ])('says what to do if %s', async (_, env, remedy) => {
    const { code, err } = await check([], env)
    expect(err).toMatch(/^error GW5015 /)
    expect(err).toContain(remedy)
    expect(code).toBe(2)
  })

  test('names a revision that does not exist, and one that looks like an option', async () => {
    for (const name of ['nowhere', '--output=x']) {
      const { code, err } = await run(['check', `--base=${name}`], { cwd: cwd() })
      expect(err).toMatch(
        new RegExp(`^error GW5015  ${name} is not a revision of this repository: .*fetch-depth: 0`, 's'),
      )
      expect(code).toBe(2)
    }
  })

  /** Changes the base: commits other contents of generated files, and restores them in the working tree. */
  async function changeBase(files: Readonly<Record<string, string>>): Promise<void> {
    place(cwd(), files)
    git('add', '-A')
    git('commit', '-q', '-m', 'base')
    await run(['generate', '--force'], { cwd: cwd() })
  }

  const text = (path: string): string => readFileSync(join(cwd(), path), 'utf8')

  test.each([
    ['a contract that is not valid', 'openapi.json', '<<<<<<<\n', 'what answers could have before'],
    ['a contract of another kind', 'openapi.json', '[]\n', 'what answers could have before'],
    ['an access table of an earlier version', 'access.json', null, 'whom the gateway believed before'],
  ])('takes %s for a widening, because it cannot be compared', async (_, name, contents, what) => {
    const path = `generated/web/${name}`
    const { trust: __, ...table } = JSON.parse(text('generated/web/access.json'))
    await changeBase({ [path]: contents ?? JSON.stringify(table) })
    const { code, err } = await check()
    expect(err).toContain(`unknown  ${name}  the earlier file does not say ${what}: this cannot be compared`)
    expect(err).toContain(
      '1 widening and 0 other changes that callers may notice.\nTo accept them: `--allow widening`.',
    )
    expect(err).not.toContain('Access is not wider')
    expect(code).toBe(1)
    expect((await check(['--allow', 'widening'])).code).toBe(0)
  })

  test('takes a contract that the base does not have for a widening', async () => {
    rmSync(join(cwd(), 'generated/web/openapi.json'))
    await changeBase({})
    expect((await check()).err).toContain('unknown  openapi.json  ')
  })

  test.each(['openapi.json', 'access.json', 'src/gateway/routes.ts'])(
    'compares nothing if git does not have %s of the base',
    async (name) => {
      const path = `backend/generated/web/${name}`
      const id = git('rev-parse', `main:${path}`).trim()
      rmSync(join(folder.path, '.git/objects', id.slice(0, 2), id.slice(2)))
      const { code, out, err } = await check()
      expect(err).toMatch(
        new RegExp(`^error GW5015  web/${name} is missing from this repository at [0-9a-f]{7,}\\.`, 'm'),
      )
      expect([code, out]).toEqual([2, ''])
      expect(err).not.toContain('Access is not wider')
    },
  )

  test('names settings of a route and a service beside other changes of them', async () => {
    const enforced = manifest.replace('    url: ', '    answers: enforce\n    url: ')
    await change({ 'gateway.yaml': enforced })
    git('add', '-A')
    git('commit', '-q', '-m', 'enforced')
    const spec = JSON.parse(shop['orders.json'] ?? '')
    spec.paths['/orders/{orderId}'].get.description = 'Another text'
    await change({
      'orders.json': JSON.stringify(spec),
      'gateway.yaml': enforced
        .replace(
          "orders.listOrders: { access: { scopes: ['orders:read'] } }",
          "orders.listOrders: { access: { scopes: ['orders:read'] }, unauthorized: pass, timeout: 7s }",
        )
        .replace('answers: enforce', 'answers: off'),
    })
    const { err } = await check()
    expect(err).toMatch(/^ {2}web {2}.*texts, settings$/m)
    expect(err).toMatch(
      /^ {4}widened +GET \/orders +answers .* passed on now \(answers: off\); a 401 .* \(unauthorized: pass\)$/m,
    )
    expect(err).toMatch(/^ {4}widened +GET \/orders\/\{orderId\} +answers .* passed on now \(answers: off\)$/m)
    expect(err).toMatch(/^ {4}settings {2}src\/gateway\/routes\.ts +has other settings now$/m)
    expect(err).not.toContain('services.ts')
  })

  test('names settings of a client beside a change of who is believed', async () => {
    await change({
      'gateway.yaml': manifest
        .replace('audience: shop', 'audience: [shop, admin]')
        .replace('  web:\n', '  web:\n    basePath: /api\n'),
    })
    const { err } = await check()
    expect(err).toMatch(/^ {2}app {2}believed widened: 1$/m)
    expect(err).toMatch(/^ {4}settings {2}src\/gateway\/client\.ts +has other settings now$/m)
  })

  test('prints everything with --json', async () => {
    await change({ 'gateway.yaml': wider })
    const { code, out, err } = await check(['--json'])
    const { ok, mend, base } = JSON.parse(out)
    expect([code, err, ok, mend]).toEqual([1, '', false, null])
    expect(base).toMatchObject({
      revision: 'main',
      commit: git('rev-parse', '--short', 'main').trim(),
      widenings: 1,
      contractChanges: 1,
      refused: ['widening', 'contract'],
      clients: [
        { id: 'app', kind: 'kept', notes: [] },
        { id: 'web', kind: 'kept', notes: [{ kind: 'widened', effect: 'widening', subject: 'GET /orders' }, {}] },
      ],
    })
  })
})

describe('in a workflow of GitHub, check --base', () => {
  const github = { GITHUB_ACTIONS: 'true' }

  /** Line of a file below `backend/`. */
  const lineOf = (path: string, start: string): number =>
    readFileSync(join(cwd(), path), 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(start)) + 1

  test('annotates the line of ACCESS.md', async () => {
    await change({ 'gateway.yaml': wider })
    const { out } = await check([], github)
    const line = lineOf('generated/web/ACCESS.md', '| `GET /orders` |')
    expect(line).toBeGreaterThan(1)
    expect(out.split('\n')).toEqual([
      `::warning file=generated/web/ACCESS.md,line=${line},title=web%3A widened::GET /orders: scope orders:read no longer required`,
      `::warning file=generated/web/ACCESS.md,line=${line},title=web%3A changed::GET /orders: answers: 403 gone`,
    ])
  })

  test('annotates who is believed, and a gateway that is gone', async () => {
    const [head = ''] = manifest.split('  app:\n')
    await change({ 'gateway.yaml': head.replace('audience: shop', 'audience: [shop, "100%"]') })
    const { out } = await check([], github)
    const line = lineOf('generated/web/ACCESS.md', '## Who is believed')
    expect(out.split('\n')).toEqual([
      `::warning file=generated/web/ACCESS.md,line=${line},title=web%3A widened::authenticators.bearer: tokens for the audience 100%25 are accepted now`,
      '::warning file=gateway.yaml,line=1,title=app%3A gone::GET /orders/{orderId}: any authenticated caller',
    ])
  })

  test('leaves the document of --json alone', async () => {
    await change({ 'gateway.yaml': wider })
    const { out, err } = await check(['--json'], github)
    expect(JSON.parse(out).ok).toBe(false)
    expect(err).toMatch(/^::warning /)
  })

  test('says nothing in other places', async () => {
    await change({
      'orders.json': document({ listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }, { tags: [] }),
    })
    expect((await check([], github)).out).toBe('')
    await change({ 'gateway.yaml': wider })
    expect((await check()).out).toBe('')
  })
})
