import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'

export const lockName = 'gatewright.lock.json'

/** `web/src/main.ts` is `src/main.ts` in `web`. */
export function split(path: string): [folder: string, rest: string] {
  const slash = path.indexOf('/')
  return [path.slice(0, slash), path.slice(slash + 1)]
}

/** Names that Windows gives to devices, whatever their extension. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i

/** Whether a path names the same place below a folder on every system: relative, plain segments, nothing that climbs. */
export function isPortable(path: string): boolean {
  return path
    .split('/')
    .every((segment) => /^[A-Za-z0-9._-]{1,255}$/.test(segment) && !/\.$/.test(segment) && !device.test(segment))
}

/** Reports files that could not lie side by side: names that some system refuses, or that differ only in case. */
export function checkPaths(files: readonly GeneratedFile[], diagnostics: Diagnostics): void {
  const seen = new Map<string, string>()
  for (const { path } of files) {
    // Made for the files beside it: whatever is wrong with it is wrong with them.
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
