import { resolve } from 'node:path'
import type { AccessChanges } from '../diff/index.ts'
import type { GeneratedFile } from '../emit/types.ts'
import type { SkippedOperation } from '../plan/types.ts'
import type { Inputs } from '../read/types.ts'
import type { GenerateOptions, Result } from '../run.ts'
import { Diagnostics, type Locator, type Origin, type Report } from '../support/index.ts'
import { imprint, isUntouched, type Source } from '../write/index.ts'
import { createMemory, type Memory, noMemory, type Recalled } from './store.ts'

/** What people are told of a run, which is all that is kept of it. */
export interface Outcome extends Pick<Result, 'diagnostics' | 'written' | 'differences'> {
  readonly services: number
  readonly operations: number
  readonly clients: readonly ClientOutcome[]
}

export interface ClientOutcome {
  readonly id: string
  readonly routes: number
  readonly skipped: readonly SkippedOperation[]
  /** Against the access table that lay in the output folder; `null`: there was none. */
  readonly access: AccessChanges | null
}

/** Plain data. */
interface Finding {
  /** The manifest's name, and its folder, symbolic links resolved. */
  readonly gateway: string
  readonly folder: string
  readonly services: number
  readonly operations: number
  readonly clients: readonly Omit<ClientOutcome, 'access'>[]
  /** Every origin with its place, so that nothing has to be parsed to show it. */
  readonly diagnostics: readonly Report[]
  readonly imprint: Readonly<Record<string, string>>
}

export function outcomeOf({ diagnostics, written, differences, model, clients }: Result): Outcome {
  const services = model?.services ?? []
  return {
    diagnostics,
    written,
    differences,
    services: services.length,
    operations: services.reduce((sum, service) => sum + service.operations.length, 0),
    clients: clients.map(({ plan: { id, routes, skipped }, access }) => ({
      id,
      routes: routes.length,
      skipped,
      access,
    })),
  }
}

/** What an earlier run found, if nothing that it read and nothing that it made has changed since (docs/adr/0005); else `null`. */
export async function recall(options: GenerateOptions): Promise<Outcome | null> {
  const earlier = memoryOf(options).recall()
  if (earlier === null) return null
  const { gateway, services, operations, clients, imprint } = earlier.finding
  if (!isUntouched(imprint, options.out, { gateway, complete: options.clients.length === 0 })) return null
  return {
    diagnostics: await diagnosticsOf(earlier),
    written: options.mode === 'write' ? { wrote: [], removed: [], left: Object.keys(imprint).length } : null,
    differences: options.mode === 'check' ? [] : null,
    services,
    operations,
    clients: clients.map((client) => ({ ...client, access: nothingChanged })),
  }
}

const nothingChanged: AccessChanges = { added: [], changed: [], removed: [], widened: [] }

/** What a run had in its hands when it ended. */
interface Ended {
  readonly result: Result
  readonly read: Inputs
  readonly files: readonly GeneratedFile[]
  readonly source: Source
}

/** Keeps what a run found, if it left the output folder as it should be. */
export function remember(options: GenerateOptions, { result, read, files, source }: Ended): void {
  const { diagnostics, written, differences } = result
  if (diagnostics.hasErrors || (written === null && differences?.length !== 0)) return
  const memory = memoryOf(options)
  if (memory === noMemory) return
  const { services, operations, clients } = outcomeOf(result)
  const hashes = Object.entries(read.hashes).map(([shown, hash]) => [resolve(read.folder, shown), hash])
  memory.remember({
    read: { asked: Object.fromEntries(read.asked), hashes: Object.fromEntries(hashes) },
    finding: {
      gateway: source.gateway,
      folder: read.folder,
      services,
      operations,
      clients: clients.map(({ id, routes, skipped }) => ({ id, routes, skipped })),
      diagnostics: diagnostics.all.map((one) => placed(one, diagnostics.locator)),
      imprint: imprint(files),
    },
  })
}

/** `--force` is for what was found; and what is left out for being unsupported has reasons that no file holds. */
function memoryOf({ memory, manifest, out, clients, force, skipUnsupported }: GenerateOptions): Memory<Finding> {
  if (memory === undefined || force || skipUnsupported) return noMemory
  return createMemory<Finding>(memory, JSON.stringify([resolve(manifest), resolve(out), [...clients].sort()]))
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
