import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { emit } from '../../generator/emit/index.ts'
import { verify } from '../../generator/emit/verify.ts'
import { run } from '../../generator/run.ts'
import { catalogue, Diagnostics } from '../../generator/support/index.ts'
import { aClient } from '../support/plan.ts'

// Each folder contains one fault of the emitted files or of the output folder (`output.json`: files that are created
// before the run, or after a first run).

const folder = join(import.meta.dirname, '../fixtures/negative')
const fixtures = readdirSync(folder).filter((name) => name.startsWith('GW4'))
const codesOf = (diagnostics: Diagnostics): readonly string[] => diagnostics.all.map(({ code }) => code)

interface Output {
  readonly before?: readonly Put[]
  readonly after?: readonly Put[]
}

interface Put {
  readonly file: string
  readonly contents: string
}

let out: string
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), 'gatewright-')), 'generated')
})
afterEach(() => rmSync(dirname(out), { recursive: true, force: true }))

function put(files: readonly Put[]): void {
  for (const { file, contents } of files) {
    mkdirSync(dirname(join(out, file)), { recursive: true })
    writeFileSync(join(out, file), contents)
  }
}

const attempt = (name: string) =>
  run({
    manifest: join(folder, name, 'gateway.yaml'),
    out,
    clients: [],
    until: 'write',
    force: false,
    skipUnsupported: false,
  })

describe('one fault causes exactly one diagnostic', () => {
  test.each(fixtures.filter((name) => readdirSync(join(folder, name)).includes('output.json')))('%s', async (name) => {
    const output: Output = JSON.parse(readFileSync(join(folder, name, 'output.json'), 'utf8'))
    put(output.before ?? [])
    if (output.after !== undefined) {
      expect(codesOf((await attempt(name)).diagnostics)).toEqual([])
      put(output.after)
    }
    const { diagnostics } = await attempt(name)
    expect([...new Set(codesOf(diagnostics))]).toEqual([name.slice(0, 6)])
    expect(diagnostics.all[0]?.remedy).not.toBeNull()
  })

  test('GW4001-unparsable', () => {
    const diagnostics = new Diagnostics()
    const contents = readFileSync(join(folder, 'GW4001-unparsable/emitted.ts'), 'utf8')
    verify([{ file: { path: 'web/a.ts', contents, ownership: 'generated' }, kind: 'data' }], diagnostics)
    expect(codesOf(diagnostics)).toEqual(['GW4001'])
  })

  test('GW4002-no-schema', () => {
    const diagnostics = new Diagnostics()
    const contract = JSON.parse(readFileSync(join(folder, 'GW4002-no-schema/contract.json'), 'utf8'))
    expect(emit({ clients: [{ ...aClient(), contract }] }, diagnostics)).toEqual({ value: [], faulty: ['web'] })
    expect(codesOf(diagnostics)).toEqual(['GW4002'])
  })

  test('and every code of the emitted files has a fixture', () => {
    const codes = Object.keys(catalogue).filter((code) => code.startsWith('GW4'))
    expect(fixtures.map((name) => name.slice(0, 6))).toEqual(codes)
  })
})
