import { type AccessChanges, accessRows, diffAccess } from './diff/index.ts'
import { emit, ownPackage } from './emit/index.ts'
import { remember } from './memory/index.ts'
import { type Model, model } from './model/index.ts'
import { plan } from './plan/index.ts'
import type { ClientPlan } from './plan/types.ts'
import { read } from './read/index.ts'
import { Diagnostics } from './support/index.ts'
import { type Comparison, compare, existing, type Source, seal, type Written, write } from './write/index.ts'

export type Stage = 'read' | 'model' | 'plan' | 'emit' | 'write'

export interface GenerateOptions {
  /** File of the manifest. */
  readonly manifest: string
  /** Output folder; one folder for each client is made in it. */
  readonly out: string
  /** Ids of clients; empty: all. */
  readonly clients: readonly string[]
  /** `check`: nothing is written, the output folder is compared. */
  readonly mode: 'write' | 'check'
  /** Overwrite and delete generated files that were edited by hand. */
  readonly force: boolean
  /** Leave out operations that cannot be served, naming each, instead of refusing. */
  readonly skipUnsupported: boolean
  /** Folder in which to keep, for a run that may follow, what this one found (`recall`); absent: it is not kept. */
  readonly memory?: string
  /** Told when a stage begins. */
  readonly onStage: (stage: Stage) => void
}

export interface ClientResult {
  readonly plan: ClientPlan
  /** Against the access table that lay in the output folder; `null`: there was none. */
  readonly access: AccessChanges | null
}

/** What came of it, as data. It went well when `diagnostics` has no error and, for a check, `differences` is empty. */
export interface Result {
  readonly diagnostics: Diagnostics
  /** Every file that was read, relative to the manifest's folder. */
  readonly inputs: readonly string[]
  /** What was read; `null` when it cannot be. */
  readonly model: Model | null
  /** The clients that were asked for, by id; empty when there is nothing to emit. */
  readonly clients: readonly ClientResult[]
  readonly written: Written | null
  readonly differences: readonly Comparison[] | null
  /** Milliseconds, of the stages that ran. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}

/** Reads, models, plans, emits, and writes or compares. A stage runs only when those before it found no error. */
export async function generate(options: GenerateOptions): Promise<Result> {
  const { out, clients: asked, skipUnsupported, force } = options
  const diagnostics = new Diagnostics()
  const timings: Partial<Record<Stage, number>> = {}
  const stage = async <T>(name: Stage, work: () => T | Promise<T>): Promise<T | null> => {
    options.onStage(name)
    const started = performance.now()
    const result = await work()
    timings[name] = performance.now() - started
    return diagnostics.hasErrors ? null : result
  }

  const inputs = await stage('read', () => read(options.manifest, {}, diagnostics))
  const known = inputs && (await stage('model', () => model(inputs, diagnostics)))
  const decided = known && (await stage('plan', () => plan(known, { skipUnsupported }, diagnostics)))
  const clients = decided?.clients.filter(({ id }) => asked.length === 0 || asked.includes(id)) ?? null
  const emitted = clients && (await stage('emit', () => emit({ clients }, diagnostics)))

  const names = Object.keys(inputs?.hashes ?? {})
  const nothing = { diagnostics, inputs: names, model: known, clients: [], written: null, differences: null, timings }
  if (inputs === null || known === null || clients === null || emitted === null) return nothing
  const results = clients.map((client) => ({ plan: client, access: accessChanges(client, out) }))
  const source: Source = {
    gateway: known.manifest.name,
    version: ownPackage().version,
    inputs: inputs.hashes,
    complete: asked.length === 0,
  }
  const files = seal(emitted, source)
  const made = { ...nothing, clients: results }
  const result =
    options.mode === 'check'
      ? { ...made, differences: await stage('write', () => compare(files, out, source, diagnostics)) }
      : { ...made, written: await stage('write', () => write(files, out, source, { force }, diagnostics)) }
  remember(options, { result, read: inputs, files, source })
  return result
}

function accessChanges(client: ClientPlan, out: string): AccessChanges | null {
  const text = existing(out, `${client.id}/access.json`)
  const before = text === null ? null : accessRows(text)
  return before === null ? null : diffAccess(before, client.access)
}
