/**
 * Text with line feeds only, and without a byte order mark: the same for a file and for its copy in a clone with
 * `core.autocrlf=true`.
 */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
}
