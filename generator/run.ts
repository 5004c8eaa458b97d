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
export type OutputOptions = Wanted & {
  readonly out: string
  /** Release documents before files are emitted, and contracts afterwards, which take most of the memory: see `Run`. */
  readonly frugal?: boolean
} & (
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

/** What was read, in short. */
export interface About {
  /** The manifest's name, and the real path of its folder. */
  readonly gateway: string
  readonly folder: string
  readonly services: number
  readonly operations: number
  readonly asked: Inputs['asked']
  readonly hashes: Inputs['hashes']
}

/**
 * The results of a run, as data. The result of a stage is `null` if it did not run or failed. The run was successful if
 * `diagnostics` has no error and, for a comparison, `differences` is empty. A frugal run that emits files returns neither
 * `inputs` nor `model`, and its plan has no contracts and no services, which are in the files.
 */
export interface Run {
  readonly diagnostics: Diagnostics
  readonly about: About | null
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

  const isFrugal = <T extends Pick<Run, 'plan'>>(made: T): made is T & { readonly plan: StageResult<Plan> } =>
    'frugal' in options && options.frugal === true && made.plan !== null && !diagnostics.hasErrors

  // Within a function of its own, so that nothing here refers to what a frugal run releases.
  const prepare = async (): Promise<Prepared> => {
    const inputs = await stage('read', () => read(options.manifest, text === undefined ? {} : { text }, diagnostics))
    const known = inputs && (await stage('model', () => model(inputs, diagnostics)))
    const decided = known && (await stage('plan', () => plan(known, { skipUnsupported }, diagnostics)))
    const wanted = decided && { ...decided, value: only(decided.value, asked) }
    const about = inputs && known && aboutOf(inputs.value, known.value)
    const files = new Map(inputs?.value.specs.map((spec) => [spec.service, spec.files]))
    const made = { about, inputs, model: known, plan: wanted, files }
    return isFrugal(made) ? { ...made, inputs: null, model: null, plan: withoutDocuments(made.plan) } : made
  }

  // Likewise.
  const produce = async (): Promise<Produced> => {
    const { files, ...prepared } = await prepare()
    const { plan } = prepared
    const emitted =
      plan && (await stage('emit', async () => (await import('./emit/index.ts')).emit(plan.value, diagnostics)))
    const made = { ...prepared, sourceFiles: files, emitted }
    return isFrugal(made) ? { ...made, plan: withoutContracts(made.plan) } : made
  }

  const { sourceFiles, emitted, ...prepared } = await produce()
  const { about, plan: wanted } = prepared
  const made = { diagnostics, ...prepared, files: emitted, timings }
  const nothing = { ...made, clients: [], written: null, differences: null }
  if (!about || !wanted || !emitted || diagnostics.hasErrors) return nothing

  const { compare, existing, seal, write } = await import('./write/index.ts')
  const { clients } = wanted.value
  const source = await sourceOf(clients, sourceFiles, about, asked.length === 0)
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

interface Prepared extends Pick<Run, 'about' | 'inputs' | 'model' | 'plan'> {
  /** By service, the files that its document was read from. */
  readonly files: SourceFiles
}

interface Produced extends Omit<Prepared, 'files'> {
  readonly sourceFiles: SourceFiles
  readonly emitted: StageResult<readonly GeneratedFile[]> | null
}

type SourceFiles = ReadonlyMap<string, readonly string[]>

function aboutOf({ folder, asked, hashes }: Inputs, { manifest, services }: Model): About {
  // Several services may have one document.
  const operations = services.flatMap((one) => one.operations.map(({ reference }) => `${one.file} ${reference}`))
  return {
    gateway: manifest.name,
    folder,
    services: services.length,
    operations: new Set(operations).size,
    asked,
    hashes,
  }
}

/** Without what makes the documents of services, which only simulators need, and which refers to the model. */
function withoutDocuments({ value, faulty }: StageResult<Plan>): StageResult<Plan> {
  const clients = value.clients.map((client) => ({
    ...client,
    services: client.services.map((service) => ({ ...service, document: () => ({}) })),
  }))
  return { value: { clients }, faulty }
}

function withoutContracts({ value, faulty }: StageResult<Plan>): StageResult<Plan> {
  return {
    value: { clients: value.clients.map((client) => ({ ...client, contract: {}, types: [], services: [] })) },
    faulty,
  }
}

async function sourceOf(
  clients: readonly ClientPlan[],
  files: SourceFiles,
  { gateway, hashes }: About,
  complete: boolean,
): Promise<Source> {
  const { ownPackage } = await import('./emit/index.ts')
  const inputsOf = ({ sources }: ClientPlan): Readonly<Record<string, string>> => {
    // In the order of the manifest, in which `files` are.
    const names = [...files].filter(([service]) => sources.includes(service)).flatMap(([, own]) => own)
    return Object.fromEntries(names.map((name) => [name, hashes[name] ?? '']))
  }
  const byClient = clients.map((client) => [client.id, inputsOf(client)])
  return { gateway, version: ownPackage().version, inputs: Object.fromEntries(byClient), complete }
}
