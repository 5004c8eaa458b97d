import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { filesBelow, read, root } from './files.ts'

/**
 * `P1`. Codes of diagnostics, code points and names of schemas have similar forms, so only ids after the word `rule`
 * are citations.
 */
const id = '[A-Z][0-9]{1,2}(?![0-9A-Za-z])'
const citation = new RegExp(`\\b[Rr]ules? ((?:${id})(?:(?:,|/| and| or| to) ?(?:and )?${id})*)`, 'g')
const bare = /\(([A-Z][0-9]{1,2})(?:, [A-Z][0-9]{1,2})*\)/g

/**
 * The ids that a text cites: `rule P1`, `rules P1, P3`, `rules P5, P8 to P11`. A citation may continue on the next line
 * of a comment.
 */
function citedIn(text: string): ReadonlySet<string> {
  const flowing = text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ')
  const ids = new Set<string>()
  for (const [, list = ''] of flowing.matchAll(citation)) {
    for (const part of list.split(/,|\/| and | or /)) {
      const [first = '', last] = part.split(' to ').map((end) => end.replace(/^and /, '').trim())
      if (first === '') continue
      const to = Number((last ?? first).slice(1))
      for (let number = Number(first.slice(1)); number <= to; number++) ids.add(first.charAt(0) + number)
    }
  }
  return ids
}

const sources = ['generator', 'templates', 'test', 'specs', 'bench']
  .flatMap(filesBelow)
  .filter((file) => /\.(?:ts|mjs|hbs|yaml)$/.test(file) && !file.startsWith('test/fixtures/'))
  .filter((file) => file !== 'test/conventions/rules.test.ts')

/** The rows of docs/rules.md: id, and the named tests. */
const rules = new Map(
  [...read('docs/rules.md').matchAll(/^\| ([A-Z][0-9]{1,2}) \| (.*) \| ([^|]*) \|$/gm)].map(([, name, , tests]) => [
    name ?? '',
    [...(tests ?? '').matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? ''),
  ]),
)

describe('citations are parsed', () => {
  test.each([
    ['(rule P1)', 'P1'],
    ['(rules P1, P3)', 'P1 P3'],
    ['rules J1 and J4', 'J1 J4'],
    ['rules P5, P8 to P10, R3', 'P5 P8 P9 P10 R3'],
    ['rules O1/O3', 'O1 O3'],
    [' * as it must (rules P5,\n * P6).', 'P5 P6'],
    ['// the rule\n  // F12 holds', 'F12'],
    ['U+2028, GW3001 (GW3259), rule GW3001, `f(S0)`, ES2023, rule 12', ''],
  ])('%j', (text, want) => {
    expect([...citedIn(text)].join(' ')).toBe(want)
  })
})

test('every cited rule has a row in docs/rules.md', () => {
  const unknown = [...sources, 'SECURITY.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/rules.md'].flatMap((file) =>
    [...citedIn(read(file))].filter((name) => !rules.has(name)).map((name) => `${file} cites ${name}`),
  )
  expect(unknown).toEqual([])
})

test('a citation starts with the word `rule`, so that it can be searched for', () => {
  const wordless = sources.flatMap((file) =>
    [...read(file).matchAll(bare)].filter(([, name]) => rules.has(name ?? '')).map(([text]) => `${file}: ${text}`),
  )
  expect(wordless).toEqual([])
})

test('the README of an emitted gateway links to the rules, and the package contains them', () => {
  expect(read('templates/project/README.md.hbs')).toContain('`node_modules/gatewright/docs/rules.md`')
  expect((JSON.parse(read('package.json')) as { files: readonly string[] }).files).toContain('docs')
})

describe('every rule names tests that prove it', () => {
  test('there are rules', () => {
    expect(rules.size).toBeGreaterThan(50)
  })

  test.each([...rules])('%s', (name, tests) => {
    expect(tests).not.toEqual([])
    expect(tests.filter((file) => !/^test\/.*\.test\.ts$/.test(file) || !existsSync(join(root, file)))).toEqual([])
    expect(tests.filter((file) => !citedIn(read(file)).has(name))).toEqual([])
  })
})
