import type { Examination } from './examine.ts'
import { type Check, checks } from './tally.ts'

/** All results as one object, for machines. */
export interface Report {
  /** Each document counts once, although documents of a set are examined alone and in the set. */
  readonly documents: number
  readonly operations: number
  /** Manifests. Each made one gateway for each client. */
  readonly manifests: number
  readonly routes: number
  readonly calls: number
  /** Calls with invalid requests. */
  readonly invalidCalls: number
  /** Routes that refused a caller without a credential with 401, and one without scopes with 403. */
  readonly unauthenticated: number
  readonly forbidden: number
  readonly passed: Readonly<Partial<Record<Check, number>>>
  readonly failed: number
  /** Documents without a gateway, each with the reason. */
  readonly refused: readonly string[]
  /** Operations that a client lacks, each with the reason. */
  readonly leftOut: readonly string[]
  /** Requests that could not be sampled. */
  readonly unsampled: readonly string[]
  readonly seconds: number
  readonly entries: readonly Examination[]
}

export function reportOf(entries: readonly Examination[], seconds: number): Report {
  const sum = (of: (entry: Examination) => number): number => entries.reduce((total, entry) => total + of(entry), 0)
  const operations = new Map(entries.flatMap((entry) => Object.entries(entry.operations)))
  const passed = checks.map((check) => [check, sum(({ counts }) => counts.passed[check] ?? 0)] as const)
  return {
    documents: operations.size,
    operations: [...operations.values()].reduce((total, count) => total + count, 0),
    manifests: entries.filter(({ refused }) => refused === null).length,
    routes: sum(({ counts }) => counts.routes),
    calls: sum(({ counts }) => counts.calls),
    invalidCalls: sum(({ counts }) => counts.invalid),
    unauthenticated: sum(({ counts }) => counts.unauthenticated),
    forbidden: sum(({ counts }) => counts.forbidden),
    passed: Object.fromEntries(passed),
    failed: sum(({ counts }) => counts.failures.length),
    refused: entries.flatMap(({ name, refused }) => (refused === null ? [] : [`${name}: ${refused.words}`])),
    leftOut: entries.flatMap(({ name, leftOut }) =>
      leftOut.map(
        ({ client, operation, place, code, reason }) => `${name}: ${client} ${operation} (${place}): ${code} ${reason}`,
      ),
    ),
    unsampled: entries.flatMap(({ name, counts }) =>
      counts.unsampled.map(({ at, detail }) => `${name}: ${at}: ${detail}`),
    ),
    seconds,
    entries,
  }
}

/** Lines about one entry, for people. */
export function linesOf(entry: Examination, most: number): readonly string[] {
  const { name, operations, refused, leftOut, counts, timings } = entry
  if (refused !== null) {
    return [`${name}: refused by ${refused.stage}`, ...refused.words.split('\n').map((line) => `    ${line}`)]
  }
  const byCheck = checks.map((check) => {
    const failed = counts.failures.filter((failure) => failure.check === check).length
    const passed = counts.passed[check] ?? 0
    return failed === 0 ? (passed === 0 ? '' : `${check} ${passed}`) : `${check} ${passed}/${passed + failed}`
  })
  const described = Object.values(operations).reduce((total, one) => total + one, 0)
  const times = Object.entries(timings).map(([part, ms]) => `${part} ${(ms / 1000).toFixed(1)} s`)
  return [
    `${name}: ${Object.keys(operations).length} documents, ${described} operations, ${counts.routes} routes, ${counts.calls} calls, ${counts.invalid} of them invalid`,
    `    ${counts.unauthenticated} routes want a credential, ${counts.forbidden} a scope or role`,
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
  for (const { client, operation, place, code, reason } of leftOut) {
    const key = `${code} ${reason}`
    byReason.set(key, [...(byReason.get(key) ?? []), `${client} ${operation} (${place})`])
  }
  return [...byReason].flatMap(([reason, members]) => [
    `    left out: ${reason}`,
    ...members.map((member) => `        ${member}`),
  ])
}
