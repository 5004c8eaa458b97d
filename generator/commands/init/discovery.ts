import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { decodePercent } from '../../../templates/runtime/words/percent.ts'
import { isWithin } from '../../read/index.ts'
import { filesBelow } from '../files.ts'

/** Folders whose documents are examples and parts of tests, if they are not asked for by name. */
const ofTests = /^(?:tests?|__tests__|fixtures?|__fixtures__|mocks?|__mocks__|examples?|samples?|testdata)$/i

/** Larger files are not documents that can be read. */
const mostBytes = 20_000_000

export interface Discovery {
  /** OpenAPI 3 documents, relative to the folder, in code-unit order. */
  readonly documents: readonly string[]
  /** Documents that are not offered: below a folder of tests, or the same as another. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  /** Whether all folders were searched. */
  readonly isComplete: boolean
}

/** OpenAPI documents below a folder. Of documents with the same contents, such as one as YAML and as JSON, the first is offered. */
export function discover(folder: string): Discovery {
  const { names, isComplete } = filesBelow(folder, (name) => /\.(?:ya?ml|json)$/i.test(name))
  const documents: string[] = []
  const leftOut: { readonly name: string; readonly reason: string }[] = []
  const seen = new Map<string, string>()
  const all = names.filter((name) => isDocument(join(folder, name)))
  // YAML is what people write; JSON is often made from it.
  for (const name of [...all].sort((a, b) => Number(/\.json$/i.test(a)) - Number(/\.json$/i.test(b)))) {
    const contents = contentsOf(join(folder, name))
    const other = seen.get(contents)
    const place = name
      .split('/')
      .slice(0, -1)
      .find((part) => ofTests.test(part))
    if (place !== undefined) leftOut.push({ name, reason: `lies below a folder \`${place}\`` })
    else if (other !== undefined) leftOut.push({ name, reason: `has the same contents as ${other}` })
    else {
      seen.set(contents, name)
      documents.push(name)
    }
  }
  return { documents: documents.sort(), leftOut, isComplete }
}

/** OpenAPI documents below a folder, with names relative to it, in code-unit order. */
export function findDocuments(folder: string): readonly string[] {
  return discover(folder).documents
}

/** What a document says, however it is written; its text, if it cannot be parsed. */
function contentsOf(file: string): string {
  const text = textOf(file)
  try {
    return JSON.stringify(parse(text, { logLevel: 'silent', maxAliasCount: 100 }))
  } catch {
    return text
  }
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
    return statSync(file).size > mostBytes ? '' : readFileSync(file, 'utf8')
  } catch {
    return ''
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
    const near = isWithin(file, own) ? own : dirname(file)
    return isWithin(folder, near) ? file : near
  }
  const outside = [...seen].filter((file) => file !== document && !isWithin(file, folder)).map(placeOf)
  const places = [...new Set(outside)].sort()
  return places.filter((one) => !places.some((other) => other !== one && isWithin(one, other)))
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
