import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, parse, resolve } from 'node:path'
import { commit, noteName, type Source } from '../../remote/index.ts'
import { Diagnostics, type Report } from '../../support/index.ts'
import { identifier } from '../identifiers.ts'
import { nameFrom, refuse } from '../report.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { noteAt } from './found.ts'
import { nameFromUrl } from './name.ts'
import { download, failureCode, jsonOutcome, printOutcome } from './outcome.ts'

export interface AddOptions {
  readonly url: string
  /** A file or a folder; `null`: the folder `specs`. */
  readonly out: string | null
  /** `Name: value`, as typed. */
  readonly headers: readonly string[]
  readonly origins: readonly string[]
  readonly force: boolean
  readonly json: boolean
}

/** Downloads a document and the files that it refers to into the repository, and notes where they come from. */
export async function addCommand(options: AddOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, force } = options
  const headers = readHeaders(options.headers)
  const place = placeFor(options, terminal.cwd)
  const wrong = [...headers.faults, ...place.faults]
  if (wrong.length > 0) return refuse(wrong, json, terminal)

  const source: Source = { url: options.url, headers: headers.fields, origins: options.origins }
  const { folder, id } = place
  const path = join(folder, noteName(id))
  const known = noteAt(path)
  if (known === null && existsSync(path) && !force)
    return refuse([damaged(nameFrom(terminal.cwd, path))], json, terminal)
  if (known !== null && known.note.url !== source.url && !force) {
    return refuse([otherSource(nameFrom(terminal.cwd, path), known.note.url)], json, terminal)
  }
  const diagnostics = new Diagnostics()
  const request = { folder, id, source, note: known?.note ?? null, force }
  const outcome = await download(request, diagnostics, terminal)
  const isWritten = outcome.prepared !== null && commit(folder, outcome.prepared, diagnostics)
  const done = isWritten ? outcome : { ...outcome, prepared: null }
  if (json) jsonOutcome([done], new Diagnostics(), terminal)
  else printOutcome(done, { writes: true, isFirst: known === null }, terminal)
  return isWritten ? 0 : failureCode(diagnostics)
}

function readHeaders(texts: readonly string[]): {
  readonly fields: Readonly<Record<string, string>>
  readonly faults: readonly Report[]
} {
  const fields: Record<string, string> = {}
  const faults: Report[] = []
  for (const text of texts) {
    const [, name, value] = /^([^:\s]+):\s*(\S.*)$/.exec(text) ?? []
    if (name !== undefined && value !== undefined) fields[name] = value.trim()
    else {
      faults.push({
        code: 'GW5004',
        message: `--header ${text} is not a header.`,
        origin: null,
        remedy: "Write a name, a colon and a value, in quotes:\n    --header 'Authorization: Bearer ${SPEC_TOKEN}'",
      })
    }
  }
  return { fields, faults }
}

interface Place {
  /** Absolute. */
  readonly folder: string
  readonly id: string
  readonly faults: readonly Report[]
}

/** Where the document goes: into a folder, or to a file, whose name is that of the note too. */
function placeFor({ out, url }: AddOptions, cwd: string): Place {
  const name = out ?? 'specs/'
  const path = resolve(cwd, name)
  const isFolder = /[\\/]$/.test(name) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (isFolder) return { folder: path, id: freeName(path, nameFromUrl(url), url), faults: [] }
  const { name: stem, ext } = parse(path)
  const id = /^\.(?:ya?ml|json)?$/i.test(ext) || ext === '' ? stem : basename(path)
  const isUsable = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id) && !id.endsWith('.')
  const fault: Report = {
    code: 'GW5004',
    message: `--out ${name} is not a name of letters, digits, dots, hyphens and underscores.`,
    origin: null,
    remedy: `For example: --out specs/${identifier(stem, 'orders')}.yaml`,
  }
  return { folder: dirname(path), id, faults: isUsable ? [] : [fault] }
}

/** The name, with a number if a document of another source has it. */
function freeName(folder: string, name: string, url: string): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? name : `${name}-${number}`
    const path = join(folder, noteName(id))
    if (!existsSync(path) || noteAt(path)?.note.url === url) return id
  }
}

function damaged(name: string): Report {
  return { code: 'GW1407', message: `${name} is damaged.`, origin: null }
}

function otherSource(name: string, source: string): Report {
  return {
    code: 'GW5006',
    message: `${name} says that this document comes from ${source}.`,
    origin: null,
    remedy: 'Write to another file with `--out`, or replace the document with `--force`.',
  }
}
