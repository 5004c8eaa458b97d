import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { GeneratedFile } from '../../../generator/emit/types.ts'
import { Diagnostics } from '../../../generator/support/index.ts'
import { compare, type Source, seal, type Written, write } from '../../../generator/write/index.ts'

let out: string
let outside: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
  out = join(folder, 'generated')
  outside = join(folder, 'outside')
  mkdirSync(outside)
})

afterEach(() => rmSync(dirname(out), { recursive: true, force: true }))

const source: Source = { gateway: 'shop', version: '1.2.3', complete: true }

function file(path: string, contents: string): GeneratedFile {
  return { path, contents, ownership: 'generated' }
}

const routes = 'web/src/gateway/routes.ts'
const first = [
  file(routes, 'a\nb\n'),
  file('web/src/gateway/media/types.ts', 'media\n'),
  file('web/README.md', 'read\n'),
]
const second = [file(routes, 'a\nc\n'), file('web/README.md', 'read\n'), file('web/src/gateway/new.ts', 'new\n')]

interface Attempt {
  readonly written: Written | null
  readonly reported: readonly string[]
}

function attempt(files: readonly GeneratedFile[], more: Partial<Source> & { force?: boolean } = {}): Attempt {
  const { force = false, ...over } = more
  const from = { ...source, ...over }
  const diagnostics = new Diagnostics()
  const written = write(seal(files, from), out, from, { force }, diagnostics)
  return { written, reported: diagnostics.all.map(({ code, message }) => `${code} ${message}`) }
}

function read(path: string): string | null {
  return existsSync(join(out, path)) ? readFileSync(join(out, path), 'utf8') : null
}

function put(path: string, contents: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true })
  writeFileSync(join(out, path), contents)
}

function readFileNames(folder: string): readonly string[] {
  return readdirSync(folder).sort()
}

/** Every file below the output folder, with its contents and modification time. */
function snapshot(): readonly unknown[] {
  if (!existsSync(out)) return []
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path, 'utf8'), statSync(path).mtimeMs])
}

function differences(files: readonly GeneratedFile[]): readonly unknown[] {
  const found = compare(seal(files, source), out, source, new Diagnostics()) ?? []
  return found.flatMap(({ client, differences }) => differences.map(({ kind, path }) => `${kind} ${client}/${path}`))
}

describe('write', () => {
  test('writes everything into a new folder, with a lock', () => {
    expect(attempt(first).written?.wrote).toEqual([
      'web/README.md',
      'web/gatewright.lock.json',
      'web/src/gateway/media/types.ts',
      routes,
    ])
    expect(read(routes)).toBe('a\nb\n')
    expect(JSON.parse(read('web/gatewright.lock.json') ?? '')).toEqual({
      gatewright: '1.2.3',
      gateway: 'shop',
      files: {
        'README.md': expect.stringMatching(/^[0-9a-f]{64}$/),
        'src/gateway/media/types.ts': expect.anything(),
        'src/gateway/routes.ts': expect.anything(),
      },
    })
  })

  test('leaves no temporary files', () => {
    attempt(first)
    expect(existsSync(join(out, 'web'))).toBe(true)
    expect(readFileNames(out)).toEqual(['web'])
  })

  test('does not touch up-to-date files', () => {
    attempt(first)
    const past = new Date(2000, 1, 1)
    for (const { path } of first) utimesSync(join(out, path), past, past)
    const { written } = attempt(second)
    expect(written?.wrote).toEqual(['web/gatewright.lock.json', 'web/src/gateway/new.ts', routes])
    expect(written?.left).toBe(1)
    expect(statSync(join(out, 'web/README.md')).mtime).toEqual(past)
    expect(statSync(join(out, routes)).mtime).not.toEqual(past)
  })

  test('removes files that the lock lists and that are no longer generated, and folders that become empty', () => {
    attempt(first)
    expect(attempt(second).written?.removed).toEqual(['web/src/gateway/media/types.ts'])
    expect(existsSync(join(out, 'web/src/gateway/media'))).toBe(false)
  })

  test('removes no file that the lock does not list', () => {
    attempt(first)
    put('web/package-lock.json', '{}')
    put('web/src/extensions/own.ts', 'mine')
    put('web/src/gateway/media/own.txt', 'mine')
    attempt(second)
    expect([
      read('web/package-lock.json'),
      read('web/src/extensions/own.ts'),
      read('web/src/gateway/media/own.txt'),
    ]).toEqual(['{}', 'mine', 'mine'])
  })

  test('removes the gateway of a client that is no longer in the manifest', () => {
    attempt([...first, file('mobile/README.md', 'mobile\n')])
    expect(attempt(first).written?.removed).toEqual(['mobile/README.md', 'mobile/gatewright.lock.json'])
    expect(existsSync(join(out, 'mobile'))).toBe(false)
  })

  test('keeps the gateways of another manifest', () => {
    attempt([file('admin/README.md', 'admin\n')], { gateway: 'backoffice' })
    expect(attempt(first).written?.removed).toEqual([])
    expect(read('admin/README.md')).toBe('admin\n')
  })

  test('keeps other clients if not all were generated', () => {
    attempt([...first, file('mobile/README.md', 'mobile\n')])
    expect(attempt(first, { complete: false }).written?.removed).toEqual([])
  })

  test('creates a file of the user once', () => {
    const once: GeneratedFile = { path: 'web/src/extensions/hook.ts', contents: 'stub\n', ownership: 'once' }
    attempt([...first, once])
    put(once.path, 'my own\n')
    attempt([...first, { ...once, contents: 'other stub\n' }])
    attempt(first)
    expect(read(once.path)).toBe('my own\n')
  })

  test('treats a checkout with CRLF as unchanged', () => {
    attempt(first)
    put('web/README.md', 'read\r\n')
    put(routes, 'a\r\nb\r\n')
    expect(attempt(second)).toMatchObject({ reported: [], written: { left: 1 } })
    expect([read('web/README.md'), read(routes)]).toEqual(['read\r\n', 'a\nc\n'])
  })

  test('accepts the files of a run that was killed before it wrote its lock', () => {
    attempt(first)
    put(routes, 'a\nc\n')
    expect(attempt(second)).toMatchObject({ reported: [], written: { left: 2 } })
  })
})

