import { readFileSync, type Stats, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { Observer } from '../observe/observer.ts'
import { createSingleFlight } from '../support/singleFlight.ts'
import { parseRecords } from './keyRecords.ts'
import { createKeyTable, type KeyTable } from './keyTable.ts'

/** The keys of one authenticator. */
export interface KeyStore {
  table(): KeyTable
  /** Reads the file again if it has changed. Never rejects: an invalid or unreadable file leaves the keys unchanged. */
  refresh(): Promise<void>
  close(): void
}

/** Milliseconds between two checks of the file. A removed key remains valid for up to this time. */
const interval = 5_000
const filePrefix = 'file:'

/**
 * Makes a store from the setting's text: JSON, or `file:` and the path of a file with JSON, which is reloaded when it changes.
 * `refuse` is called with each fault found at start.
 */
export function createKeyStore(
  text: string,
  authenticator: string,
  issuer: string,
  observer: Observer,
  refuse: (fault: string) => void,
): KeyStore {
  let table: KeyTable = new Map()

  /** Replaces the table. If the keys have faults, returns them and leaves the table unchanged. */
  function adopt(json: string): readonly string[] {
    const parsed = parseRecords(json)
    if (parsed.kind === 'faults') return parsed.faults
    table = createKeyTable(parsed.records, authenticator, issuer)
    return []
  }

  if (!text.startsWith(filePrefix)) {
    for (const fault of adopt(text)) refuse(fault)
    return { table: () => table, refresh: async () => undefined, close: () => undefined }
  }

  const path = text.slice(filePrefix.length)
  const initial = readInitially(path)
  let seen = initial?.version
  for (const fault of initial === null ? ['the file cannot be read'] : adopt(initial.text)) refuse(fault)

  async function reread(): Promise<void> {
    const version = versionOf(await stat(path))
    if (version === seen) return
    const faults = adopt(await readFile(path, 'utf8'))
    seen = version
    if (faults.length > 0) observer.keyFileInvalid({ authenticator, faults })
    else observer.keyFileReloaded({ authenticator, keys: table.size })
  }

  let failing = false
  const { run: refresh } = createSingleFlight(async () => {
    try {
      await reread()
      failing = false
    } catch {
      // Reported once, not every few seconds.
      if (!failing) observer.keyFileUnreadable({ authenticator })
      failing = true
    }
  })

  const timer = setInterval(refresh, interval)
  timer.unref()
  return { table: () => table, refresh, close: () => clearInterval(timer) }
}

function readInitially(path: string): { readonly text: string; readonly version: string } | null {
  try {
    const version = versionOf(statSync(path))
    return { text: readFileSync(path, 'utf8'), version }
  } catch {
    return null
  }
}

/** Changes with the contents, also when a mounted secret is replaced by a link to another file. */
function versionOf({ mtimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${size} ${ino}`
}
