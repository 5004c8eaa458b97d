import { readFileSync, type Stats, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createSingleFlight } from '../support/singleFlight.ts'
import type { Log } from '../support/surroundings.ts'
import { parseRecords } from './keyRecords.ts'
import { createKeyTable, type KeyTable } from './keyTable.ts'

/** The keys of one authenticator. */
export interface KeyStore {
  table(): KeyTable
  /** Reads the file again if it has changed. Never rejects: a file that cannot be used leaves the keys as they were. */
  refresh(): Promise<void>
  close(): void
}

/** Milliseconds between two looks at the file: how long a key that was taken out still works. */
const interval = 5_000
const filePrefix = 'file:'

/**
 * Makes a store of the setting's text: JSON, or `file:` and the path of a file with JSON, which is followed while the gateway
 * runs. `refuse` is told all that is wrong at start.
 */
export function createKeyStore(
  text: string,
  authenticator: string,
  issuer: string,
  log: Log,
  refuse: (fault: string) => void,
): KeyStore {
  let table: KeyTable = new Map()

  /** Takes the keys over, or says all that is wrong with them and leaves the table as it was. */
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
    if (faults.length > 0)
      log.warn({ authenticator, faults }, 'the API key file is invalid; the previous keys stay in use')
    else log.info({ authenticator, keys: table.size }, 'reloaded the API key file')
  }

  let failing = false
  const { run: refresh } = createSingleFlight(async () => {
    try {
      await reread()
      failing = false
    } catch {
      // Logged once, not every few seconds.
      if (!failing) log.warn({ authenticator }, 'cannot read the API key file; the previous keys stay in use')
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

/** Changes with the contents, also when a mounted secret is exchanged by a link to another file. */
function versionOf({ mtimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${size} ${ino}`
}
