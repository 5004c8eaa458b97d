import { expect, test } from '@jest/globals'
import { catalogue } from '../../templates/runtime/words/problems.ts'
import { type Reasoned, reasons } from '../../templates/runtime/words/reasons.ts'
import { filesBelow, read } from './files.ts'

/** The runtime without the list itself. */
const runtime = filesBelow('templates/runtime')
  .filter((file) => !file.endsWith('words/reasons.ts'))
  .map(read)

/** The rows of the table in docs/gateway.md: reason, statuses, what was wrong, what to do. */
const rows = [...read('docs/gateway.md').matchAll(/^\| `([a-z-]+)` \| ([0-9x, ]+) \| (.+) \| (.+) \|$/gm)].map(
  ([, reason = '', statuses = '', ...texts]) => ({ reason, statuses, texts }),
)

/** The statuses of the problems that have a reason; that of a service's refusal is the service's. */
function statusesOf(reason: string): string {
  const names = (Object.keys(reasons) as Reasoned[]).filter((name) => reasons[name].some((one) => one === reason))
  return names.map((name) => (name === 'refused' ? '4xx' : String(catalogue[name].status))).join(', ')
}

test('docs/gateway.md has a row for every reason, with its statuses, and for nothing else', () => {
  const known = new Set<string>(Object.values(reasons).flat())
  expect(rows.map(({ reason }) => reason).sort()).toEqual([...known].sort())
  for (const { reason, statuses } of rows) expect(`${reason} ${statuses}`).toBe(`${reason} ${statusesOf(reason)}`)
})

test('every row says what was wrong and what to do', () => {
  expect(rows.filter(({ texts }) => texts.some((text) => !/^[A-Z`].*\.$/.test(text)))).toEqual([])
})

test('every reason is given somewhere in the runtime', () => {
  const unused = Object.values(reasons)
    .flat()
    .filter((reason) => !runtime.some((text) => text.includes(`'${reason}'`)))
  expect(unused).toEqual([])
})
