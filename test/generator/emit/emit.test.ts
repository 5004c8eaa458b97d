import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { dependencies, devDependencies } from '../../../generator/emit/dependencies.ts'
import { emit, type GeneratedFile } from '../../../generator/emit/index.ts'
import { runtimeSources } from '../../../generator/emit/runtime.ts'
import type { Plan } from '../../../generator/plan/types.ts'
import { Diagnostics } from '../../../generator/support/index.ts'
import { formatted } from '../../support/formatter.ts'
import { aClient, aPlan } from '../../support/plan.ts'

const root = resolve(import.meta.dirname, '../../..')

function emitted(plan: Plan): ReadonlyMap<string, GeneratedFile> {
  const diagnostics = new Diagnostics()
  const { value: files } = emit(plan, diagnostics)
  expect(diagnostics.all).toEqual([])
  return new Map(files.map((file) => [file.path, file]))
}

function textOf(files: ReadonlyMap<string, GeneratedFile>, path: string): string {
  return files.get(path)?.contents ?? `${path} is missing`
}

function golden(name: string): string {
  return readFileSync(join(root, 'test/golden', `${name}.txt`), 'utf8')
}

const files = emitted(aPlan())

describe('an emitted gateway', () => {
  for (const name of [
    'src/gateway/routes.ts',
    'src/gateway/services.ts',
    'src/gateway/client.ts',
    'ACCESS.md',
    'README.md',
    '.env.example',
  ]) {
    test(`has the expected ${name}`, () => {
      expect(textOf(files, `web/${name}`)).toBe(golden(`web/${name}`))
    })
  }

  test('has the layout of the formatter', () => {
    for (const { path, contents } of files.values()) {
      if (/src\/(main|gateway\/\w+)\.ts$/.test(path)) expect(formatted(contents)).toBe(contents)
    }
  })

  const runtime = [...files.values()].filter(({ path }) => path.startsWith('web/src/runtime/'))

  test('contains exact copies of files of the runtime', () => {
    expect(runtime.length).toBeGreaterThan(100)
    for (const { path, contents } of runtime)
      expect(contents).toBe(readFileSync(join(root, 'templates', path.slice('web/src/'.length)), 'utf8'))
  })

  test('contains every file of the runtime that one of its files imports, and no other', () => {
    const imports = [...files.values()].flatMap(({ path, contents }) =>
      [...contents.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => posix.join(posix.dirname(path), target)),
    )
    const used = new Set(imports.filter((path) => path.startsWith('web/src/runtime/')))
    const declarations = 'web/src/runtime/support/undici.d.ts'
    expect(runtime.map(({ path }) => path).sort()).toEqual([...used, declarations].sort())
  })

  test('leaves out what only the generator and tests use of the runtime', () => {
    const unused = [
      'answers/values.ts',
      'parameters/writing/inputs.ts',
      'parameters/writing/value.ts',
      'parameters/writing/writers.ts',
      'requests/operation.ts',
      'requests/ownHeaders.ts',
      'requests/valueBody.ts',
      'requests/values.ts',
      'upstream/valueTreatment.ts',
    ]
    expect(unused.filter((name) => !existsSync(join(root, 'templates/runtime', name)))).toEqual([])
    expect(unused.filter((name) => files.has(`web/src/runtime/${name}`))).toEqual([])
  })

  test('rule G4: is the same twice, and whatever other clients are emitted', () => {
    const together = emitted({ clients: [aClient(undefined, 'mobile'), aClient()] })
    for (const [path, { contents }] of files) expect(textOf(together, path)).toBe(contents)
  })

  test('rule G4: contains no path of the machine that made it', () => {
    for (const [path, { contents }] of files) expect([path, contents.includes(root)]).toEqual([path, false])
  })

  test('has line feeds only, and one at the end of each file', () => {
    for (const [path, { contents }] of files) {
      expect([path, contents.includes('\r'), contents.endsWith('\n'), contents.endsWith('\n\n')]).toEqual([
        path,
        false,
        true,
        false,
      ])
    }
  })

  test('finds its templates from the sources and from the build output', () => {
    expect(textOf(files, 'web/src/main.ts')).toContain(`new URL('../src/gateway/', import.meta.url)`)
    expect(JSON.parse(textOf(files, 'web/tsconfig.json')).compilerOptions).toMatchObject({
      rootDir: 'src',
      outDir: 'dist',
    })
  })

  test('lists every route and every exception in access.json', () => {
    const { routes, skipped } = JSON.parse(textOf(files, 'web/access.json'))
    expect({ routes, skipped }).toEqual({ routes: aClient().access, skipped: aClient().skipped })
  })

  test('may have no routes', () => {
    const none = emitted({ clients: [{ ...aClient(), routes: [], services: [], access: [] }] })
    const { contents } = none.get('web/src/gateway/routes.ts') ?? { contents: '' }
    expect(contents).toContain('export const routes = [] as const')
    expect(formatted(contents)).toBe(contents)
  })

  test('type-checks under its own flags', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
    try {
      for (const { path, contents } of files.values()) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), contents)
      }
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const run = spawnSync(process.execPath, [tsc, '--noEmit', '-p', join(folder, 'web')], { encoding: 'utf8' })
      expect(run.stdout).toBe('')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('an emitted gateway has the versions that its runtime is tested with', () => {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const versions: Readonly<Record<string, string>> = { ...own.dependencies, ...own.devDependencies }
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect([name, versions[name]]).toEqual([name, version])
  }
})

test('the runtime imports only packages that an emitted gateway depends on', () => {
  const names = [...runtimeSources().values()].flatMap((text) =>
    [...text.matchAll(/from '([^'.][^']*)'/g)].map(([, module]) => module ?? ''),
  )
  const packages = new Set(names.filter((name) => !name.startsWith('node:')).map((name) => name.replace(/\/.*/, '')))
  expect([...packages].filter((name) => !(name in dependencies))).toEqual([])
})

test('the README lists every variable of the process, with its default', () => {
  const configuration = readFileSync(join(root, 'templates/runtime/environment/configuration.ts'), 'utf8')
  const variables = [
    ...[...configuration.matchAll(/whole\('([A-Z_]+)', ([\d_]+)/g)].map(([, name, value]) => [
      name,
      value?.replace('_', ''),
    ]),
    ...[...configuration.matchAll(/\$\{([A-Z_]+):-([^}$]+)\}'/g)].map(([, name, value]) => [name, value]),
  ]
  expect(variables.length).toBeGreaterThan(5)
  for (const [name, value] of variables)
    expect(textOf(files, 'web/README.md')).toContain(`| \`${name}\` | \`${value}\` |`)
})

test('GW4002 names the document whose types cannot be printed', () => {
  const diagnostics = new Diagnostics()
  const broken = { ...aClient(), contract: { components: { schemas: { A: 'no schema' } } } }
  const { value, faulty } = emit({ clients: [broken, { ...aClient(), id: 'mobile' }] }, diagnostics)
  expect(faulty).toEqual(['web'])
  expect(new Set(value.map(({ path }) => path.split('/')[0]))).toEqual(new Set(['mobile']))
  expect(diagnostics.all.map(({ code, message }) => [code, message])).toEqual([
    ['GW4002', expect.stringContaining('the contract of web')],
  ])
})
