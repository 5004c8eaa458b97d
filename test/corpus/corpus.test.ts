import { afterAll, describe, expect, test } from '@jest/globals'
import { type Entry, publicDocuments, publicEntries } from './entries.ts'
import { type Examination, examine } from './examine.ts'
import { linesOf } from './report.ts'
import { createTypeChecker } from './typecheck.ts'
import { openWorkshop } from './workshop.ts'

// The part of the corpus that runs with all tests. `npm run corpus` runs all of it, and calls each route many more
// times.

const wanted = [
  'aws-retail-store',
  'museum',
  'open-banking-uk',
  'paypal',
  'petstore/petstore-3.0',
  'spotify/fixed-spotify-open-api',
]
const entries = publicEntries().filter(({ name }) => wanted.includes(name))

/** Timeout of one entry, in ms, on a busy machine. */
const patience = 120_000

const workshop = openWorkshop()
const types = createTypeChecker()
const report: string[] = entries.length > 0 ? [] : [`No documents in ${publicDocuments}: the corpus was not tried.`]
afterAll(() => {
  workshop.remove()
  process.stderr.write(`${report.join('\n')}\n`)
})

const suite = entries.length > 0 ? describe : describe.skip
suite('public documents become gateways that keep what they promise', () => {
  const rows: (readonly [string, Entry])[] = entries.map((entry) => [entry.name, entry])
  test.each(rows)(
    '%s',
    async (_, entry) => {
      const examination = await examine(entry, workshop, types, {
        clients: ['app:jwt', 'partner:api-key:external'],
        invalid: 1,
        everyMediaType: false,
      })
      report.push(...linesOf(examination, 0))
      expect(problemsOf(examination)).toEqual([])
    },
    patience,
  )

  test('all named documents exist', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual(wanted)
  })
})

/** An answer that the document does not describe is left out for the external client, rightly. The other client has it. */
function problemsOf({ refused, leftOut, counts }: Examination): readonly unknown[] {
  const wrong = leftOut.filter(({ client, code }) => !(client === 'partner' && code === 'GW3340'))
  return [...(refused === null ? [] : [refused]), ...wrong, ...counts.unsampled, ...counts.failures]
}
