import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createFiles } from '../../../generator/read/files.ts'
import { manifestFolder, manifestOf, outcomeOfFiles } from '../../support/manifestFolder.ts'

const text = `openapi: 3.1.0
info:
  title: Orders
  version: '1'
  description: |
    One

    Two
  summary: >-
    folded
    lines
servers:
  - url: "https://orders\\
      .example"
paths: {}
`

test('a file with carriage returns and a byte order mark has the text of one without, and the hash of its bytes', () => {
  const folder = manifestFolder({ 'a.yaml': text })
  try {
    const read = () => {
      const files = createFiles(folder.path)
      const result = files.readNamed(join(folder.path, 'a.yaml'), 10_000)
      return { text: result.kind === 'file' ? result.file.text : null, hash: files.hashes()['a.yaml'] }
    }
    const plain = read()
    writeFileSync(join(folder.path, 'a.yaml'), `\uFEFF${text.replaceAll('\n', '\r\n')}`)
    const other = read()
    expect([plain.text, other.text]).toEqual([text, text])
    expect(other.hash).not.toBe(plain.hash)
  } finally {
    folder.remove()
  }
})

test('a document and a manifest with carriage returns are the ones without, and problems have the same places', async () => {
  const broken = text.replace('paths: {}', 'paths:\n  /a: { get: { $ref: nowhere.yaml } }')
  const files = { 'gateway.yaml': manifestOf('url: >-\n  http://127.0.0.1'), 'spec.yaml': broken }
  const crlf = Object.entries(files).map(([name, one]) => [name, one.replaceAll('\n', '\r\n')])
  const [plain, other] = [await outcomeOfFiles(files), await outcomeOfFiles(Object.fromEntries(crlf))]
  expect(plain.inputs?.specs[0]?.document['info']).toMatchObject({ summary: 'folded lines' })
  expect(other.inputs?.specs[0]?.document).toEqual(plain.inputs?.specs[0]?.document)
  expect(other.inputs?.manifest).toEqual(plain.inputs?.manifest)
  expect(other.problems).toEqual(plain.problems)
  expect(plain.problems.length).toBeGreaterThan(0)
})
