import { resolve } from 'node:path'
import { type ClientChanges, unchanged } from '../diff/index.ts'
import type { SkippedOperation } from '../plan/types.ts'
import type { OutputOptions, Run } from '../run.ts'
import { Diagnostics, type Locator, type Origin, type Report } from '../support/index.ts'
import { imprint, isUntouched } from '../write/index.ts'
import { createMemory, type Memory, noMemory, type Recalled } from './store.ts'

/** The parts of a run that commands report. Only these are stored. */
export interface Outcome extends Pick<Run, 'diagnostics' | 'written' | 'differences' | 'gone'> {
  readonly services: number
  readonly operations: number
  readonly clients: readonly ClientOutcome[]
}

export interface ClientOutcome {
  readonly id: string
  readonly routes: number
  readonly skipped: readonly SkippedOperation[]
  /** Compared with the files in the output folder; `null`: there was no gateway of this client. */
  readonly changes: ClientChanges | null
}

/** Plain data, as stored. */
interface Finding {
  /** The manifest's name, and the real path of its folder. */
  readonly gateway: string
  readonly folder: string
  readonly services: number
  readonly operations: number
  readonly clients: readonly Omit<ClientOutcome, 'changes'>[]
  /** Every origin has its place, so that nothing has to be parsed to show it. */
  readonly diagnostics: readonly Report[]
  readonly imprint: Readonly<Record<string, string>>
}

export interface MemoryOptions {
  /** The folder of stored results; `null`: nothing is stored. */
  readonly folder: string | null
  /** Whether a stored result may be used. The run's own result is stored in any case. */
  readonly recall: boolean
}

type Remembering = (options: OutputOptions) => Promise<Outcome>

/**
 * Calls `run`, unless a result is stored and neither the inputs nor the outputs of that run have changed since
 * (docs/adr/0005): then it returns the stored result. The result of a run is stored if all files in the output folder
 * are up to date afterwards.
 */
export function remembering(run: (options: OutputOptions) => Promise<Run>, memory: MemoryOptions): Remembering {
  return async (options) => {
    const store = storeOf(options, memory.folder)
    const recalled = memory.recall ? await recall(store, options) : null
    if (recalled !== null) return recalled
    const result = await run(options)
    remember(store, result)
    return outcomeOf(result)
  }
}

function outcomeOf({ diagnostics, written, differences, about, clients, gone }: Run): Outcome {
  return {
    diagnostics,
    written,
    differences,
    gone,
    services: about?.services ?? 0,
    operations: about?.operations ?? 0,
    clients: clients.map(({ plan: { id, routes, skipped }, changes }) => ({
      id,
      routes: routes.length,
      skipped,
      changes,
    })),
  }
}

async function recall(store: Memory<Finding>, options: OutputOptions): Promise<Outcome | null> {
  const earlier = store.recall()
  if (earlier === null) return null
  const { gateway, services, operations, clients, imprint } = earlier.finding
  if (!isUntouched(imprint, options.out, { gateway, complete: options.clients.length === 0 })) return null
  return {
    diagnostics: await diagnosticsOf(earlier),
    written:
      options.until === 'write' ? { wrote: [], removed: [], merged: [], left: Object.keys(imprint).length } : null,
    differences: options.until === 'compare' ? [] : null,
    gone: [],
    services,
    operations,
    clients: clients.map((client) => ({ ...client, changes: unchanged })),
  }
}

/** Stores the result of a run if all files in the output folder are up to date. */
function remember(store: Memory<Finding>, run: Run): void {
  const { diagnostics, written, differences, about, files, schema } = run
  if (diagnostics.hasErrors || (written === null && differences?.length !== 0)) return
  if (store === noMemory || about === null || files === null) return
  const { services, operations, clients } = outcomeOf(run)
  const { gateway, folder, asked } = about
  const hashes = Object.entries(about.hashes).map(([shown, hash]) => [resolve(folder, shown), hash])
  store.remember({
    read: { asked: Object.fromEntries(asked), hashes: Object.fromEntries(hashes) },
    finding: {
      gateway,
      folder,
      services,
      operations,
      clients: clients.map(({ id, routes, skipped }) => ({ id, routes, skipped })),
      diagnostics: diagnostics.all.map((one) => placed(one, diagnostics.locator)),
      imprint: imprint([...files.value, ...(schema === null ? [] : [schema])]),
    },
  })
}

/**
 * Three kinds of runs are not stored: with `force`, which acts on the files found; with `skipUnsupported`, whose
 * reasons are not in any file; with `text`, which is not in a file.
 */
function storeOf(options: OutputOptions, folder: string | null): Memory<Finding> {
  const { manifest, out, clients, skipUnsupported, text } = options
  const isForced = options.until === 'write' && options.force
  if (folder === null || isForced || skipUnsupported || text !== undefined) return noMemory
  return createMemory<Finding>(folder, JSON.stringify([resolve(manifest), resolve(out), [...clients].sort()]))
}

async function diagnosticsOf({ finding, text }: Recalled<Finding>): Promise<Diagnostics> {
  const diagnostics = new Diagnostics()
  if (finding.diagnostics.length === 0) return diagnostics
  const { createLocator } = await import('../read/index.ts')
  diagnostics.locator = createLocator((shown) => text(resolve(finding.folder, shown)))
  for (const one of finding.diagnostics) diagnostics.report(one)
  return diagnostics
}

function placed({ origin, related, ...report }: Required<Report>, locator: Locator): Report {
  const at = (of: Origin): Origin => {
    const place = locator.locate(of)
    return place === null ? of : { ...of, at: { line: place.line, column: place.column, length: place.length } }
  }
  return {
    ...report,
    origin: origin === null ? null : at(origin),
    related: related.map((one) => ({ ...one, origin: at(one.origin) })),
  }
}
