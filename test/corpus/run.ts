import { parseArgs } from 'node:util'
import { namedEntries, publicDocuments, publicEntries } from './entries.ts'
import { type Examination, examine } from './examine.ts'
import { linesOf, reportOf } from './report.ts'
import { createTypeChecker } from './typecheck.ts'
import { openWorkshop } from './workshop.ts'

// `npm run corpus`: examines every public document, or the given ones, up to calls of the gateways. See
// CONTRIBUTING.md.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    invalid: { type: 'string', default: '40' },
    most: { type: 'string', default: '20' },
  },
})
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const all = positionals.length > 0 ? namedEntries(positionals) : publicEntries()
const entries = all.filter(({ name }) => values.only === undefined || new RegExp(values.only).test(name))
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
    })
    examinations.push(examination)
    for (const line of linesOf(examination, Number(values.most))) say(line)
  }
} finally {
  workshop.remove()
}
const report = reportOf(examinations, Math.round((performance.now() - started) / 1000))
const { entries: _, ...counts } = report
say(JSON.stringify(values.json ? report : counts))
/** Swagger 2 and documents without operations: a gateway is not possible, so their refusal is not a failure. */
const isNoApi = ({ refused }: Examination): boolean =>
  refused === null || refused.codes.some((code) => code === 'GW1108' || code === 'GW2101')
process.exitCode = report.failed > 0 || !examinations.every(isNoApi) ? 1 : 0
