import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const log = join(import.meta.dirname, '../../../dist/templates/runtime/observe/log.js')

/**
 * Runs a program with the process log, and returns the lines of its standard output: all of them, or the first `count`
 * of a program that does not end and whose timers never fire.
 */
async function written(program: string, count?: number): Promise<readonly Record<string, unknown>[]> {
  const endless = count === undefined ? '' : 'process.stdin.resume(); globalThis.setInterval = () => ({ unref() {} });'
  const source = `import { createProcessLog } from ${JSON.stringify(log)}
    ${endless}
    const { log, line, close } = createProcessLog('info')
    ${program}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
    if (count !== undefined && output.split('\n').length > count) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  return output.split('\n').flatMap((text) => (text === '' ? [] : [JSON.parse(text)]))
}

describe('the log of the process', () => {
  test('writes lines of both kinds in the same format and in order', async () => {
    const lines = await written(`line('info', () => '"n":1'); log.info({ n: 2 }); line('warn', () => '"n":3'); close()`)
    const time = expect.any(Number)
    expect(lines).toEqual([
      { level: 30, time, n: 1 },
      { level: 30, time, n: 2 },
      { level: 40, time, n: 3 },
    ])
  })

  test('leaves out lines below its level, without evaluating them', async () => {
    expect(await written(`line('debug', () => { throw new Error() }); log.debug({ n: 1 })`)).toEqual([])
  })

  test('loses no line of a process that exits at once', async () => {
    expect(await written(`log.info({ n: 1 }); line('info', () => '"n":2'); process.exit(1)`)).toHaveLength(2)
  })

  const errors = [
    { how: 'log.error', program: 'log.info({ n: 1 }); log.error({ n: 2 })' },
    { how: 'line', program: `line('info', () => '"n":1'); line('error', () => '"n":2')` },
  ]
  test.each(errors)('flushes errors at once, with earlier lines ($how)', async ({ program }) => {
    expect(await written(program, 2)).toHaveLength(2)
  })
})