describe('write refuses, and changes nothing', () => {
  function unchanged(reported: readonly RegExp[], files = second): void {
    const before = snapshot()
    const { written, reported: said } = attempt(files)
    expect(said).toEqual(reported.map((pattern) => expect.stringMatching(pattern)))
    expect(written).toBeNull()
    expect(snapshot()).toEqual(before)
  }

  test('a file that was edited by hand', () => {
    attempt(first)
    put(routes, 'mine\n')
    unchanged([/^GW4101 generated\/web\/src\/gateway\/routes\.ts was edited/])
  })

  test('a file that was edited by hand and is no longer generated', () => {
    attempt(first)
    put('web/src/gateway/media/types.ts', 'mine\n')
    unchanged([/^GW4101 generated\/web\/src\/gateway\/media\/types\.ts/])
  })

  test('all edited files at once', () => {
    attempt(first)
    put(routes, 'mine\n')
    put('web/README.md', 'mine\n')
    unchanged([/README/, /routes/], [...second.slice(0, 1), file('web/README.md', 'other\n')])
  })

  test('a file that was not generated, at the place of a new one', () => {
    attempt(first)
    put('web/src/gateway/new.ts', 'mine\n')
    unchanged([/^GW4102 generated\/web\/src\/gateway\/new\.ts was not generated/])
  })

  test('a symbolic link at the place of a file', () => {
    attempt(first)
    unlinkSync(join(out, routes))
    writeFileSync(join(outside, 'target'), 'theirs')
    symlinkSync(join(outside, 'target'), join(out, routes))
    unchanged([/^GW4103 generated\/web\/src\/gateway\/routes\.ts cannot be written, because .* is a symbolic link/])
    expect(attempt(second, { force: true }).written).toBeNull()
    expect(readFileSync(join(outside, 'target'), 'utf8')).toBe('theirs')
  })

  test('a symbolic link at the place of a folder', () => {
    mkdirSync(join(out, 'web'), { recursive: true })
    symlinkSync(outside, join(out, 'web/src'))
    unchanged(
      [
        /^GW4103 .*routes\.ts cannot be written, because generated\/web\/src is a symbolic link/,
        /^GW4103 .*new\.ts/,
      ].reverse(),
    )
    expect(readFileNames(outside)).toEqual([])
  })

  test('a folder at the place of a file', () => {
    mkdirSync(join(out, routes), { recursive: true })
    unchanged([/^GW4103 .* is a folder/])
  })

  test('a file at the place of a folder', () => {
    put('web/src', 'file')
    unchanged([/GW4103 .* generated\/web\/src is no folder/, /GW4103/])
  })

  test('an invalid lock', () => {
    attempt(first)
    put('web/gatewright.lock.json', '<<<<<<< ours\n')
    unchanged([/^GW4104 generated\/web\/gatewright\.lock\.json/])
  })

  test('a lock that names files outside of its folder', () => {
    attempt(first)
    writeFileSync(join(outside, 'precious'), '')
    put(
      'web/gatewright.lock.json',
      JSON.stringify({ gatewright: '1', gateway: 'shop', inputs: {}, files: { '../../outside/precious': '' } }),
    )
    unchanged([/^GW4104/])
  })

  test('names that differ only in case', () => {
    unchanged([/^GW4003 web\/A\.ts and web\/a\.ts are the same file/], [file('web/A.ts', ''), file('web/a.ts', '')])
  })

  for (const path of [
    '../a',
    '/etc/passwd',
    'web/../../a',
    'web\\a',
    'web/con',
    'web/aux.ts',
    'web/a.',
    'web//a',
    'web/a:b',
    'a',
  ]) {
    test(`the name ${path}`, () => {
      unchanged([/^GW4003/], [file(path, '')])
    })
  }

  test('a folder that cannot be written', () => {
    writeFileSync(out, 'a file')
    const { written, reported } = attempt(first)
    expect([written, reported]).toEqual([null, [expect.stringMatching(/^GW4105 generated cannot be (read|written)/)]])
    expect(readFileSync(out, 'utf8')).toBe('a file')
  })
})

