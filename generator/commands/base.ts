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
import { plainText } from '../support/index.ts'
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

/**
 * Compares the files in the output folder with those of a revision. `complete`: `clients` are all clients, so that others of the
 * revision are gone.
 */
export function changesSince(
  { paths, read }: Revision,
  out: string,
  clients: readonly string[],
  complete: boolean,
): readonly ClientSince[] {
  const here = new Map(clients.map((id) => [id, filesHere(out, id)]))
  const gateway = [...here.values()].map(gatewayOf).find((name) => name !== null) ?? null
  const committed = new Map(
    folders(paths).map((id) => [
      id,
      below(
        id,
        read((path) => path.startsWith(`${id}/`) && isCompared(path.slice(id.length + 1))),
      ),
    ]),
  )
  const gone = [...committed].filter(([id, files]) => !here.has(id) && complete && gatewayOf(files) === gateway)
  return [
    ...[...here].map(([id, files]) => clientSince(id, committed.get(id) ?? new Map(), files)),
    ...gone.map(([id, files]): ClientSince => {
      return { id, kind: 'gone', summary: 'gone', notes: notesOfGone(rowsOf(files)) }
    }),
  ]
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

function below(id: string, texts: ReadonlyMap<string, string>): GatewayFiles {
  return new Map([...texts].map(([path, text]) => [path.slice(id.length + 1), plainText(text)]))
}

function filesHere(out: string, id: string): GatewayFiles {
  const paths = [`${id}/${tables.access}`, `${id}/${tables.contract}`, ...filesBelow(out, `${id}/src`)]
  const texts = paths.flatMap((path): [string, string][] => {
    const text = existing(out, path)
    return text === null ? [] : [[path, text]]
  })
  return below(id, new Map(texts))
}
