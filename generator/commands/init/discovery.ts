import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

const skipped = new Set(['node_modules', 'dist', 'generated', 'coverage'])
const depth = 4
const mostFiles = 2_000

/** OpenAPI documents below a folder, with names relative to it, in code-unit order. */
export function findDocuments(folder: string): readonly string[] {
  const found: string[] = []
  let seen = 0
  const walk = (path: string, level: number): void => {
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.') || ++seen > mostFiles) continue
      const inner = join(path, entry.name)
      if (entry.isDirectory()) {
        if (level < depth && !skipped.has(entry.name)) walk(inner, level + 1)
      } else if (/\.(?:ya?ml|json)$/i.test(entry.name) && isDocument(inner)) {
        found.push(relative(folder, inner).split(sep).join('/'))
      }
    }
  }
  walk(folder, 0)
  return found.sort()
}

/** The file of this name, or all documents of the folder of this name, as absolute paths. `null`: it does not exist. */
export function namedDocuments(name: string, cwd: string): readonly string[] | null {
  const path = resolve(cwd, name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  return stat.isDirectory() ? findDocuments(path).map((file) => join(path, file)) : [path]
}

/** A file that cannot be read is skipped here. If it is named in a manifest, the read stage reports it. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Whether a file declares OpenAPI 3. The whole text is searched, because many documents declare it at their end. */
function isDocument(file: string): boolean {
  const text = textOf(file)
  return /^\s*\{/.test(text) ? /"openapi"\s*:\s*"3\./.test(text) : /^["']?openapi["']?\s*:\s*["']?3\./m.test(text)
}

/** Whether a document has `$ref`s to other files. The read stage decides whether each is allowed. */
export function refersToFiles(file: string): boolean {
  return /\$ref["']?\s*:\s*["']?(?![#"'\s]|[a-z][a-z0-9+.-]*:)/i.test(textOf(file))
}
