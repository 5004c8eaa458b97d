import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../../generator/emit/declarations.ts'
import type { JsonObject } from '../../../generator/read/types.ts'

function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` }
}

function printed(schemas: JsonObject): string {
  return declarations({ openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: {}, components: { schemas } })
}

const text = { type: 'string' }
const circles: readonly [what: string, schemas: JsonObject][] = [
  ['lists of itself', { A: { oneOf: [text, { type: 'array', items: ref('A') }] } }],
  [
    'any JSON',
    {
      V: { oneOf: [text, { type: 'array', items: ref('V') }, ref('O')] },
      O: { type: 'object', additionalProperties: ref('V') },
    },
  ],
  ['lists of each other', { A: { type: 'array', items: ref('B') }, B: { anyOf: [ref('A'), text] } }],
  ['itself', { A: { oneOf: [ref('A'), text] } }],
  ['each other', { A: ref('B'), B: ref('A') }],
  ['a tuple of itself', { A: { type: 'array', prefixItems: [text, ref('A')] } }],
  [
    'a base and its variants',
    {
      Pet: {
        type: 'object',
        oneOf: [ref('Dog'), ref('Cat')],
        discriminator: { propertyName: 'kind' },
        properties: { kind: text },
      },
      Dog: { allOf: [ref('Pet'), { type: 'object', properties: { bark: text } }] },
      Cat: { allOf: [ref('Pet'), { type: 'object', required: ['kind'], properties: { kind: text } }] },
    },
  ],
  [
    'names that become the same',
    { 'a b': { type: 'array', items: ref('a b') }, 'a.b': { type: 'array', items: ref('a.b') } },
  ],
]

test('schemas that refer to themselves have types that TypeScript accepts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
  try {
    const files = circles.map(([, schemas], index) => {
      const path = join(folder, `${index}.ts`)
      writeFileSync(path, printed(schemas))
      return path
    })
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, files }),
    )
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const run = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    const faults = circles.flatMap(([what], index) => (run.stdout.includes(`${index}.ts(`) ? [what] : []))
    expect([faults, run.stdout]).toEqual([[], ''])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

describe('the type of a schema', () => {
  test('that is a list of itself is unchanged', () => {
    expect(printed({ A: { oneOf: [text, { type: 'array', items: ref('A') }] } })).toMatch(
      /A: Recursive_A;[\s\S]*type Recursive_A = string \| Recursive_A\[\];/,
    )
  })

  test('whose properties refer back to it needs no alias', () => {
    const tree = { type: 'object', properties: { children: { type: 'array', items: ref('Tree') } } }
    expect(printed({ Tree: tree })).not.toContain('Recursive_')
  })

  test('that is its own alternative loses that alternative', () => {
    expect(printed({ A: { oneOf: [ref('A'), text] } })).toContain('type Recursive_A = unknown | string;')
  })
})
