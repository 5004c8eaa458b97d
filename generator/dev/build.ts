import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/**
 * Transpiles the sources of an emitted gateway to JavaScript in its `dist/`, without checking types: the generator has
 * verified them, and a restart should be fast. Up-to-date files are not written; outputs without a source are removed.
 */
export async function buildGateway(folder: string): Promise<void> {
  const sources = join(folder, 'src')
  const output = join(folder, 'dist')
  const made = new Set<string>()
  for (const file of await typescriptFiles(sources)) {
    const target = join(output, file.replace(/\.ts$/, '.js'))
    made.add(target)
    if ((await modified(target)) > (await modified(join(sources, file)))) continue
    const text = transpiled(file, await readFile(join(sources, file), 'utf8'))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text)
  }
  await removeStrangers(output, made)
}

/** By source text. The gateways of one system have the same runtime. */
const known = new Map<string, string>()

function transpiled(file: string, source: string): string {
  const found = known.get(source)
  if (found !== undefined) return found
  const { outputText } = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
    },
  })
  if (file.startsWith('runtime')) known.set(source, outputText)
  return outputText
}

async function typescriptFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries.filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.d.ts'))
}

async function modified(file: string): Promise<number> {
  return await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

async function removeStrangers(output: string, made: ReadonlySet<string>): Promise<void> {
  const present = await readdir(output, { recursive: true })
  const strangers = present.filter((file) => file.endsWith('.js') && !made.has(join(output, file)))
  await Promise.all(strangers.map((file) => rm(join(output, file))))
}
