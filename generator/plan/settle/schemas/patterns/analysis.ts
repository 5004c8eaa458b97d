import { createRequire } from 'node:module'

/** The part of recheck's answer that counts here. */
interface Answer {
  readonly status: 'safe' | 'vulnerable' | 'unknown'
  readonly complexity?: { readonly type: string; readonly degree?: number }
}

type CheckSync = (source: string, flags: string, parameters: Readonly<Record<string, number | string | null>>) => Answer

/**
 * Limits counted in steps, never in time, so that the verdict is the same on every machine. Without them a pattern could take all
 * memory: some attacks are long.
 */
const parameters = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  recallTimeout: -1,
  attackLimit: 500_000,
  incubationLimit: 25_000,
  maxAttackStringSize: 4_000,
  maxRecallStringSize: 4_000,
  maxIteration: 5,
  maxNFASize: 10_000,
  randomSeed: 0,
} as const

const ways = {
  /** What holds for ever longer texts, if that can be told, and texts made by looking at the pattern; neither ends for counts within counts. */
  'in general': { checker: 'auto', seeder: 'static' },
  /** Texts made by running the pattern. */
  'as counted': { checker: 'fuzz', seeder: 'dynamic' },
} as const

/** Longer ones are not worth the search. */
const maxLength = 500

let checkSync: CheckSync | null = null

/**
 * The degree of the polynomial that bounds the time of a match; 1 is linear, infinity exponential or unknown. Loaded on first use,
 * and from its one file that starts neither processes nor threads: hardly any pattern needs it.
 */
export function analyse(source: string, way: 'in general' | 'as counted'): number {
  if (source.length > maxLength) return Number.POSITIVE_INFINITY
  checkSync ??= (createRequire(import.meta.url)('recheck/lib/browser.js') as { readonly checkSync: CheckSync })
    .checkSync
  const { status, complexity } = checkSync(source, 'u', { ...parameters, ...ways[way] })
  if (status === 'safe') return 1
  return status === 'vulnerable' && complexity?.type === 'polynomial'
    ? (complexity.degree ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY
}
