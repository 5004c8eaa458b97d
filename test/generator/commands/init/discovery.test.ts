import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { document, folderWith, type Outcome, place, run } from '../console.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({
    'services/orders/api/v1/docs/specs/openapi.json': document({ a: 'GET /a' }),
    'services/users/openapi.yaml':
      "info: { title: Users, version: '1' }\npaths: { /b: { get: { operationId: b } } }\nopenapi: 3.1.0\n",
    'services/users/package.json': '{ "openapi": true }',
    'services/users/paths/b.yaml': 'get: { operationId: b }\n',
  })
})
afterEach(() => folder.remove())

const init = (...args: readonly string[]): Promise<Outcome> => run(['init', '--yes', ...args], { cwd: folder.path })
const specs = (): readonly (string | undefined)[] =>
  [...readFileSync(join(folder.path, 'gateway.yaml'), 'utf8').matchAll(/^ {4}spec: (.*)$/gm)].map(([, name]) => name)

describe('init --from', () => {
  test('finds documents at any depth of a repository, and no other files', async () => {
    expect((await init('--from', '.')).code).toBe(0)
    expect(specs()).toEqual(['services/orders/api/v1/docs/specs/openapi.json', 'services/users/openapi.yaml'])
  })

  test('searches several folders, beside documents that are named', async () => {
    place(folder.path, { 'own.json': document({ c: 'GET /c' }) })
    expect((await init('own.json', '--from', 'services/orders', '--from', 'services/users')).code).toBe(0)
    expect(specs()).toHaveLength(3)
  })

  test('leaves out documents of tests, of builds and with the same contents, and says so', async () => {
    place(folder.path, {
      'services/users/openapi.json':
        '{"info":{"title":"Users","version":"1"},"paths":{"/b":{"get":{"operationId":"b"}}},"openapi":"3.1.0"}',
      'services/users/test/fixtures/broken.yaml': 'openapi: 3.1.0\n',
      'services/users/dist/openapi.json': document({ a: 'GET /a' }),
      'node_modules/x/openapi.json': document({ a: 'GET /a' }),
    })
    const { code, err } = await init('--from', '.')
    expect([code, specs().length]).toEqual([0, 2])
    expect(err.split('\n').filter((line) => line.startsWith('Left out'))).toEqual([
      'Left out: services/users/test/fixtures/broken.yaml lies below a folder `test`.',
      'Left out: services/users/openapi.json has the same contents as services/users/openapi.yaml.',
    ])
  })

  test.each([
    ['absent', '--from absent is not a folder.'],
    ['services/users/package.json', '--from services/users/package.json is not a folder.'],
    ['services/users/paths', 'There is no OpenAPI document below services/users/paths.'],
  ])('refuses %s', async (name, message) => {
    const { code, err } = await init('--from', name)
    expect([code, err.split('\n')[0]?.includes(message), existsSync(join(folder.path, 'gateway.yaml'))]).toEqual([
      2,
      true,
      false,
    ])
  })

  test('names documents that it left out, if there are no others', async () => {
    place(folder.path, { 'other/examples/a.json': document({ a: 'GET /a' }) })
    expect((await init('--from', 'other')).err).toContain('gatewright init other/examples/a.json')
  })
})
