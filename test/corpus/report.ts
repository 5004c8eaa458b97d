import type { Examination } from './examine.ts'
import { checks } from './tally.ts'

/** Everything that was found out, as one object for machines. */
export interface Report {
  readonly documents: number
  readonly operations: number
  readonly routes: number
  readonly calls: number
  readonly passed: number
  readonly failed: number
  readonly unsampled: number
  readonly refused: number
  readonly leftOut: number
  readonly entries: readonly Examination[]
}

export function reportOf(entries: readonly Examination[]): Report {
  const sum = (of: (entry: Examination) => number): number => entries.reduce((total, entry) => total + of(entry), 0)
  return {
    documents: sum(({ documents }) => documents),
    operations: sum(({ operations }) => operations),
    routes: sum(({ counts }) => counts.routes),
    calls: sum(({ counts }) => counts.calls),
    passed: sum(passedOf),
    failed: sum(({ counts }) => counts.failures.length),
    unsampled: sum(({ counts }) => counts.unsampled.length),
    refused: entries.filter(({ refused }) => refused !== null).length,
    leftOut: sum(({ leftOut }) => leftOut.length),
    entries,
  }
}

function passedOf({ counts }: Examination): number {
  return Object.values(counts.passed).reduce((total, count) => total + count, 0)
}

/** Lines about one entry, for people. */
export function linesOf(entry: Examination, most: number): readonly string[] {
  const { name, documents, operations, refused, leftOut, counts, timings } = entry
  if (refused !== null) {
    return [`${name}: refused by ${refused.stage}`, ...refused.words.split('\n').map((line) => `    ${line}`)]
  }
  const byCheck = checks.map((check) => {
    const failed = counts.failures.filter((failure) => failure.check === check).length
    const passed = counts.passed[check] ?? 0
    return failed === 0 ? (passed === 0 ? '' : `${check} ${passed}`) : `${check} ${passed}/${passed + failed}`
  })
  const times = Object.entries(timings).map(([part, ms]) => `${part} ${(ms / 1000).toFixed(1)} s`)
  return [
    `${name}: ${documents} documents, ${operations} operations, ${counts.routes} routes, ${counts.calls} calls`,
    `    ${byCheck.filter((text) => text !== '').join(', ')} (${counts.exact} name the very place; ${counts.nothingWrong} routes without invalid input)`,
    `    ${times.join(', ')}`,
    ...leftOutLines(leftOut),
    ...counts.unsampled.slice(0, most).map(({ at, detail }) => `    UNSAMPLED ${at}: ${detail}`),
    ...counts.failures.slice(0, most).map(({ check, at, detail }) => `    FAILED ${check} ${at}: ${detail}`),
    ...(counts.failures.length > most ? [`    ... ${counts.failures.length - most} more`] : []),
  ]
}

function leftOutLines(leftOut: Examination['leftOut']): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const { client, operation, code, reason } of leftOut) {
    const key = `${code} ${reason}`
    byReason.set(key, [...(byReason.get(key) ?? []), `${client} ${operation}`])
  }
  return [...byReason].flatMap(([reason, members]) => [
    `    left out: ${reason}`,
    ...members.map((member) => `        ${member}`),
  ])
}
