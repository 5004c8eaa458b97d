import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from '@jest/globals'
import ts from 'typescript'
import { read, root } from '../../conventions/files.ts'

/**
 * The page docs/tutorial.md as a reader follows it: files are saved where the text says, commands run in their order, and calls get
 * the status that their comment names. Only what needs a registry is replaced, by links to the packages of this checkout.
 */
const page = read('docs/tutorial.md')
const cli = join(root, 'dist/generator/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'gatewright-tutorial-'))
const project = join(folder, 'clinic')

interface Block {
  readonly language: string
  /** `server`: runs until the next one; `fails`: exits with 1. */
  readonly kind: string
  readonly text: string
  /** The sentence before the block. */
  readonly before: string
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+) ?(\w*)\n([\s\S]*?)^```$/gm)].map((found) => {
    const [, language = '', kind = '', inner = ''] = found
    const before = text.slice(0, found.index).trimEnd()
    return { language, kind, text: inner, before: before.slice(before.lastIndexOf('\n\n') + 2) }
  })
}

/** Where the sentence before a block says that it is saved. */
function placeOf({ before, text }: Block): string | null {
  const [, inside] = /^# (\S+\.yml)\n/.exec(text) ?? []
  if (inside !== undefined) return inside
  const [, place] = /(?:save it as|Replace) `([^`]+)`/.exec(before) ?? []
  return place ?? null
}

let server: ChildProcess | null = null
/** The port that is listened on in place of each one of the page. */
let ports: ReadonlyMap<string, string> = new Map()

/** A line of the page, with the ports of this run. */
function here(line: string): string {
  return line.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => {
    const found = ports.get(port)
    if (found === undefined) throw new Error(`Nothing listens on the port ${port} of: ${line}`)
    return found
  })
}

function stop(): void {
  // The group: npm and npx start the gateway as a child of theirs.
  if (server?.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL')
  server = null
}

afterAll(() => {
  stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Links in place of what a registry would give. */
function install(): void {
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  const binary = join(modules, '.bin/gatewright')
  writeFileSync(binary, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`)
  chmodSync(binary, 0o755)
  symlinkSync(root, join(modules, 'gatewright'))
  symlinkSync(join(root, 'node_modules/openapi-fetch'), join(modules, 'openapi-fetch'))
}

const environment = {
  PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
  HOME: folder,
  npm_config_offline: 'true',
}

function runLine(line: string): { readonly status: number | null; readonly output: string } {
  if (line === 'mkdir -p clinic/openapi && cd clinic') mkdirSync(join(project, 'openapi'), { recursive: true })
  else if (line === 'npm install --save-dev gatewright') install()
  else if (line === 'npm ci --prefix generated/app')
    symlinkSync(join(root, 'node_modules'), join(project, 'generated/app/node_modules'))
  else {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', here(line)], {
      cwd: project,
      env: environment,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }
  return { status: 0, output: '' }
}

/** What prints the port that is by default the given one. */
const printed: readonly (readonly [port: string, pattern: RegExp])[] = [
  ['8080', /^Open +http:\/\/127\.0\.0\.1:(\d+)/],
  ['8081', /^identity provider +http:\/\/127\.0\.0\.1:(\d+)/],
  ['8082', /^app +http:\/\/127\.0\.0\.1:(\d+)/],
  ['8080', /"port":(\d+).*"listening"/],
]

/** Starts a command on free ports, and waits until it has printed them. */
function serve(line: string): Promise<ReadonlyMap<string, string>> {
  stop()
  const free = line.replace('PORT=8080', 'PORT=0').replace(/gatewright dev$/, 'gatewright dev --port 0')
  expect(free).not.toBe(line)
  const child = spawn('sh', ['-c', free], { cwd: project, env: environment, detached: true })
  server = child
  const said: string[] = []
  const found = new Map<string, string>()
  return new Promise((resolve, reject) => {
    const see = (text: string): void => {
      said.push(text)
      for (const [port, pattern] of printed) {
        const [, actual] = pattern.exec(text) ?? []
        if (actual !== undefined) found.set(port, actual)
      }
      // The last of the ports.
      if (found.has('8080')) resolve(found)
    }
    createInterface({ input: child.stdout }).on('line', see)
    createInterface({ input: child.stderr }).on('line', see)
    child.once('exit', () => reject(new Error(said.join('\n'))))
  })
}

describe('docs/tutorial.md', () => {
  for (const block of blocksOf(page)) {
    const [title = ''] = block.text.split('\n')
    if (block.language === 'sh' && block.kind === 'server') {
      test(`starts: ${title}`, async () => {
        ports = await serve(block.text.trim())
      })
    } else if (block.language === 'sh') {
      test(`runs: ${title}`, () => {
        for (const line of block.text.trim().split('\n')) {
          const { status, output } = runLine(line)
          expect([line, status, status === (block.kind === 'fails' ? 1 : 0) ? '' : output]).toEqual([
            line,
            block.kind === 'fails' ? 1 : 0,
            '',
          ])
          const [, expected] = /^curl .*# (\d{3})\b/.exec(line) ?? []
          if (line.startsWith('curl')) expect([line, output]).toEqual([line, expect.stringContaining(` ${expected} `)])
        }
      })
    } else if (block.language === 'yaml') {
      test(`has a file: ${placeOf(block)}`, () => {
        const place = placeOf(block)
        expect(place).not.toBeNull()
        mkdirSync(dirname(join(project, place ?? '')), { recursive: true })
        writeFileSync(join(project, place ?? ''), block.text)
      })
    } else {
      test(`has code that compiles: ${title}`, () => {
        expect(block.language).toBe('ts')
        const file = join(project, 'app.ts')
        writeFileSync(file, block.text)
        const program = ts.createProgram([file], {
          strict: true,
          noEmit: true,
          types: [],
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          moduleResolution: ts.ModuleResolutionKind.Bundler,
          allowImportingTsExtensions: true,
        })
        const found = ts.getPreEmitDiagnostics(program)
        expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
      })

      test(`has the address of the gateway in the code: ${title}`, async () => {
        const [address = ''] = /http:[^']+/.exec(block.text) ?? []
        const { status, headers } = await fetch(`${here(address)}/appointments`)
        expect([status, headers.get('content-type')]).toEqual([401, 'application/problem+json'])
      })
    }
  }

  test('shows the table that the gateway has', () => {
    const rows = page.split('\n').filter((line) => /^\| `(?:GET|POST) /.test(line))
    expect(rows).toHaveLength(3)
    const table = readFileSync(join(project, 'generated/app/ACCESS.md'), 'utf8')
    for (const row of rows) expect(table).toContain(row.replace(/ \|$/, ' |'))
  })
})
