import { parseArgs } from 'node:util'
import { type Entry, namedEntries, publicDocuments, publicEntries, setNames } from './entries.ts'
import { type Examination, examine, unexamined } from './examine.ts'
import { linesOf, reportOf } from './report.ts'
import { createTypeChecker } from './typecheck.ts'
import { openWorkshop } from './workshop.ts'

// `npm run corpus`: examines every public document, or the sets, documents and folders that are named, up to calls of
// the gateways. See CONTRIBUTING.md.

/** Arguments that mean nothing. */
class Misuse extends Error {}

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof Misuse)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

/** Returns the exit code. */
async function run(): Promise<0 | 1> {
  const { values, positionals } = misusedIfThrown(read)
  const entries = entriesOf(positionals, values.only)
  if (entries.length === 0) say(`There are no documents in ${publicDocuments}: nothing to do.`)

  const workshop = openWorkshop()
  const types = createTypeChecker()
  const examinations: Examination[] = []
  const started = performance.now()
  try {
    for (const entry of entries) {
      const examination = await examine(entry, workshop, types, {
        clients: ['app:jwt', 'tool:api-key', 'partner:api-key:external'],
        invalid: Number(values.invalid),
        everyMediaType: true,
      }).catch((error: unknown) => unexamined(entry, error))
      examinations.push(examination)
      for (const line of linesOf(examination, Number(values.most))) say(line)
    }
  } finally {
    workshop.remove()
  }
  const report = reportOf(examinations, Math.round((performance.now() - started) / 1000))
  const { entries: _, ...counts } = report
  say(JSON.stringify(values.json ? report : counts))
  return report.failed > 0 || !examinations.every(isNoApi) ? 1 : 0
}

function read() {
  return parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      invalid: { type: 'string', default: '40' },
      most: { type: 'string', default: '20' },
    },
  })
}

/** The named entries, or all, of which `only` matches the name; empty if there are no public documents. */
function entriesOf(names: readonly string[], only: string | undefined): readonly Entry[] {
  const pattern = only === undefined ? null : misusedIfThrown(() => new RegExp(only))
  const { entries, unknown } = names.length > 0 ? namedEntries(names) : { entries: publicEntries(), unknown: [] }
  if (unknown.length > 0) {
    const sets = setNames()
    const choice = sets.length === 0 ? `there are none in ${publicDocuments}` : sets.join(', ')
    throw new Misuse(
      `Neither a set nor an OpenAPI document or a folder with one: ${unknown.join(', ')}\nThe sets: ${choice}`,
    )
  }
  const chosen = entries.filter(({ name }) => pattern?.test(name) !== false)
  if (entries.length > 0 && chosen.length === 0) {
    throw new Misuse(`--only matches none of the ${entries.length} entries.`)
  }
  return chosen
}

/** Swagger 2 and documents without operations: a gateway is not possible, so their refusal is not a failure. */
function isNoApi({ refused }: Examination): boolean {
  return refused === null || refused.codes.some((code) => code === 'GW1108' || code === 'GW2101')
}

function misusedIfThrown<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
