import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { diffLines } from 'diff'
import { parseDocument, YAMLMap } from 'yaml'
import { projectRoot } from '../support/sampleSystem.ts'

let folder: string
let first: ReadonlyMap<string, string>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatewright-determinism-'))
  first = generate(copySpecs('first'), { LC_ALL: 'C', TZ: 'UTC' })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function copySpecs(name: string): string {
  const copy = join(folder, name)
  cpSync(join(projectRoot, 'specs'), copy, { recursive: true })
  return copy
}

/** Runs the built command line on a manifest, and returns all generated files. */
function generate(specs: string, env: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const out = `${specs}-out`
  const cli = join(projectRoot, 'dist/generator/cli.js')
  const run = spawnSync(process.execPath, [cli, 'generate', '--manifest', join(specs, 'gateway.yaml'), '--out', out], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  })
  expect([run.status, run.status === 0 ? '' : run.stderr]).toEqual([0, ''])
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(out, file)).isFile(),
  )
  return new Map(files.sort().map((file) => [file, readFileSync(join(out, file), 'utf8')]))
}

/** Reverses the order of the keys of a map. */
function reverse(map: unknown): void {
  if (map instanceof YAMLMap) map.items.reverse()
}

describe('the same inputs give the same bytes', () => {
  test('as the committed ones', () => {
    const committed = new Map(
      [...first.keys()].map((file) => [file, readFileSync(join(projectRoot, 'generated', file), 'utf8')]),
    )
    expect([...first].filter(([file, text]) => committed.get(file) !== text).map(([file]) => file)).toEqual([])
  })

  test('in another locale and time zone', () => {
    const second = generate(copySpecs('elsewhere'), { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Apia' })
    expect([...second.keys()]).toEqual([...first.keys()])
    expect([...second].filter(([file, text]) => first.get(file) !== text).map(([file]) => file)).toEqual([])
  })

  test('whatever the order of services, clients, and paths in their files', () => {
    const specs = copySpecs('reordered')
    edit(join(specs, 'gateway.yaml'), (document) => {
      for (const key of ['services', 'authenticators', 'clients']) reverse(document.get(key))
    })
    for (const file of ['catalog.yaml', 'media.yaml', 'legacy-erp.yaml', 'assistant.yaml']) {
      edit(join(specs, file), (document) => reverse(document.get('paths')))
    }
    const second = generate(specs, { LC_ALL: 'C', TZ: 'UTC' })
    expect([...second.keys()]).toEqual([...first.keys()])
    // The lock contains hashes of the inputs, whose bytes differ.
    const different = [...second].filter(([file, text]) => first.get(file) !== text && !file.endsWith('lock.json'))
    expect(different.map(([file]) => file)).toEqual([])
  })
})

function edit(file: string, change: (document: ReturnType<typeof parseDocument>) => void): void {
  const document = parseDocument(readFileSync(file, 'utf8'))
  change(document)
  writeFileSync(file, document.toString({ lineWidth: 0 }))
}

describe('one more operation', () => {
  test('adds lines about it and changes no other lines', () => {
    const specs = copySpecs('one-more')
    edit(join(specs, 'catalog.yaml'), (document) => {
      document.setIn(['paths', '/products/{productId}/stickers'], {
        get: {
          operationId: 'listStickers',
          tags: ['products'],
          summary: 'Stickers of a product',
          security: [],
          parameters: [{ name: 'productId', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'The stickers.',
              content: {
                'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Sticker' } } },
              },
            },
          },
        },
      })
      document.setIn(['components', 'schemas', 'Sticker'], { type: 'object', properties: { text: { type: 'string' } } })
    })
    const second = generate(specs, { LC_ALL: 'C', TZ: 'UTC' })
    expect([...second.keys()]).toEqual([...first.keys()])

    const changed = [...second].filter(([file, text]) => first.get(file) !== text && !file.endsWith('lock.json'))
    expect(changed.map(([file]) => file).filter((file) => file.startsWith('web/'))).toEqual([
      'web/ACCESS.md',
      'web/README.md',
      'web/access.json',
      'web/client.d.ts',
      'web/openapi.json',
      'web/src/gateway/catalog/schemas.json',
      'web/src/gateway/routes.ts',
    ])
    const lost = changed.flatMap(([file, text]) =>
      diffLines(first.get(file) ?? '', text)
        .filter((part) => part.removed === true)
        .flatMap((part) => part.value.trimEnd().split('\n'))
        // Exceptions: the number of routes, and the comma of a JSON member that is no longer the last.
        .filter((line) => !/\b\d+ routes\b/.test(line) && !text.includes(`${line},\n`))
        .map((line) => `${file}: ${line}`),
    )
    expect(lost).toEqual([])
  })
})
