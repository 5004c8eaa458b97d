import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { model } from '../../../generator/model/index.ts'
import { checkStructure, type ReadOptions, read } from '../../../generator/read/index.ts'
import { catalogue, Diagnostics } from '../../../generator/support/index.ts'

// Each folder contains one fault. Below the faulty line is a comment whose carets mark the place (`#<`: the first
// column). In a file without such a comment the whole file is at fault.

const folder = fileURLToPath(new URL('../../fixtures/negative/', import.meta.url))
const mine = /^GW(?:1[0-3]|20|21)/
const fixtures = readdirSync(folder).filter((name) => mine.test(name))

interface Found {
  readonly code: string
  readonly place: string | null
}

async function problemsOf(fixture: string): Promise<readonly Found[]> {
  const path = join(folder, fixture)
  const options = join(path, 'options.json')
  const diagnostics = new Diagnostics()
  const settings = existsSync(options) ? (JSON.parse(readFileSync(options, 'utf8')) as ReadOptions) : {}
  const inputs = await read(join(path, 'gateway.yaml'), settings, diagnostics)
  const result = inputs === null || diagnostics.hasErrors ? null : model(inputs, diagnostics).value
  // A fault of an operation is reported if a client exposes the operation. Here every client does.
  for (const operation of result?.services.flatMap(({ operations }) => operations) ?? []) {
    for (const fault of operation.faults) diagnostics.report(fault)
  }
  // Only `lint` checks this.
  if (fixture.startsWith('GW1113') && inputs !== null) await checkStructure(inputs.value.specs, diagnostics)
  return diagnostics.all.map(({ code, origin }) => {
    const place = origin === null ? null : diagnostics.locator.locate(origin)
    return { code, place: place === null ? null : `${place.file}:${place.line}:${place.column}` }
  })
}

function markedPlace(fixture: string): string | null {
  for (const file of readdirSync(join(folder, fixture)).filter((name) => name.endsWith('.yaml'))) {
    const lines = readFileSync(join(folder, fixture, file), 'utf8').split('\n')
    const index = lines.findIndex((line) => /^#(?:<| *\^+)$/.test(line))
    const mark = lines[index]
    if (mark !== undefined) return `${file}:${index}:${mark === '#<' ? 1 : mark.indexOf('^') + 1}`
  }
  return null
}

describe('an invalid input is reported with its code, at its place, and nothing else', () => {
  test.each(fixtures)('%s', async (fixture) => {
    expect(await problemsOf(fixture)).toEqual([{ code: fixture.slice(0, 6), place: markedPlace(fixture) }])
  })

  test('every code of reading and modelling has a fixture', () => {
    const codes = Object.keys(catalogue).filter((code) => mine.test(code))
    expect(codes.filter((code) => !fixtures.some((name) => name.startsWith(code)))).toEqual([])
  })
})
