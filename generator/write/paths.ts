import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'

export const lockName = 'gatewright.lock.json'

/** Splits a path into the client's folder and the rest: `web/src/main.ts` into `web` and `src/main.ts`. */
export function split(path: string): [folder: string, rest: string] {
  const slash = path.indexOf('/')
  return [path.slice(0, slash), path.slice(slash + 1)]
}

/** Names of devices on Windows, with any extension. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i

/** Whether a path is valid on every system and stays below its folder: relative, plain segments, no `..`. */
export function isPortable(path: string): boolean {
  return path
    .split('/')
    .every((segment) => /^[A-Za-z0-9._-]{1,255}$/.test(segment) && !/\.$/.test(segment) && !device.test(segment))
}

/** Reports files that cannot coexist on every system: invalid names, or names that differ only in case. */
export function checkPaths(files: readonly GeneratedFile[], diagnostics: Diagnostics): void {
  const seen = new Map<string, string>()
  for (const { path } of files) {
    // The lock is in the folder of other files, which have the same faults.
    if (split(path)[1] === lockName) continue
    if (!isPortable(path) || !path.includes('/')) {
      report(diagnostics, `${JSON.stringify(path)} is not a name that a file can have on every system.`)
      continue
    }
    const folded = path.toLowerCase()
    const other = seen.get(folded)
    if (other !== undefined) report(diagnostics, `${other} and ${path} are the same file on systems that ignore case.`)
    seen.set(folded, path)
  }
}

function report(diagnostics: Diagnostics, message: string): void {
  diagnostics.report({
    code: 'GW4003',
    message,
    origin: null,
    remedy: 'Files are named after the ids of clients and services in the manifest: change the id.',
  })
}
