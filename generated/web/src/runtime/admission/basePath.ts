import { decodeBytes } from '../words/percent.ts'

/**
 * Removes the part of a path that clients see before the paths of the gateway. `mount`: the path that Express has removed before, or `''`.
 * `null`: the path does not begin with it.
 */
export type RemoveBase = (path: string, mount: string) => string | null

export function createRemoveBase(basePath: string): RemoveBase {
  return (path, mount) => {
    const rest = mount === '' ? basePath : restOf(basePath, mount)
    return rest === '' ? path : withoutPrefix(path, rest)
  }
}

/** What of a base path is still in the path if Express has removed `mount`, whose case it may ignore. */
function restOf(basePath: string, mount: string): string {
  const [base, removed] = [basePath.toLowerCase(), decodeBytes(mount).toLowerCase()]
  if (base.endsWith(removed)) return ''
  return base.startsWith(`${removed}/`) ? basePath.slice(removed.length) : basePath
}

/** A prefix has unreserved characters only, so an escape in its place is a spelling of one of them (RFC 3986 section 6.2.2.2). */
function withoutPrefix(path: string, prefix: string): string | null {
  let end = 0
  for (let at = prefix.indexOf('/'); at >= 0 && end >= 0; at = prefix.indexOf('/', at + 1))
    end = path.indexOf('/', end + 1)
  const head = end < 0 ? path : path.slice(0, end)
  if (head !== prefix && decodeBytes(head) !== prefix) return null
  return end < 0 ? '/' : path.slice(end)
}
