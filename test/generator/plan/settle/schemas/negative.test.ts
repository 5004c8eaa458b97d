import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { model } from '../../../../../generator/model/index.ts'
import { plan } from '../../../../../generator/plan/index.ts'
import { read } from '../../../../../generator/read/index.ts'
import { catalogue, Diagnostics } from '../../../../../generator/support/index.ts'

const folder = join(import.meta.dirname, '../../../../fixtures/negative')
const ours = /^GW32[5-9]/
const fixtures = readdirSync(folder).filter((name) => ours.test(name))

/** `# ^^^^` below the place where the diagnostic is expected: `12:5+4`. */
function marks(name: string): readonly string[] {
  return readFileSync(join(folder, name, 'spec.yaml'), 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      const [, before, carets] = /^(\s*# )(\^+)$/.exec(line) ?? []
      return before === undefined || carets === undefined ? [] : [`${at}:${before.length + 1}+${carets.length}`]
    })
}

describe('a schema with one fault causes exactly one diagnostic, at its place, with a remedy', () => {
  test.each(fixtures)('%s', async (name) => {
    const diagnostics = new Diagnostics()
    const inputs = await read(join(folder, name, 'gateway.yaml'), {}, diagnostics)
    const found = inputs && model(inputs, diagnostics)
    const planned = found && plan(found, { skipUnsupported: false }, diagnostics)
    expect(planned === null).toBe(diagnostics.hasErrors)
    const told = diagnostics.all.map(({ code, origin, remedy }) => {
      const place = origin && diagnostics.locator.locate(origin)
      return `${code} ${place?.line}:${place?.column}+${place?.length}${remedy === null ? ' without a remedy' : ''}`
    })
    expect(told).toEqual(marks(name).map((place) => `${name.slice(0, 6)} ${place}`))
  })

  test('every code of schemas has a fixture', () => {
    const codes = Object.keys(catalogue).filter((code) => ours.test(code))
    expect([...new Set(fixtures.map((name) => name.slice(0, 6)))].sort()).toEqual(codes)
  })
})
