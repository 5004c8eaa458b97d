import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { folderWith, run } from '../generator/commands/console.ts'
import { clinic } from './clinic.ts'
import { commandMistakes } from './commandMistakes.ts'
import { manifestMistakes } from './manifestMistakes.ts'
import { meaningMistakes } from './meaningMistakes.ts'
import type { Mistake } from './mistake.ts'
import { syntaxMistakes } from './syntaxMistakes.ts'

const golden = join(import.meta.dirname, '../golden/mistakes.txt')
const mistakes = [...syntaxMistakes, ...manifestMistakes, ...meaningMistakes, ...commandMistakes]

const outputs: string[] = []

for (const [i, m] of mistakes.entries()) {
  test(`${i} ${m.what}`, async () => {
    outputs.push(await outputOf(m))
  })
}

test('write', () => {
  writeFileSync(golden, outputs.join('\n'))
})

function edited(mistake: Mistake): Record<string, string> {
  const files: Record<string, string> = { ...clinic, ...mistake.files }
  for (const name of mistake.without ?? []) delete files[name]
  for (const [name, text, instead] of mistake.edits ?? []) {
    const parts = (files[name] ?? '').split(text)
    if (parts.length !== 2) throw new Error(`${mistake.what}: \`${text}\` occurs ${parts.length - 1} times in ${name}`)
    files[name] = parts.join(instead)
  }
  return files
}

async function outputOf(mistake: Mistake): Promise<string> {
  const files = edited(mistake)
  const folder = folderWith(Object.fromEntries(Object.entries(files).filter(([n]) => !n.endsWith('/'))))
  for (const n of Object.keys(files)) if (n.endsWith('/')) mkdirSync(join(folder.path, n), { recursive: true })
  const args = (mistake.args ?? 'lint').split(' ')
  try {
    const { code, out, err } = await run(args, { cwd: folder.path })
    const edits = (mistake.edits ?? []).map(([name, text, instead]) => `  ${name}\n${text.replace(/^/gm, '  - ')}\n${instead.replace(/^/gm, '  + ')}\n`)
    const text = [out, err].filter((x) => x !== '').join('\n').replaceAll(folder.path, '<folder>').replace(/\(\d+\.\d s\)/g, '(time)').replace(/ \d+\.\d s$/gm, ' (time)')
    return `=== ${mistake.what}\n${edits.join('')}\n$ gatewright ${args.join(' ')}\n${text}\n[exit code ${code}]\n`
  } finally {
    folder.remove()
  }
}
