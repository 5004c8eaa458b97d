import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

const sources = join(process.cwd(), 'templates/runtime')

/** The runtime as JavaScript in a temporary folder, for tests that need a process. */
export interface BuiltRuntime {
  /** Runs a module; `./runtime/index.js` is the runtime. Code from strings is forbidden in it. */
  run(module: string, env: Readonly<Record<string, string>>): RunningProcess
  /** Writes a file below the folder and returns its URL. */
  write(path: string, text: string): Promise<URL>
  remove(): Promise<void>
}

export interface RunningProcess {
  readonly child: ChildProcess
  /** Resolves when the standard output matches. */
  output(pattern: RegExp): Promise<RegExpExecArray>
  /** Exit code and all output. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

export async function buildRuntime(): Promise<BuiltRuntime> {
  const folder = await mkdtemp(join(tmpdir(), 'runtime-'))
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  const write = async (path: string, text: string): Promise<URL> => {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return pathToFileURL(file)
  }
  const names = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts'))
  await Promise.all(
    names.map(async (name) => {
      const { outputText } = ts.transpileModule(await readFile(join(sources, name), 'utf8'), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          rewriteRelativeImportExtensions: true,
          verbatimModuleSyntax: true,
        },
      })
      await write(join('runtime', name.replace(/\.ts$/, '.js')), outputText)
    }),
  )
  let count = 0

  return {
    write,
    run(module, env) {
      const file = join(folder, `main-${count++}.js`)
      writeFileSync(file, module)
      return start(file, env)
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

function start(file: string, env: Readonly<Record<string, string>>): RunningProcess {
  const child = spawn(process.execPath, ['--disallow-code-generation-from-strings', file], {
    env: { PATH: process.env['PATH'], ...env },
  })
  let stdout = ''
  let stderr = ''
  const looks = new Set<() => void>()
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
    for (const look of looks) look()
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  return {
    child,
    output: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = pattern.exec(stdout)
          if (found === null) return
          looks.delete(look)
          resolve(found)
        }
        looks.add(look)
        look()
      }),
    ended: new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    }),
  }
}
