import { readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type PublishedContract, readContract } from '../../generator/dev/published.ts'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import { startSystem } from '../../generator/dev/system.ts'
import type { ClientPlan, RoutePlan } from '../../generator/plan/types.ts'
import { reasonOf } from './call.ts'
import { lostParts } from './completeness.ts'
import type { Entry } from './entries.ts'
import { type ExerciseOptions, exercise } from './exercise.ts'
import { createOriginals, type OriginalOperation } from './original.ts'
import { structureFaults } from './structure.ts'
import { type Counts, Tally } from './tally.ts'
import type { TypeChecker } from './typecheck.ts'
import type { LeftOut, Prepared, Refused, Workshop } from './workshop.ts'

export interface ExamineOptions extends ExerciseOptions {
  /** In the form of `init --client`. */
  readonly clients: readonly string[]
}

/** The results of an entry. */
export interface Examination {
  readonly name: string
  /** Operations of each document, by its absolute path. */
  readonly operations: Readonly<Record<string, number>>
  readonly clients: number
  /** Why there are no gateways; `null`: there are. */
  readonly refused: Refused | null
  readonly leftOut: readonly LeftOut[]
  readonly counts: Counts
  /** Duration of each part, in ms. */
  readonly timings: Readonly<Record<string, number>>
}

/** Runs all steps for an entry: manifest, gateways, types, start, contract, and calls of every route. */
export async function examine(
  entry: Entry,
  workshop: Workshop,
  types: TypeChecker,
  options: ExamineOptions,
): Promise<Examination> {
  const tally = new Tally()
  const timings: Record<string, number> = {}
  const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now()
    try {
      return await work()
    } finally {
      timings[name] = Math.round((timings[name] ?? 0) + performance.now() - started)
    }
  }
  const prepared = await timed('generate', () => workshop.prepare(entry, options.clients))
  const none = Object.fromEntries(entry.specs.map((file) => [realpathSync(file), 0]))
  const known = { name: entry.name, timings }
  if (prepared.kind === 'refused') {
    return { ...known, operations: none, clients: 0, refused: prepared, leftOut: [], counts: tally.counts }
  }
  for (const client of prepared.clients) {
    tally.pass('generate')
    const folder = join(prepared.out, client.id)
    const text = readFileSync(join(folder, 'openapi.json'), 'utf8')
    tally.settle('types', client.id, await timed('types', () => types.check(folder)))
    tally.settle('structure', client.id, await timed('structure', () => structureFaults(text)))
  }
  await callEverything(prepared, options, tally, timed)
  const { folder, model } = prepared
  // A document whose operations have several servers makes several services.
  const operations = { ...none }
  for (const file of new Set(model.services.map((service) => service.file))) {
    const own = model.services.filter((service) => service.file === file)
    operations[realpathSync(resolve(folder, file))] = new Set(
      own.flatMap((service) => service.operations.map(({ reference }) => reference)),
    ).size
  }
  const { leftOut, clients } = prepared
  return { ...known, operations, clients: clients.length, refused: null, leftOut, counts: tally.counts }
}

/** The result of an entry whose examination ended with an exception. */
export function unexamined({ name, specs }: Entry, error: unknown): Examination {
  const tally = new Tally()
  tally.fail('harness', name, reasonOf(error))
  const operations = Object.fromEntries(specs.map((file) => [file, 0]))
  return { name, operations, clients: 0, refused: null, leftOut: [], counts: tally.counts, timings: {} }
}

async function callEverything(
  { model, clients, folder, out }: Prepared,
  options: ExamineOptions,
  tally: Tally,
  timed: <T>(name: string, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const received: ReceivedRequest[] = []
  const originals = createOriginals()
  const original = ({ comment }: RoutePlan): OriginalOperation => {
    const [file = '', reference = ''] = comment.split(/ > (.*)/s)
    return originals.operation(resolve(folder, file), reference)
  }
  const complaints = new Map<string, Complaint>()
  const system = await timed('start', () =>
    startSystem({
      model,
      plan: { clients },
      out,
      port: 0,
      identityPort: 0,
      node: process.execPath,
      preload: [],
      env: { PATH: process.env['PATH'] },
      onRequest: (request) => received.push(request),
      onLog: (client, line) => {
        const complaint = complaintIn(client, line)
        if (complaint !== null) complaints.set(JSON.stringify(complaint), complaint)
      },
    }),
  ).catch((error: unknown) => {
    tally.fail('start', clients.map(({ id }) => id).join(', '), error instanceof Error ? error.message : String(error))
    return null
  })
  if (system === null) return
  try {
    for (const client of system.clients) {
      tally.pass('start')
      const plan = clients.find(({ id }) => id === client.id)
      if (plan === undefined) throw new Error(`There is no plan of ${client.id}.`)
      const published = publishedBy(plan, out)
      tally.settle('contract', client.id, lostParts(plan, model.services, published))
      const subject = { system, client, plan, published, received, original }
      await timed('calls', () => exercise(subject, options, tally)).catch((error: unknown) =>
        tally.fail('harness', client.id, reasonOf(error)),
      )
    }
  } finally {
    await system.close()
  }
  // Complaints are complete only after the gateways have ended. Some are expected: the simulator cannot distinguish
  // operations of the same method and path, and its answer to an operation without a documented success is
  // undocumented.
  for (const [text, { client, route, what }] of complaints) {
    const routes = clients.find(({ id }) => id === client)?.routes.map((planned) => planned.route) ?? []
    const own = routes.find(({ id }) => id === route)
    const twins = routes.filter(
      ({ action }) => action.method === own?.action.method && action.path === own?.action.path,
    )
    const knowsSuccess = own?.answers.statuses.some((status) => status.startsWith('2')) ?? true
    if (twins.length === 1 && (what !== 'status' || knowsSuccess)) tally.fail('answer', client, `complains: ${text}`)
  }
}

/** A log line of a gateway about an answer that is not as documented. */
interface Complaint {
  readonly client: string
  readonly route: unknown
  readonly status: unknown
  readonly what: unknown
  readonly faults: unknown
}

function complaintIn(client: string, line: string): Complaint | null {
  if (!line.includes('the answer of a service does not match its contract')) return null
  const { route, status, what, faults } = JSON.parse(line) as Readonly<Record<string, unknown>>
  return { client, route, status, what, faults }
}

/** The contract that a client's gateway publishes. */
export function publishedBy(plan: ClientPlan, out: string): PublishedContract {
  const text = readFileSync(join(out, plan.id, 'openapi.json'), 'utf8')
  const linear = new Set(plan.services.flatMap(({ schemas }) => schemas.linear))
  return readContract(JSON.parse(text) as Readonly<Record<string, unknown>>, [...linear])
}
