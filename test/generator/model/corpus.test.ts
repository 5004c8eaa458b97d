import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type Model, model } from '../../../generator/model/index.ts'
import { read } from '../../../generator/read/index.ts'
import { Diagnostics } from '../../../generator/support/index.ts'

// Public documents, in a folder beside the checkout if it exists.

const corpus = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url))
const documents = existsSync(corpus) ? documentsBelow(corpus) : []
const folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
afterAll(() => rmSync(folder, { recursive: true }))

function documentsBelow(path: string): readonly string[] {
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isDirectory())
    .flatMap((group) => readdirSync(group).map((name) => join(group, name)))
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
}

async function modelOf(document: string): Promise<{ readonly model: Model | null; readonly codes: readonly string[] }> {
  const manifest = join(folder, 'gateway.yaml')
  const service = { spec: document, refs: [dirname(document)], url: 'http://127.0.0.1' }
  writeFileSync(
    manifest,
    JSON.stringify({ gatewright: 1, name: 'corpus', services: { service }, clients: { web: { expose: {} } } }),
  )
  const diagnostics = new Diagnostics()
  const inputs = await read(manifest, {}, diagnostics)
  const result = inputs === null || diagnostics.hasErrors ? null : model(inputs, diagnostics).value
  return { model: result, codes: diagnostics.all.map(({ code }) => code) }
}

function operationsOf(result: Model | null) {
  return result?.services.flatMap(({ operations }) => operations) ?? []
}

const present = documents.length > 0
const name = present ? 'documents of others' : 'documents of others (skipped: ../shared/specs is absent)'

;(present ? describe : describe.skip)(name, () => {
  test.each(documents.map((document) => [document.slice(corpus.length), document]))(
    '%s is modelled',
    async (shown, document) => {
      const { model: result, codes } = await modelOf(document)
      if (shown.startsWith('negative/')) {
        expect(codes).toEqual(['GW1108'])
        return
      }
      expect(codes.filter((code) => code !== 'GW2101')).toEqual([])
      const references = operationsOf(result).map(({ reference }) => reference)
      expect(new Set(references).size).toBe(references.length)
    },
  )

  test('the only faults are constructs that OpenAPI does not define', async () => {
    const counts: Record<string, number> = {}
    for (const document of documents) {
      for (const { faults } of operationsOf((await modelOf(document)).model)) {
        for (const code of new Set(faults.map((fault) => fault.code))) counts[code] = (counts[code] ?? 0) + 1
      }
    }
    expect(Object.keys(counts).sort()).toEqual(['GW2121'])
  })
})
