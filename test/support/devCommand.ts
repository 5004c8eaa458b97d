import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { projectRoot } from './sampleSystem.ts'

/** What `dev --json` prints when everything runs. */
export interface DevDocument {
  readonly page: string
  readonly issuer: string | null
  readonly services: Readonly<Record<string, string>>
  readonly gateways: readonly {
    readonly client: string
    readonly url: string
    readonly signIn: Readonly<Record<string, unknown>>
    readonly calls: readonly { readonly status: number; readonly command: string }[]
    readonly users: readonly { readonly name: string; readonly header: string }[]
  }[]
}

/** The built command line as a separate process, in a copy of the sample's specs. */
export interface DevProcess {
  readonly folder: string
  readonly child: ChildProcess
  /** Lines of standard error. */
  readonly progress: Interface
  readonly document: DevDocument
  /** Interrupts the process, waits until it and its gateways have ended, and removes the folder. */
  remove(): Promise<void>
}

/** The built command line in a folder. */
export function spawnDev(folder: string, options: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [join(projectRoot, 'dist/generator/cli.js'), 'dev', ...options], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export async function startDev(
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<DevProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-dev-'))
  cpSync(join(projectRoot, 'specs'), folder, { recursive: true })
  const child = spawnDev(folder, ['--port', '0', '--json', ...options], env)
  const progress = createInterface({ input: child.stderr })
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.trimEnd().endsWith('\n}')) break
  }
  return {
    folder,
    child,
    progress,
    document: JSON.parse(text) as DevDocument,
    remove: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGINT')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
