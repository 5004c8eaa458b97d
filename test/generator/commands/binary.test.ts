import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { importsOf, read, resolved, root } from '../../conventions/files.ts'
import { folderWith, shop } from './console.ts'

const cli = join(root, 'dist/generator/cli.js')

let folder: ReturnType<typeof folderWith>
beforeAll(() => {
  if (!existsSync(cli)) throw new Error('dist/ is missing: run `npm run build` first')
  folder = folderWith(shop)
})
afterAll(() => folder.remove())

/** Runs the built command line as a separate process, without a terminal. */
function gatewright(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder.path,
    env: { PATH, ...env },
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

describe('the built command line', () => {
  test('prints help on stdout', () => {
    const { code, out, err } = gatewright(['--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('generate [options]')
  })

  const codes: readonly (readonly [number, string, readonly string[]])[] = [
    [0, 'all is well', ['lint']],
    [1, 'there are problems', ['check']],
    [2, 'it is used wrongly', ['lint', '--nothing']],
    [2, 'a file is missing', ['lint', '--manifest', 'absent.yaml']],
  ]
  test.each(codes)('ends with %i when %s', (code, _, args) => {
    expect(gatewright(args).code).toBe(code)
  })

  test('prints one JSON document on stdout, and nothing on stderr', () => {
    const { out, err } = gatewright(['explain', 'orders.getOrder', '--json'])
    expect(JSON.parse(out)).toMatchObject({ ok: true })
    expect(err).toBe('')
  })

  test('prints diagnostics on stderr', () => {
    const { out, err } = gatewright(['lint', '--manifest', 'absent.yaml'])
    expect([out, err]).toEqual(['', expect.stringContaining('GW5001')])
  })

  const colours: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
    ['no terminal', {}, false],
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['both, of which FORCE_COLOR counts', { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  ]
  test.each(colours)('with %s uses colours as requested', (_, env, coloured) => {
    expect(gatewright(['lint', '--manifest', 'absent.yaml'], env).err.includes('\u001b[')).toBe(coloured)
  })
})

test('help loads no stage, and only the packages for arguments and colours', () => {
  const isStatic = (file: string, specifier: string): boolean => !read(file).includes(`import('${specifier}')`)
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { specifier, typeOnly } of importsOf(file)) {
      if (typeOnly || !isStatic(file, specifier)) continue
      if (specifier.startsWith('.')) visit(resolved(file, specifier))
      else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  visit('generator/cli.ts')
  expect([...packages].sort()).toEqual(['commander', 'fastest-levenshtein', 'picocolors'])
  expect(
    [...seen].filter((file) => !/^generator\/(?:cli\.ts|commands\/|support\/)|^templates\/runtime\/words\//.test(file)),
  ).toEqual([])
})
