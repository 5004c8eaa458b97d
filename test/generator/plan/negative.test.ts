import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { model } from '../../../generator/model/index.ts'
import { checks } from '../../../generator/plan/checks/index.ts'
import { plan } from '../../../generator/plan/index.ts'
import { read } from '../../../generator/read/index.ts'
import { catalogue, Diagnostics } from '../../../generator/support/index.ts'

const folder = join(import.meta.dirname, '../../fixtures/negative')
/** Codes about access, routes, inputs and answers, services and authenticators, named rules. */
const ours = /^GW(30|31|32[0-4]|33|35)/
const fixtures = readdirSync(folder).filter((name) => ours.test(name))

/** `# ^^^^` below the place where the diagnostic is expected: `spec.yaml:12:5+4`. */
function marks(name: string): readonly string[] {
  return ['gateway.yaml', 'spec.yaml'].flatMap((file) =>
    readFileSync(join(folder, name, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => {
        const [, before, carets] = /^(\s*# )(\^+)$/.exec(line) ?? []
        return before === undefined || carets === undefined
          ? []
          : [`${file}:${i}:${before.length + 1}+${carets.length}`]
      }),
  )
}

async function found(name: string): Promise<readonly string[]> {
  const diagnostics = new Diagnostics()
  const inputs = await read(join(folder, name, 'gateway.yaml'), {}, diagnostics)
  const found = inputs && model(inputs, diagnostics)
  const skipUnsupported = name.startsWith('GW3106')
  const planned = found && plan(found, { skipUnsupported }, diagnostics)
  expect(planned === null).toBe(diagnostics.hasErrors)
  expect(diagnostics.all.filter(({ remedy, code }) => remedy === null && code !== 'GW3106')).toEqual([])
  return diagnostics.all.map(({ code, origin }) => {
    const place = origin && diagnostics.locator.locate(origin)
    return `${code} ${place?.file}:${place?.line}:${place?.column}+${place?.length}`
  })
}

describe('a fixture with one fault causes exactly one diagnostic, at its place, with a remedy', () => {
  test.each(fixtures)('%s', async (name) => {
    const [place, ...others] = marks(name)
    expect(others).toEqual([])
    expect(await found(name)).toEqual([`${name.slice(0, 6)} ${place}`])
  })
})

describe('the table of checks', () => {
  const decidedElsewhere = ['GW3105', 'GW3106', 'GW3208', 'GW3340', 'GW3341', 'GW3342']

  test('has every code of the stage, in order', () => {
    const codes = Object.keys(catalogue).filter((code) => ours.test(code) && !decidedElsewhere.includes(code))
    expect(Object.keys(checks)).toEqual(codes)
  })

  test('has a fixture for each code', () => {
    const codes = [...Object.keys(checks), ...decidedElsewhere].sort()
    expect([...new Set(fixtures.map((name) => name.slice(0, 6)))].sort()).toEqual(codes)
  })
})
