import type { ClientChanges } from './diff/index.ts'
import type { GeneratedFile } from './emit/index.ts'
import { type Model, model } from './model/index.ts'
import { plan, schemaOf } from './plan/index.ts'
import type { AccessRow, ClientPlan, Plan } from './plan/types.ts'
import { type Inputs, manifestSchema, read } from './read/index.ts'
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

export interface GoneClient {
  readonly id: string
  /** Its routes; empty if its access table is not valid. */
  readonly routes: readonly AccessRow[]
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
 * The results of a run, as data. The result of a stage is `null` if it did not run or failed; parts with an error are missing in
 * `inputs` and `model`, and `plan` is `null` after any error. The run was successful if
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
  /** The schema of the manifest for editors, in the output folder itself; `null` without one. */
  readonly schema: GeneratedFile | null
  /** By id; empty unless they were compared or written. */
  readonly clients: readonly ClientResult[]
  /** Gateways in the output folder of clients that the manifest does not have any more. */
  readonly gone: readonly GoneClient[]
  readonly written: Written | null
  readonly differences: readonly Comparison[] | null
  /** Milliseconds, of the stages that ran. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}

/**
 * Reads, models, plans, emits, and writes or compares; `until` is the last stage. Planning goes on with the parts that have no
 * error, to report all errors at once. Emitting needs a run without an error.
 */
export async function run(options: RunOptions): Promise<Run> {
  const { clients: asked, skipUnsupported, text, until } = options
  const diagnostics = new Diagnostics()
  const timings: Partial<Record<Stage, number>> = {}
  const stage = async <T>(name: Stage, work: () => T | Promise<T>): Promise<T | null> => {
    const isOutput = order[name] > order.plan
    if ((isOutput && diagnostics.hasErrors) || order[name] > order[until]) return null
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
    const schema = wanted && known && 'out' in options ? schemaFile(known.value) : null
    const made = { about, inputs, model: known, plan: wanted, schema }
    return isFrugal(made) ? { ...made, inputs: null, model: null, plan: withoutDocuments(made.plan) } : made
  }

  // Likewise.
  const produce = async (): Promise<Produced> => {
    const prepared = await prepare()
    const { plan } = prepared
    const emitted =
      plan && (await stage('emit', async () => (await import('./emit/index.ts')).emit(plan.value, diagnostics)))
    const made = { ...prepared, emitted }
    return isFrugal(made) ? { ...made, plan: withoutContracts(made.plan) } : made
  }

  const { emitted, ...prepared } = await produce()
  const { about, plan: wanted } = prepared
  const made = { diagnostics, ...prepared, files: emitted, timings }
  const nothing = { ...made, clients: [], gone: [], written: null, differences: null }
  if (!about || !wanted || !emitted || diagnostics.hasErrors) return nothing

  const { attempt, compare, existing, formerClients, seal, surveySchema, write } = await import('./write/index.ts')
  const { clients } = wanted.value
  const { schema } = prepared
  const source = await sourceOf(about, asked.length === 0)
  const files = seal(emitted.value, source)
  const sealed = { ...nothing, files: { ...emitted, value: files } }
  if (options.until !== 'write' && options.until !== 'compare') return sealed

  const { accessRows, changesOf, isCompared, tables } = await import('./diff/index.ts')
  const changesIn = ({ id }: ClientPlan): ClientChanges | null => {
    const start = `${id}/`
    const own = files.filter(({ path }) => path.startsWith(start) && isCompared(path.slice(start.length)))
    const before = own.flatMap(({ path }) => {
      const text = existing(options.out, path)
      return text === null ? [] : [[path.slice(start.length), text] as const]
    })
    const after = own.map(({ path, contents }) => [path.slice(start.length), contents] as const)
    return changesOf(new Map(before), new Map(after))
  }
  const goneClient = (id: string): GoneClient => {
    return { id, routes: accessRows(existing(options.out, `${id}/${tables.access}`) ?? '') ?? [] }
  }
  const found = attempt(options.out, 'read', diagnostics, () => {
    const ids = clients.map(({ id }) => id)
    return {
      clients: clients.map((client): ClientResult => ({ plan: client, changes: changesIn(client) })),
      gone: formerClients(options.out, source, ids).map(goneClient),
    }
  })
  const ended = await stage('write', () => {
    const beside = surveySchema(
      schema,
      options.out,
      clients.map(({ id }) => id),
      diagnostics,
    )
    return options.until === 'write'
      ? { written: write(files, options.out, source, options, diagnostics, beside) }
      : { differences: compare(files, options.out, source, diagnostics, beside) }
  })
  return { ...sealed, ...found, ...ended }
}

/** The order of the stages. Writing and comparing are the same stage. */
const order = { read: 0, model: 1, plan: 2, emit: 3, compare: 4, write: 4 } as const

function schemaFile(model: Model): GeneratedFile {
  const contents = `${JSON.stringify(schemaOf(model, manifestSchema()), null, 2)}\n`
  return { path: `${model.manifest.name}.schema.json`, contents, ownership: 'generated' }
}

function only({ clients }: Plan, asked: readonly string[]): Plan {
  return { clients: clients.filter(({ id }) => asked.length === 0 || asked.includes(id)) }
}

type Prepared = Pick<Run, 'about' | 'inputs' | 'model' | 'plan' | 'schema'>

interface Produced extends Prepared {
  readonly emitted: StageResult<readonly GeneratedFile[]> | null
}

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

async function sourceOf({ gateway }: About, complete: boolean): Promise<Source> {
  const { ownPackage } = await import('./emit/index.ts')
  return { gateway, version: ownPackage().version, complete }
}
