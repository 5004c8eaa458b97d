import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { emit } from '../../generator/emit/index.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { aClient } from '../support/plan.ts'

/**
 * An emitted project had no package-lock.json, so that `npm install` and the Dockerfile installed other versions of
 * indirect dependencies than those that the runtime was tested with.
 */
const clients = ['web', 'a', `partner-${'x'.repeat(55)}`] as const

/** Timeout in ms, for npm as a separate process. */
const patience = 60_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
  const diagnostics = new Diagnostics()
  const { value } = emit({ clients: clients.map((id) => aClient(undefined, id)) }, diagnostics)
  expect(diagnostics.all).toEqual([])
  for (const { path, contents } of value) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), contents)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (client: string, name: string) => readFileSync(join(folder, client, name), 'utf8')

/** Runs npm without network, with the settings that a new installation has. */
function npm(client: string, ...args: readonly string[]) {
  const options = ['--offline', '--no-audit', '--no-fund', '--omit-lockfile-registry-resolved=false']
  const run = spawnSync('npm', [...args, ...options], { cwd: join(folder, client), encoding: 'utf8' })
  return [run.status, run.status === 0 ? '' : run.stderr]
}

describe.each(clients)('the project of %s', (client) => {
  test(
    'is accepted by `npm ci`',
    () => {
      expect(npm(client, 'ci', '--dry-run')).toEqual([0, ''])
      // `npm ci` refuses a lock that does not fit package.json.
      const manifest = fileOf(client, 'package.json')
      writeFileSync(join(folder, client, 'package.json'), manifest.replace(/"jose": "[^"]*"/, '"jose": "5.0.0"'))
      expect(npm(client, 'ci', '--dry-run')[0]).toBe(1)
      writeFileSync(join(folder, client, 'package.json'), manifest)
    },
    patience,
  )

  test(
    'has a lock that `npm install` does not change, so that `gatewright check` finds no edit',
    () => {
      const before = fileOf(client, 'package-lock.json')
      expect(npm(client, 'install', '--package-lock-only')).toEqual([0, ''])
      expect(fileOf(client, 'package-lock.json')).toBe(before)
    },
    patience,
  )

  test('installs from the lock in its Dockerfile and in its README', () => {
    expect(fileOf(client, 'Dockerfile')).toContain('COPY package.json package-lock.json ./\nRUN npm ci ')
    expect(fileOf(client, 'README.md')).toContain('\nnpm ci\n')
    for (const name of ['Dockerfile', 'README.md']) expect(fileOf(client, name)).not.toContain('npm install')
    expect(
      fileOf(client, '.dockerignore')
        .split('\n')
        .filter((line) => /package|lock|json$/.test(line)),
    ).toEqual(['openapi.json'])
  })
})
