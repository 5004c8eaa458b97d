import ts from 'typescript'

/** The compiler's errors for one file under the strict flags. */
export function complaintsOf(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const name = '/types.ts'
  const program = ts.createProgram([name], options, {
    ...host,
    fileExists: (file) => file === name || host.fileExists(file),
    readFile: (file) => (file === name ? text : host.readFile(file)),
    getSourceFile: (file, target) =>
      file === name ? ts.createSourceFile(file, text, target) : host.getSourceFile(file, target),
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 200))
}
