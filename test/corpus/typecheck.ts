import { createHash } from 'node:crypto'
import { join, sep } from 'node:path'
import ts from 'typescript'

/** Checks the types of emitted gateways with their own tsconfig.json. */
export interface TypeChecker {
  /** The compiler's errors for the gateway in a folder. */
  check(folder: string): readonly string[]
}

/**
 * Creates a checker that parses the declarations of packages once. All gateways have the same runtime: it is checked
 * with the first gateway, and again if its files or the compiler options differ.
 */
export function createTypeChecker(): TypeChecker {
  const declarations = new Map<string, ts.SourceFile>()
  const checkedRuntimes = new Set<string>()
  return {
    check: (folder) => {
      const file = join(folder, 'tsconfig.json')
      const { config, error } = ts.readConfigFile(file, ts.sys.readFile)
      if (error !== undefined) return [textOf(error)]
      const parsed = ts.parseJsonConfigFileContent(config, ts.sys, folder, { noEmit: true }, file)
      const host = ts.createCompilerHost(parsed.options)
      const read = host.getSourceFile.bind(host)
      host.getSourceFile = (name, ...rest) => {
        if (!name.includes('/node_modules/')) return read(name, ...rest)
        const known = declarations.get(name) ?? read(name, ...rest)
        if (known !== undefined) declarations.set(name, known)
        return known
      }
      const program = ts.createProgram({ rootNames: parsed.fileNames, options: parsed.options, host })
      const runtime = join(folder, 'src', 'runtime') + sep
      const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder))
      const copies = own.filter(({ fileName }) => fileName.startsWith(runtime))
      const bytes = createHash('sha256').update(JSON.stringify(parsed.options, withoutPaths))
      for (const copy of copies) bytes.update(copy.text)
      const digest = bytes.digest('hex')
      const wanted = checkedRuntimes.has(digest) ? own.filter((one) => !copies.includes(one)) : own
      const found = [
        ...parsed.errors,
        ...program.getOptionsDiagnostics(),
        ...program.getGlobalDiagnostics(),
        ...wanted.flatMap((one) => [...program.getSyntacticDiagnostics(one), ...program.getSemanticDiagnostics(one)]),
      ]
      if (found.length === 0) checkedRuntimes.add(digest)
      return found.map(textOf)
    },
  }
}

/** Compiler options without the paths of the gateway. */
function withoutPaths(name: string, value: unknown): unknown {
  return ['configFilePath', 'rootDir', 'outDir'].includes(name) ? undefined : value
}

function textOf({ file, start, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ')
  if (file === undefined || start === undefined) return text
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  return `${file.fileName}:${line + 1}:${character + 1} ${text}`
}
