import { posix } from 'node:path'
import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { addressOf, fileNameOf } from '../read/index.ts'
import type { CollectedFile } from './collect.ts'

/** Where files lie, by their URLs: paths below the folder of the note, with forward slashes. */
export type Layout = ReadonlyMap<string, string>

/**
 * A document in one file is `<id>.yaml` or `<id>.json`. One of several files is the folder `<id>`, in which the files lie to each other as
 * at their origin, so that most references stay as they are written. Files that are known keep their paths.
 *
 * @param files the first is the document itself
 * @param id the name of the note
 * @param pathOf the path of a URL, without values of the environment
 */
export function layOut(
  files: readonly CollectedFile[],
  id: string,
  known: Layout,
  pathOf: (url: string) => string,
): Layout {
  const [root] = files
  const layout = new Map<string, string>()
  if (root === undefined) return layout
  const taken = new Set<string>()
  const take = (url: string, path: string): void => {
    layout.set(url, path)
    taken.add(path.toLowerCase())
  }
  for (const { url } of files) {
    const path = known.get(url)
    if (path !== undefined) take(url, path)
  }
  const { origin } = new URL(root.url)
  const common = commonFolder(files.filter(({ url }) => new URL(url).origin === origin).map(({ url }) => pathOf(url)))
  for (const file of files) {
    if (layout.has(file.url)) continue
    const url = new URL(file.url)
    const segments = pathOf(file.url).split('/').slice(1)
    const below = url.origin === origin ? segments.slice(common) : [url.host, ...segments]
    const name = files.length === 1 ? id : [id, ...below.map(plain)].join('/')
    take(file.url, free(withExtension(name, file.isJson), taken))
  }
  return layout
}

/** How many folders all paths have in common. */
function commonFolder(paths: readonly string[]): number {
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(1, -1))
  const differing = first.findIndex((segment, at) => others.some((other) => other[at] !== segment))
  return differing < 0 ? first.length : differing
}

/** A segment of a URL's path as a name that a file can have on every system. */
function plain(segment: string): string {
  const name = (decodePercent(segment) ?? segment)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^\.+|\.+$/g, '')
    .slice(-100)
  if (name === '') return 'file'
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `file-${name}` : name
}

/** The name with the extension that reading needs: JSON may be read as YAML, but not the other way. */
function withExtension(name: string, isJson: boolean): string {
  if (/\.ya?ml$/i.test(name) || (isJson && /\.json$/i.test(name))) return name
  return `${name}${isJson ? '.json' : '.yaml'}`
}

function free(path: string, taken: ReadonlySet<string>): string {
  const { dir, name, ext } = posix.parse(path)
  let own = path
  for (let number = 2; taken.has(own.toLowerCase()); number++) own = posix.join(dir, `${name}-${number}${ext}`)
  return own
}

/** The references of a file that must be written in another way, so that they lead to the files where these lie: by pointer. */
export function movedLinks({ url, links }: CollectedFile, layout: Layout): ReadonlyMap<string, string> {
  const home = layout.get(url) ?? ''
  const moved = new Map<string, string>()
  for (const { pointer, reference, target } of links) {
    const path = target === null ? undefined : layout.get(target)
    if (path === undefined) continue
    const name = fileNameOf(reference)
    const isThere = name !== null && posix.join(posix.dirname(home), name) === path
    const way = posix.relative(posix.dirname(home), path)
    if (!isThere) moved.set(pointer, way + reference.slice(addressOf(reference).length))
  }
  return moved
}
