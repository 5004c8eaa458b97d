#!/usr/bin/env node
import nodeModule from 'node:module'
import type { ReadStream, WriteStream } from 'node:tty'
import picocolors from 'picocolors'
import { runCommandLine } from './commands/program.ts'
import type { Terminal } from './commands/terminal.ts'
import { printable } from './support/index.ts'

// The only module that uses `process` and the console: streams, environment, signals and exit codes.

// The compile cache makes later runs start faster. Node.js 20 does not have it.
const enableCompileCache: unknown = Reflect.get(nodeModule, 'enableCompileCache')
if (typeof enableCompileCache === 'function') enableCompileCache()

const { env, stdin, stdout, stderr } = process

/** `FORCE_COLOR` takes precedence over `NO_COLOR`, and both over the kind of stream, as in Node.js. */
function wantsColours(stream: WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return stream.isTTY === true && TERM !== 'dumb'
}

function createTerminal(input: ReadStream): Terminal {
  const interactive = stderr.isTTY === true && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb'
  let shown = false
  const clear = (): void => {
    if (shown) stderr.write('\r\u001b[2K')
    shown = false
  }
  return {
    out(text) {
      clear()
      stdout.write(`${printable(text)}\n`)
    },
    err(text) {
      clear()
      stderr.write(`${printable(text)}\n`)
    },
    progress(text) {
      if (!interactive) return
      clear()
      if (text === null) return
      // A line that wraps could not be erased.
      stderr.write(printable(text).slice(0, (stderr.columns ?? 80) - 1))
      shown = true
    },
    paint: picocolors.createColors(wantsColours(stderr)),
    paintOut: picocolors.createColors(wantsColours(stdout)),
    interactive,
    dialogue: interactive && input.isTTY === true ? { input, output: stderr } : null,
    cwd: process.cwd(),
    env,
    node: process.execPath,
    onInterrupt(callback) {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, callback)
    },
    onExit(callback) {
      process.once('exit', callback)
    },
  }
}

// A reader that closes the pipe early (`| head`) is not an error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommandLine(process.argv.slice(2), createTerminal(stdin))