test('write undoes its changes if a later step fails', () => {
  attempt(first)
  // No user, not even root, can create a file below a path that is a file.
  const clash = [
    file('web/README.md', 'changed\n'),
    file(routes, 'changed\n'),
    file('web/x', 'file\n'),
    file('web/x/y', 'below a file\n'),
  ]
  const before = snapshot()
  const { written, reported } = attempt(clash)
  expect([written, reported]).toEqual([null, [expect.stringMatching(/^GW4105/)]])
  expect(snapshot()).toEqual(before)
})

test('write overwrites and removes edited and foreign files with force', () => {
  attempt(first)
  put(routes, 'mine\n')
  put('web/src/gateway/new.ts', 'mine\n')
  put('web/src/gateway/media/types.ts', 'mine\n')
  attempt(second, { force: true })
  expect([read(routes), read('web/src/gateway/new.ts'), read('web/src/gateway/media/types.ts')]).toEqual([
    'a\nc\n',
    'new\n',
    null,
  ])
})

test('write reports a file in a generated folder that was not generated, and keeps it', () => {
  attempt(first)
  put('web/src/runtime/backdoor.ts', 'x\n')
  expect(attempt(first).reported).toEqual([expect.stringMatching(/^GW4106 generated\/web\/src\/runtime\/backdoor\.ts/)])
  expect(read('web/src/runtime/backdoor.ts')).toBe('x\n')
})

