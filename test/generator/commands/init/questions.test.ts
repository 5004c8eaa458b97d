import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Dialogue } from '../../../../generator/commands/terminal.ts'
import { document, folderWith, run } from '../console.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({ 'orders.json': document({ o: 'GET /o' }), 'deep/cart.json': document({ c: 'GET /c' }) })
})
afterEach(() => folder.remove())

interface Person extends Dialogue {
  /** The questions that were asked, in order. */
  readonly asked: readonly string[]
}

/** Answers each question when it is asked. Keys are parts of the questions; other questions are answered with Enter. */
function person(answers: Readonly<Record<string, string>> = {}): Person {
  const input = new PassThrough()
  // Each question ends its output stream; a terminal ignores that.
  const output = Object.assign(new PassThrough(), { end: () => output })
  const asked: string[] = []
  const questions = ['Which documents', 'Name of the system', 'Client types']
  output.on('data', (chunk: Buffer) => {
    for (const question of questions) {
      if (asked.includes(question) || !chunk.toString().includes(question)) continue
      asked.push(question)
      setImmediate(() => input.write(answers[question] ?? '\r'))
    }
  })
  return { input, output, asked }
}

const init = (dialogue: Dialogue, ...args: readonly string[]) =>
  run(['init', ...args], { cwd: folder.path, interactive: true, dialogue })
const written = (): string => readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')

describe('on a terminal, init', () => {
  test('asks for everything that was not given, and proposes defaults', async () => {
    const somebody = person({ 'Name of the system': 'shop\r' })
    const { code } = await init(somebody)
    expect([code, somebody.asked]).toEqual([0, ['Which documents', 'Name of the system', 'Client types']])
    expect(written()).toMatch(
      /name: shop\n[\s\S]*spec: deep\/cart\.json\n[\s\S]*spec: orders\.json\n[\s\S]*^ {2}partner:$/m,
    )
  })

  test('asks only for what was not given', async () => {
    const somebody = person()
    expect((await init(somebody, 'orders.json', '--name', 'shop')).code).toBe(0)
    expect(somebody.asked).toEqual(['Client types'])
  })

  test('asks nothing with --yes or --json', async () => {
    const somebody = person()
    await init(somebody, 'orders.json', '--yes')
    await init(somebody, 'orders.json', '--json', '--force')
    expect(somebody.asked).toEqual([])
  })

  test('writes nothing if the user cancels', async () => {
    const { code, err } = await init(person({ 'Which documents': '\u0003' }))
    expect([code, err]).toEqual([1, 'Nothing was written.'])
    expect(written).toThrow('ENOENT')
  })
})
