import type { ClientChanges } from './diff/index.ts'
import type { GeneratedFile } from './emit/index.ts'
import { type Model, model } from './model/index.ts'
import { plan } from './plan/index.ts'
import type { ClientPlan, Plan } from './plan/types.ts'
import { type Inputs, read } from './read/index.ts'
import { Diagnostics, type StageResult } from './support/index.ts'
import type { Comparison, Source, Written } from './write/index.ts'

export type Stage = 'read' | 'model' | 'plan' | 'emit' | 'write'

interface Wanted {
  /** File of the manifest. */
  readonly manifest: string
  /** The manifest's text, instead of the contents of its file. */
  readonly text?: string
  /** Ids of clients; empty: all. */
  readonly clients: readonly string[]
  /** Leave out operations that cannot be served, with a warning each, instead of refusing them. */
  readonly skipUnsupported: boolean
  /** Called when a stage starts. */
  readonly onStage?: (stage: Stage) => void
}

/** A run without output. */
export type InMemoryOptions = Wanted & { readonly until: 'model' | 'plan' | 'emit' }

/** A run with an output folder, which contains a folder for each client. */
export type OutputOptions = Wanted & { readonly out: string } & (
    | { readonly until: 'compare' }
    /** `force`: overwrite and delete generated files that were edited by hand. */
    | { readonly until: 'write'; readonly force: boolean }
  )

export type RunOptions = InMemoryOptions | OutputOptions

export interface ClientResult {
  readonly plan: ClientPlan
  /** Compared with the files in the output folder; `null`: there was no gateway of this client. */
  readonly changes: ClientChanges | null
}

/**
 * The results of a run, as data. The result of a stage is `null` if it did not run or failed. The run was successful if
 * `diagnostics` has no error and, for a comparison, `differences` is empty.
 */
export interface Run {
  readonly diagnostics: Diagnostics
  readonly inputs: StageResult<Inputs> | null
  readonly model: StageResult<Model> | null
  /** Only the requested clients. */
  readonly plan: StageResult<Plan> | null
  /** The emitted files and a lock for each client. */
  readonly files: StageResult<readonly GeneratedFile[]> | null
  /** By id; empty unless they were compared or written. */
  readonly clients: readonly ClientResult[]
  readonly written: Written | null
  readonly differences: readonly Comparison[] | null
  /** Milliseconds, of the stages that ran. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}

/**
 * Reads, models, plans, emits, and writes or compares; `until` is the last stage. A stage runs only if those before it
 * reported no error, so nothing is emitted from faulty inputs.
 */
export async function run(options: RunOptions): Promise<Run> {
  const { clients: asked, skipUnsupported, text, until } = options
  const diagnostics = new Diagnostics()
  const timings: Partial<Record<Stage, number>> = {}
  const stage = async <T>(name: Stage, work: () => T | Promise<T>): Promise<T | null> => {
    if (diagnostics.hasErrors || order[name] > order[until]) return null
    options.onStage?.(name)
    const started = performance.now()
    const result = await work()
    timings[name] = performance.now() - started
    return result
  }

  const inputs = await stage('read', () => read(options.manifest, text === undefined ? {} : { text }, diagnostics))
  const known = inputs && (await stage('model', () => model(inputs, diagnostics)))
  const decided = known && (await stage('plan', () => plan(known, { skipUnsupported }, diagnostics)))
  const wanted = decided && { ...decided, value: only(decided.value, asked) }
  const emitted =
    wanted && (await stage('emit', async () => (await import('./emit/index.ts')).emit(wanted.value, diagnostics)))
  const made = { diagnostics, inputs, model: known, plan: wanted, files: emitted, timings }
  const nothing = { ...made, clients: [], written: null, differences: null }
  if (!inputs || !known || !wanted || !emitted || diagnostics.hasErrors) return nothing

  const { compare, existing, seal, write } = await import('./write/index.ts')
  const { clients } = wanted.value
  const source = await sourceOf(clients, inputs.value, known.value.manifest.name, asked.length === 0)
  const files = seal(emitted.value, source)
  const sealed = { ...nothing, files: { ...emitted, value: files } }
  if (options.until !== 'write' && options.until !== 'compare') return sealed

  const { changesOf } = await import('./diff/index.ts')
  const results = clients.map((client): ClientResult => {
    const contract = `${client.id}/openapi.json`
    const before = {
      access: existing(options.out, `${client.id}/access.json`),
      contract: existing(options.out, contract),
    }
    const after = files.find(({ path }) => path === contract)?.contents ?? ''
    return { plan: client, changes: changesOf(before, { access: client.access, contract: after }) }
  })
  const ended = await stage('write', () =>
    options.until === 'write'
      ? { written: write(files, options.out, source, options, diagnostics) }
      : { differences: compare(files, options.out, source, diagnostics) },
  )
  return { ...sealed, clients: results, ...ended }
}

/** The order of the stages. Writing and comparing are the same stage. */
const order = { read: 0, model: 1, plan: 2, emit: 3, compare: 4, write: 4 } as const

function only({ clients }: Plan, asked: readonly string[]): Plan {
  return { clients: clients.filter(({ id }) => asked.length === 0 || asked.includes(id)) }
}

async function sourceOf(
  clients: readonly ClientPlan[],
  inputs: Inputs,
  gateway: string,
  complete: boolean,
): Promise<Source> {
  const { ownPackage } = await import('./emit/index.ts')
  const byClient = clients.map((client) => [client.id, inputsOf(client, inputs)])
  return { gateway, version: ownPackage().version, inputs: Object.fromEntries(byClient), complete }
}

/** The hash of each file of the client's services. */
function inputsOf({ sources }: ClientPlan, { specs, hashes }: Inputs): Readonly<Record<string, string>> {
  const files = specs.filter(({ service }) => sources.includes(service)).flatMap((spec) => spec.files)
  return Object.fromEntries(files.map((name) => [name, hashes[name] ?? '']))
}
