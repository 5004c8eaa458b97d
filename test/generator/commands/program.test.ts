import { tmpdir } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { runCommandLine } from '../../../generator/commands/program.ts'
import type { Terminal } from '../../../generator/commands/terminal.ts'
import { run } from './console.ts'

const world = { cwd: tmpdir() }
const commands = ['init', 'generate', 'check', 'lint', 'explain', 'dev', 'key']

describe('help', () => {
  test('lists every command on stdout and exits with 0', async () => {
    const { code, out, err } = await run(['--help'], world)
    expect([code, err]).toEqual([0, ''])
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  test.each(commands)('of %s shows examples that start with the command', async (command) => {
    const { code, out } = await run([command, '--help'], world)
    const examples = out.split('Examples:\n')[1]?.split('\n') ?? []
    expect(code).toBe(0)
    expect(examples.length).toBeGreaterThan(1)
    expect(examples.filter((line) => !line.includes(`gatewright ${command}`))).toEqual([])
  })

  test.each(commands)('of %s has the option --json', async (command) => {
    expect((await run([command, '--help'], world)).out).toContain('--json')
  })

  test('has colours only if they are on', async () => {
    expect((await run(['--help'], world)).out).not.toContain('\u001b[')
    expect((await run(['--help'], { ...world, colours: true })).out).toContain('\u001b[1mUsage:')
  })
})

test('--version prints the version of the package', async () => {
  const { code, out } = await run(['--version'], world)
  expect(code).toBe(0)
  expect(out).toMatch(/^\d+\.\d+\.\d+/)
})

describe('wrong usage exits with 2 and a suggestion', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['generat'], /unknown command 'generat'\n\(Did you mean generate\?\)/],
    ['an unknown option', ['check', '--manifst', 'x'], /unknown option '--manifst'\n\(Did you mean --manifest\?\)/],
    ['no command', [], /Usage: gatewright/],
    ['a missing argument', ['explain'], /missing required argument 'route'/],
    ['a surplus argument', ['lint', 'x'], /too many arguments/],
    ['a port that is none', ['dev', '--port', '70000'], /A port is a number from 0 to 65535/],
  ]
  test.each(cases)('%s', async (_, args, said) => {
    const { code, out, err } = await run(args, world)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(said)
  })
})

describe('an exception', () => {
  async function failing(args: readonly string[]): Promise<{ readonly code: number; readonly err: string }> {
    const said: string[] = []
    const broken = {
      progress: () => undefined,
      err: (text: string) => said.push(text),
      paint: { red: String, bold: String },
      get cwd(): string {
        throw new Error('the disk is on fire')
      },
    } as unknown as Terminal
    return { code: await runCommandLine(args, broken), err: said.join('\n') }
  }

  test('is reported as a bug, without a stack', async () => {
    const { code, err } = await failing(['lint'])
    expect(code).toBe(1)
    expect(err).toMatch(/internal error {2}the disk is on fire\n\n {2}This is a bug of gatewright/)
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('shows its stack with --debug, before or after the command', async () => {
    expect((await failing(['--debug', 'lint'])).err).toMatch(/\n\s+at /)
    expect((await failing(['lint', '--debug'])).err).toMatch(/\n\s+at /)
  })
})
