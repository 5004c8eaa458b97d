import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { folderWith, place } from '../generator/commands/console.ts'
import { read, root } from './files.ts'

let folder: ReturnType<typeof folderWith>
beforeAll(() => {
  folder = folderWith({
    'generator/cli.ts': 'export const one: number = 1\n',
    'templates/runtime/index.ts': 'export const two: number = 2\n',
    'tsconfig.json': read('tsconfig.json'),
    'tsconfig.build.json': read('tsconfig.build.json'),
    'package.json': '{ "type": "module" }',
    'package-lock.json': '{}',
  })
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'))
})
afterAll(() => folder.remove())

function build(): readonly unknown[] {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'generator/packaging/build.mjs'), folder.path], {
    encoding: 'utf8',
  })
  return [status, stderr.split('\n')[0]]
}

test('`npm run build` says what it does, and does nothing if the sources are as they were', () => {
  const upToDate = [0, 'The build in dist/ is up to date.']
  expect(build()).toEqual([0, 'Building dist/, which takes longest the first time ...'])
  expect(build()).toEqual(upToDate)
  place(folder.path, { 'generator/cli.ts': 'export const one: number = "no"\n' })
  expect(build()).toEqual([2, 'Sources changed: building dist/ ...'])
  // As at the last build that succeeded.
  place(folder.path, { 'generator/cli.ts': 'export const one: number = 1\n' })
  expect(build()).toEqual([0, 'Sources changed: building dist/ ...'])
  expect(build()).toEqual(upToDate)
})

test('`npm run build` removes what was made of removed sources, and embedded packages', () => {
  const made = ['dist/generator/old.js', 'dist/templates/runtime/old.js', 'dist/node_modules/some/index.js']
  place(folder.path, {
    'generator/old.ts': 'export const old = 1\n',
    'templates/runtime/old.ts': 'export const old = 1\n',
    'dist/node_modules/some/index.js': '',
  })
  build()
  place(folder.path, { 'dist/node_modules/some/index.js': '', 'dist/soak/main.js': '' })
  const isThere = () => made.map((file) => existsSync(join(folder.path, file)))
  expect(isThere()).toEqual([true, true, true])
  for (const file of ['generator/old.ts', 'templates/runtime/old.ts']) rmSync(join(folder.path, file))
  build()
  expect(isThere()).toEqual([false, false, false])
  expect(existsSync(join(folder.path, 'dist/generator/cli.js'))).toBe(true)
  expect(existsSync(join(folder.path, 'dist/soak/main.js'))).toBe(true)
})
