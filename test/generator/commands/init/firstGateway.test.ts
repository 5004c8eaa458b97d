import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { folderWith, run } from '../console.ts'
import { enter, person } from './person.ts'

// The model of a user: types 40 words a minute, and reads each line of interest for 3 s. The run time of commands is a generous
// figure of the model as well, since tests assert no times.
const secondsPerKey = 60 / 200
const secondsPerLine = 3
const secondsPerCommand = 8

test('a user has the first gateway for the documents of the sample in less than three minutes', async () => {
  const folder = folderWith({})
  try {
    cpSync('specs', join(folder.path, 'specs'), { recursive: true })
    rmSync(join(folder.path, 'specs/gateway.yaml'))
    const world = { cwd: folder.path, interactive: true }
    const typed: string[] = []
    const command = async (line: string, dialogue = person()): Promise<string> => {
      typed.push(`npx gatewright ${line}${enter}`)
      const { code, out, err } = await run(line.split(' '), { ...world, dialogue })
      expect([line, code, err.includes('error')]).toEqual([line, 0, false])
      return out + err
    }

    const help = await command('--help')
    const somebody = person({ 'Name of the system:': [`shop${enter}`] })
    await command('init', somebody)
    // The exposed entries whose rule is undecided: the rules are decided in an editor, in which `undecided` is replaced.
    const file = join(folder.path, 'gateway.yaml')
    const text = readFileSync(file, 'utf8')
    const named = new Set([...text.matchAll(/^ {6}[^#\n]*access: ([\w-]+)/gm)].map(([, rule]) => rule))
    const decision = '{ public: open data }'
    const decided = text.replace(/^ {2}([\w-]+): undecided/gm, (line, rule: string) => {
      if (!named.has(rule)) return line
      typed.push(decision)
      return `  ${rule}: ${decision}`
    })
    writeFileSync(file, decided)
    await command('generate')
    expect(existsSync(join(folder.path, 'generated/app/src/main.ts'))).toBe(true)

    const decisions = typed.filter((keys) => keys === decision).length
    const commands = typed.length - decisions
    const keys = typed.join('').length + somebody.keys
    const summary = 5
    // Of the help, the list of commands.
    const listed = help.match(/^ {2}[a-z]+ [^-].*$/gm)?.length ?? 0
    expect(listed).toBeGreaterThanOrEqual(7)
    const lines = listed + somebody.asked.length + summary + decisions
    expect([somebody.asked.length, decisions]).toEqual([7, 3])
    expect(keys * secondsPerKey + lines * secondsPerLine + commands * secondsPerCommand).toBeLessThan(180)
  } finally {
    folder.remove()
  }
})
