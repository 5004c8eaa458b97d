import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { decodePercent } from '../../../templates/runtime/words/percent.ts'

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

const mostReferences = 500

/**
 * What lies outside `folder` and the `$ref`s of a document lead to, directly and through other files, as absolute paths:
 * folders, and files whose folder contains `folder`. The read stage decides whether each reference is allowed.
 */
export function referredPlaces(document: string, folder: string): readonly string[] {
  const seen = new Set([document])
  for (const file of seen) {
    if (seen.size > mostReferences) break
    for (const target of referredFiles(file)) seen.add(target)
  }
  const own = dirname(document)
  const placeOf = (file: string): string => {
    const near = isBelow(file, own) ? own : dirname(file)
    return isBelow(folder, near) ? file : near
  }
  const outside = [...seen].filter((file) => file !== document && !isBelow(file, folder)).map(placeOf)
  const places = [...new Set(outside)].sort()
  return places.filter((one) => !places.some((other) => isBelow(one, other)))
}

/** Existing files that the `$ref`s of a file name by relative paths. */
function referredFiles(file: string): readonly string[] {
  const references = textOf(file).matchAll(/\$ref["']?\s*:\s*(?:"([^"#\n]+)|'([^'#\n]+)|([^"'#\s,}\]]+))/g)
  return [...references].flatMap(([, double, single, plain]) => {
    const name = double ?? single ?? plain ?? ''
    if (!/\.(?:ya?ml|json)$/i.test(name) || /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(name)) return []
    const target = resolve(dirname(file), decodePercent(name) ?? name)
    return statSync(target, { throwIfNoEntry: false })?.isFile() === true ? [target] : []
  })
}

/** Whether a path is inside a folder. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '' && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}