describe('a file of which two branches generated different versions', () => {
  const theirs = [file(routes, 'a\nx\n'), file('web/README.md', 'read\n'), file('web/old.txt', 'their old\n')]
  const ours = [file(routes, 'a\nb\n'), file('web/README.md', 'read\n'), file('web/old.txt', 'our old\n')]
  const merged = [file(routes, 'a\nb\nx\nc\n'), file('web/README.md', 'read\n')]
  const lockPath = 'web/gatewright.lock.json'

  /** The folder after a merge with `merge=union` for the lock, and these texts for the files. */
  function given(texts: Readonly<Record<string, string>>): void {
    attempt(theirs)
    const lines = (read(lockPath) ?? '')
      .split('\n')
      .filter((line) => line.includes(routes.slice(4)) || line.includes('old.txt'))
    attempt(ours)
    const text = (read(lockPath) ?? '').replace(
      '"files": {\n',
      `"files": {\n${lines.map((line) => line.replace(/,?$/, ',')).join('\n')}\n`,
    )
    put(lockPath, text)
    for (const [path, contents] of Object.entries(texts)) put(path, contents)
  }

  test.each([
    ['with markers of a conflict', 'a\n<<<<<<< HEAD\nb\n=======\nx\n>>>>>>> other\n'],
    ['of lines that are generated now', 'a\nb\nx\n'],
    ['of one branch', 'a\nx\n'],
  ])('is written again if it is a merge %s', (_, text) => {
    given({ [routes]: text })
    expect(attempt(merged).reported).toEqual([])
    expect(read(routes)).toBe('a\nb\nx\nc\n')
  })

  test('is written again if only the counts of a text for people differ', () => {
    const counting = (text: string): readonly GeneratedFile[] => [file('web/ACCESS.md', text), file(routes, 'a\n')]
    attempt(counting('1 route: 1 is public\n'))
    put(lockPath, (read(lockPath) ?? '').replace('"files": {\n', `"files": {\n    "ACCESS.md": "${'0'.repeat(64)}",\n`))
    put('web/ACCESS.md', '2 routes: 0 are public\n')
    expect(attempt(counting('3 routes: 2 are public\n')).reported).toEqual([])
    put(lockPath, (read(lockPath) ?? '').replace('"files": {\n', `"files": {\n    "ACCESS.md": "${'0'.repeat(64)}",\n`))
    put('web/ACCESS.md', '2 routes: 0 are secret\n')
    expect(attempt(counting('3 routes: 1 is public\n')).reported).toEqual([expect.stringContaining('GW4101')])
  })

  test('is an edit if it has other lines', () => {
    given({ [routes]: 'a\nb\nx\nmine\n' })
    expect(differences(merged)).toContain('edited web/src/gateway/routes.ts')
    expect(attempt(merged).reported).toEqual([`GW4101 generated/${routes} was edited by hand since it was generated.`])
    expect(read(routes)).toBe('a\nb\nx\nmine\n')
    expect(attempt(merged, { force: true }).reported).toEqual([])
    expect(read(routes)).toBe('a\nb\nx\nc\n')
  })

  test.each([
    ['deleted if it is one of the versions', 'our old\n', null],
    ['deleted if it is the other', 'their old\n', null],
    ['kept if it is neither', 'mine\n', 'mine\n'],
    [
      'kept with markers, whose other lines are not known',
      '<<<<<<< HEAD\nmine\n=======\nx\n>>>>>>> other\n',
      '<<<<<<< HEAD\nmine\n=======\nx\n>>>>>>> other\n',
    ],
  ])('and that is not generated any more is %s', (_, text, left) => {
    given({ 'web/old.txt': text })
    const { reported } = attempt(merged)
    expect(reported).toEqual(
      left === null ? [] : ['GW4101 generated/web/old.txt was edited by hand since it was generated.'],
    )
    expect(read('web/old.txt')).toBe(left)
    attempt(merged, { force: true })
    expect(read('web/old.txt')).toBeNull()
  })
})

describe('compare', () => {
  test('finds no difference if everything is up to date', () => {
    attempt(first)
    expect(differences(first)).toEqual([])
  })

  test('changes nothing', () => {
    attempt(first)
    const before = snapshot()
    differences(second)
    expect(snapshot()).toEqual(before)
  })

  test('lists stale, edited, missing, extra and stray files', () => {
    attempt(first)
    put('web/README.md', 'mine\n')
    put('web/src/gateway/stray.ts', 'x\n')
    expect(differences(second)).toEqual([
      'edited web/README.md',
      'stale web/gatewright.lock.json',
      'extra web/src/gateway/media/types.ts',
      'missing web/src/gateway/new.ts',
      'stale web/src/gateway/routes.ts',
      'stray web/src/gateway/stray.ts',
    ])
  })

  test('lists the files of a client that is no longer in the manifest', () => {
    attempt([...first, file('mobile/README.md', 'mobile\n')])
    expect(differences(first)).toEqual(['extra mobile/README.md', 'extra mobile/gatewright.lock.json'])
  })

  test('shows the lines that differ', () => {
    attempt(first)
    const [web] = compare(seal(second, source), out, source, new Diagnostics()) ?? []
    expect(web?.differences.find(({ path }) => path === 'src/gateway/routes.ts')).toMatchObject({
      added: 1,
      removed: 1,
      diff: expect.stringContaining(' a\n-b\n+c\n'),
    })
  })

  test('only counts lines if there are too many to show', () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join('')
    attempt([file(routes, lines('old'))])
    const [web] = compare(seal([file(routes, lines('new'))], source), out, source, new Diagnostics()) ?? []
    expect(web?.differences.find(({ path }) => path === 'src/gateway/routes.ts')).toEqual({
      path: 'src/gateway/routes.ts',
      kind: 'stale',
      added: 20_000,
      removed: 20_000,
      diff: '',
    })
  })

  test('reports a folder that cannot be read', () => {
    writeFileSync(out, 'a file')
    const diagnostics = new Diagnostics()
    expect(compare(seal(first, source), out, source, diagnostics)).toBeNull()
    expect(diagnostics.all.map(({ code }) => code)).toEqual(['GW4105'])
  })
})
