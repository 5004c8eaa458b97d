import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { catalogue } from '../../../generator/support/index.ts'
import { run } from './console.ts'

// Each folder contains one fault: a command line that is invalid for the files beside it.

const folder = join(import.meta.dirname, '../../fixtures/negative')
const ours = /^GW5/
const fixtures = readdirSync(folder).filter((name) => ours.test(name))

describe('a command line with one fault causes that one diagnostic, with a remedy, and changes nothing', () => {
  test.each(fixtures)('%s', async (name) => {
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-')))
    cpSync(join(folder, name), cwd, { recursive: true })
    const { args }: { readonly args: readonly string[] } = JSON.parse(readFileSync(join(cwd, 'command.json'), 'utf8'))
    const before = readdirSync(cwd)
    const { code, out } = await run([...args, '--json'], { cwd })
    const { ok, diagnostics } = JSON.parse(out)
    const after = readdirSync(cwd)
    rmSync(cwd, { recursive: true })
    expect(diagnostics.map((one: { readonly code: string }) => one.code)).toEqual([name.slice(0, 6)])
    expect([code, ok, after]).toEqual([2, false, before])
    expect(diagnostics[0].remedy).not.toBeNull()
  })

  test('and every code of the command line has a fixture', () => {
    const codes = Object.keys(catalogue).filter((code) => ours.test(code))
    expect(fixtures.map((name) => name.slice(0, 6))).toEqual(codes)
  })
})
