import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { folderWith, run } from '../generator/commands/console.ts'
import { clinic } from './clinic.ts'
import { commandMistakes } from './commandMistakes.ts'
import { manifestMistakes } from './manifestMistakes.ts'
import { meaningMistakes } from './meaningMistakes.ts'
import type { Mistake } from './mistake.ts'
import { syntaxMistakes } from './syntaxMistakes.ts'

// What users get wrong, and what they read then: test/golden/mistakes.txt. `GOLDEN=write` writes that file again.

const golden = join(import.meta.dirname, '../golden/mistakes.txt')
const isWriting = process.env['GOLDEN'] === 'write'
const chapters: readonly (readonly [string, readonly Mistake[]])[] = [
  ['Syntax', syntaxMistakes],
  ['Values of the manifest', manifestMistakes],
  ['Names, decisions and documents', meaningMistakes],
  ['Command lines and folders', commandMistakes],
]
const all = chapters.flatMap(([, mistakes]) => mistakes)
const rule = '='.repeat(100)
const expected = new Map(
  readFileSync(golden, 'utf8')
    .split(`${rule}\n`)
    .map((part) => [part.slice(0, part.indexOf('\n')), part]),
)
const seen: string[] = []

test('there are at least 80, each once', () => {
  expect(new Set(all.map(({ what }) => what)).size).toBe(all.length)
  expect(all.length).toBeGreaterThanOrEqual(80)
})

test('without a mistake there is no message', async () => {
  const { text, code } = await runIn(clinic, ['lint'])
  expect([text.replace(/\(time\)$/, ''), code]).toEqual(['No problems in gateway.yaml. ', 0])
})

describe.each(chapters)('%s', (_chapter, mistakes) => {
  test.each(mistakes.map((one) => [one.what, one] as const))('%s', async (what, mistake) => {
    const files = filesOf(mistake)
    const args = (mistake.args ?? 'lint').split(' ')
    const { text, code } = await runIn(files, args)
    const part = `${what}\n\n${editsText(mistake)}$ gatewright ${args.join(' ')}\n${text}\n[exit code ${code}]\n\n`
    seen.push(part)
    if (!isWriting) expect(part).toBe(expected.get(what))
    expect(text).not.toMatch(/internal error|undefined|\[object/)
  })
})

afterAll(() => {
  if (isWriting) writeFileSync(golden, ['', ...seen].join(`${rule}\n`))
})

test('the golden file has no other mistake', () => {
  const known = isWriting ? [] : [...expected.keys()].filter((what) => what !== '')
  expect(known.filter((what) => !all.some((one) => one.what === what))).toEqual([])
})

function filesOf({ what, edits = [], files = {}, without = [] }: Mistake): Readonly<Record<string, string>> {
  const texts: Record<string, string> = { ...clinic, ...files }
  for (const name of without) delete texts[name]
  for (const [name, text, instead] of edits) {
    const parts = (texts[name] ?? '').split(text)
    if (parts.length !== 2) throw new Error(`${what}: \`${text}\` occurs ${parts.length - 1} times in ${name}.`)
    texts[name] = parts.join(instead)
  }
  return texts
}

async function runIn(files: Readonly<Record<string, string>>, args: readonly string[]) {
  const isFolder = (name: string): boolean => name.endsWith('/')
  const folder = folderWith(Object.fromEntries(Object.entries(files).filter(([name]) => !isFolder(name))))
  for (const name of Object.keys(files).filter(isFolder)) mkdirSync(join(folder.path, name), { recursive: true })
  try {
    const { code, out, err } = await run(args, { cwd: folder.path })
    const text = [out, err].filter((part) => part !== '').join('\n')
    return { code, text: text.replaceAll(folder.path, '<folder>').replace(/\(?\b\d+\.\d s\)?/g, '(time)') }
  } finally {
    folder.remove()
  }
}

/** The edits as a difference. */
function editsText({ edits = [], files = {}, without = [] }: Mistake): string {
  const texts = edits.map(
    ([name, text, instead]) =>
      `${name}\n${text.trimEnd().replace(/^/gm, '- ')}\n${instead.trimEnd().replace(/^/gm, '+ ')}\n\n`,
  )
  const added = Object.entries(files).map(([name, text]) =>
    name.endsWith('/') ? `${name} is a folder\n\n` : `${name}\n${text.trimEnd().replace(/^/gm, '+ ')}\n\n`,
  )
  return [...texts, ...added, ...without.map((name) => `${name} is missing\n\n`)].join('')
}
