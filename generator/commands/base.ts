import {
  accessRows,
  changesOf,
  type GatewayFiles,
  gatewayIn,
  isCompared,
  type Note,
  notesOf,
  notesOfGone,
  notesOfNew,
  tables,
} from '../diff/index.ts'
import { plainText, type Report } from '../support/index.ts'
import { existing, filesBelow } from '../write/index.ts'
import { summaryOf } from './changes.ts'
import type { Revision } from './revision.ts'

/** How the gateway of a client differs from the one that is committed at a revision. */
export interface ClientSince {
  readonly id: string
  /** `new`: the revision has no gateway of this client. */
  readonly kind: 'kept' | 'new' | 'gone'
  readonly summary: string
  readonly notes: readonly Note[]
}

export type FoundChanges =
  | { readonly kind: 'changes'; readonly clients: readonly ClientSince[] }
  /** A file of the revision cannot be read, so nothing was compared. */
  | { readonly kind: 'fault'; readonly fault: Report }

/**
 * Compares the files in the output folder with those of a revision. `complete`: `clients` are all clients, so that others of the
 * revision are gone.
 */
export function changesSince(
  { paths, read }: Revision,
  out: string,
  clients: readonly string[],
  complete: boolean,
): FoundChanges {
  const here = new Map(clients.map((id) => [id, filesHere(out, id)]))
  const gateway = [...here.values()].map(gatewayOf).find((name) => name !== null) ?? null
  const ids = folders(paths)
  const gateways = new Set(ids)
  const found = read((path) => {
    const slash = path.indexOf('/')
    return gateways.has(path.slice(0, slash)) && isCompared(path.slice(slash + 1))
  })
  if (found.kind === 'fault') return found
  const committed = new Map(ids.map((id) => [id, below(id, found.texts)]))
  const gone = [...committed].filter(([id, files]) => !here.has(id) && complete && gatewayOf(files) === gateway)
  const since = [
    ...[...here].map(([id, files]) => clientSince(id, committed.get(id) ?? new Map(), files)),
    ...gone.map(([id, files]): ClientSince => {
      return { id, kind: 'gone', summary: 'gone', notes: notesOfGone(rowsOf(files)) }
    }),
  ]
  return { kind: 'changes', clients: since }
}

function clientSince(id: string, before: GatewayFiles, after: GatewayFiles): ClientSince {
  const changes = changesOf(before, after)
  if (changes === null) return { id, kind: 'new', summary: 'new', notes: notesOfNew(rowsOf(after)) }
  return { id, kind: 'kept', summary: summaryOf(changes), notes: notesOf(changes) }
}

function rowsOf(files: GatewayFiles): NonNullable<ReturnType<typeof accessRows>> {
  return accessRows(files.get(tables.access) ?? '') ?? []
}

function gatewayOf(files: GatewayFiles): string | null {
  return gatewayIn(files.get(tables.access) ?? '')
}

/** The folders of gateways: those with an access table. */
function folders(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const [id = '', file, ...rest] = path.split('/')
    return file === tables.access && rest.length === 0 ? [id] : []
  })
}

/** Those of the texts that are in the folder of a client. */
function below(id: string, texts: ReadonlyMap<string, string>): GatewayFiles {
  const start = `${id}/`
  return new Map(
    [...texts].flatMap(([path, text]) => (path.startsWith(start) ? [[path.slice(start.length), plainText(text)]] : [])),
  )
}

function filesHere(out: string, id: string): GatewayFiles {
  const paths = [`${id}/${tables.access}`, `${id}/${tables.contract}`, ...filesBelow(out, `${id}/src`)]
  const texts = paths.flatMap((path): [string, string][] => {
    const text = existing(out, path)
    return text === null ? [] : [[path, text]]
  })
  return below(id, new Map(texts))
}
