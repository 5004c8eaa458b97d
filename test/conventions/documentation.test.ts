import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { catalogue } from '../../generator/support/index.ts'
import { filesBelow, read, root } from './files.ts'

const pages = [
  ...filesBelow('.').filter((file) => /^[A-Z]+\.md$/.test(file)),
  ...filesBelow('docs').filter((file) => file.endsWith('.md')),
]

describe('the documentation', () => {
  test('links only to files that exist', () => {
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)/g)]
        .map(([, target]) => target ?? '')
        .filter((target) => !existsSync(join(root, page, '..', target)))
        .map((target) => `${page} -> ${target}`),
    )
    expect(dead).toEqual([])
  })

  test('names only paths of this project that exist', () => {
    const named = /`((?:generator|templates|specs|generated|test|bench|docs)\/[\w./-]*)`/g
    const missing = pages
      // The tutorial names paths of its reader's project, which its own test makes.
      .filter((page) => !page.startsWith('CHANGELOG') && page !== 'docs/tutorial.md')
      .flatMap((page) =>
        [...read(page).matchAll(named)]
          .map(([, path]) => path ?? '')
          .filter((path) => !existsSync(join(root, path)))
          .map((path) => `${page} names ${path}`),
      )
    expect(missing).toEqual([])
  })
})

describe('every diagnostic code', () => {
  const codes = Object.keys(catalogue)

  test('has a row in docs/diagnostics.md, with the catalogue’s title and severity', () => {
    const rows = [...read('docs/diagnostics.md').matchAll(/^\| (GW\d{4}) \| (error|warning) \| ([^|]+?) \|/gm)]
    expect(rows.map(([, code, severity, title]) => [code, severity, title])).toEqual(
      Object.entries(catalogue).map(([code, entry]) => [code, entry.severity, entry.title.replaceAll('|', '\\|')]),
    )
  })

  test('has a fixture that causes it', () => {
    const fixtures = new Set(filesBelow('test/fixtures/negative').map((file) => (file.split('/')[3] ?? '').slice(0, 6)))
    expect(codes.filter((code) => !fixtures.has(code))).toEqual([])
    expect([...fixtures].filter((code) => !codes.includes(code))).toEqual([])
  })

  test('is in order, each once', () => {
    expect(codes).toEqual([...codes].sort())
  })
})
