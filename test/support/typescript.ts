import ts from 'typescript'

/** The compiler's errors for one file under the strict flags. */
export function complaintsOf(text: string): readonly string[] {
  return complaintsAmong([text])[0] ?? []
}

/** The compiler's errors for each of several modules, which are compiled together: that takes little more time than one. */
export function complaintsAmong(texts: readonly string[]): readonly (readonly string[])[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const files = new Map(texts.map((text, at) => [`/types${at}.ts`, text]))
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, target) => {
      const text = files.get(file)
      return text === undefined ? host.getSourceFile(file, target) : ts.createSourceFile(file, text, target)
    },
  })
  const found = ts.getPreEmitDiagnostics(program)
  return [...files.keys()].map((name) =>
    found
      .filter(({ file }) => file === undefined || file.fileName === name)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 200)),
  )
}
