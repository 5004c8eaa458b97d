import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Plan } from '../plan/types.ts'
import type { JsonObject } from '../read/types.ts'
import { exactJson } from '../support/index.ts'
import { declarations } from './declarations.ts'
import { helpersShare } from './share.ts'

/** Declarations that have been printed already, by their document. One that is missing is still to be printed. */
export type Printed = ReadonlyMap<JsonObject, string>

/** A document that is to be printed: the arguments of `declarations`. */
export type Task = readonly [document: JsonObject, isContract: boolean]

/** One text for each task; `null` where printing threw. */
export type Texts = readonly (string | null)[]

/**
 * Prints the declarations of large documents on two threads at once: it is most of the work of a run, and TypeScript's printer knows
 * only one. What cannot be printed is left for `emit` to find, and to report.
 */
export async function printAhead({ clients }: Plan): Promise<Printed> {
  const tasks = clients.flatMap(({ contract, services }): Task[] => [
    [contract, true],
    ...services.map(({ types }): Task => [types, false]),
  ])
  const texts = canHelp ? tasks.map((task) => exactJson(task)) : []
  const share = helpersShare(texts.map(({ length }) => length))
  const printed = new Map<JsonObject, string>()
  if (share.length === 0) return printed

  const helper = help(share.map((index) => texts[index] ?? ''))
  const keep = (index: number | undefined, text: string | null): void => {
    const [document] = tasks[index ?? -1] ?? []
    if (document !== undefined && text !== null) printed.set(document, text)
  }
  for (const [index, task] of tasks.entries()) if (!share.includes(index)) keep(index, attempt(task))
  for (const [position, text] of (await helper).entries()) keep(share[position], text)
  return printed
}

/** Sources are run as they are by tests only, and a thread would not know how. */
const canHelp = import.meta.url.endsWith('.js') && availableParallelism() > 1

/** @param tasks as JSON, which passes between threads faster than objects do */
function help(tasks: readonly string[]): Promise<Texts> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./helper.js', import.meta.url), { workerData: tasks })
    worker.once('message', resolve)
    // Whatever ended it early: then there was no help.
    worker.once('error', () => resolve([]))
    worker.once('exit', () => resolve([]))
  })
}

/** As `declarations`, but `null` where that throws. */
export function attempt([document, isContract]: Task): string | null {
  try {
    return declarations(document, isContract)
  } catch {
    return null
  }
}
