import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { catalogue } from '../../../generator/support/index.ts'
import { documentServer, type Files } from '../../support/documentServer.ts'
import { run } from '../commands/console.ts'

// Each folder contains one fault: a command line, and the answers of a server (`server.json`), by path. `SERVER` is its origin.

const folder = join(import.meta.dirname, '../../fixtures/negative')
const ours = /^GW14/
const fixtures = readdirSync(folder).filter((name) => ours.test(name))

interface Answer {
  readonly status: number
  readonly body?: string
  /** The length of the body, instead of its text. */
  readonly bytes?: number
}

function filesOf(fixture: string): Files {
  const answers = JSON.parse(readFileSync(join(folder, fixture, 'server.json'), 'utf8')) as Record<string, Answer>
  return Object.fromEntries(
    Object.entries(answers).map(([path, { status, body, bytes = 0 }]) => [
      path,
      (_, response) => response.writeHead(status).end(body ?? '#'.repeat(bytes)),
    ]),
  )
}

describe('a download with one fault causes that one diagnostic, with a remedy', () => {
  test.each(fixtures)('%s', async (name) => {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-')))
    const server = await documentServer(filesOf(name))
    cpSync(join(folder, name), cwd, { recursive: true })
    for (const file of readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.json'),
    )) {
      const path = join(cwd, file)
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('SERVER', server.origin))
    }
    const { args }: { readonly args: readonly string[] } = JSON.parse(readFileSync(join(cwd, 'command.json'), 'utf8'))
    const before = readdirSync(cwd)
    const { code, out } = await run([...args, '--json'], { cwd })
    const { ok, diagnostics } = JSON.parse(out)
    const after = readdirSync(cwd)
    rmSync(cwd, { recursive: true })
    await server.close()
    const expected = name.slice(0, 6) as keyof typeof catalogue
    const isError = catalogue[expected].severity === 'error'
    expect(diagnostics.map((one: { readonly code: string }) => one.code)).toEqual([expected])
    expect([ok, code === 0, after.length === before.length]).toEqual([!isError, !isError, isError])
    expect(diagnostics[0].remedy).toEqual(expect.any(String))
  })

  test('and every code of downloads has a fixture', () => {
    const codes = Object.keys(catalogue).filter((code) => ours.test(code))
    expect(fixtures.map((name) => name.slice(0, 6))).toEqual(codes)
  })
})
