import { createRequire } from 'node:module'

/** The members of recheck's result that are used here. */
interface Answer {
  readonly status: 'safe' | 'vulnerable' | 'unknown'
  readonly complexity?: { readonly type: string; readonly degree?: number }
}

type CheckSync = (source: string, flags: string, parameters: Readonly<Record<string, number | string | null>>) => Answer

/**
 * Limits in steps, not in time, so that the verdict is the same on every machine. Lengths are limited because long
 * attack strings could exhaust the memory.
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
  /**
   * Complexity for texts of any length where it can be proven, and attacks derived from the pattern's structure. Does
   * not terminate for nested counts.
   */
  'in general': { checker: 'auto', seeder: 'static' },
  /** Attacks found by running the pattern. */
  'as counted': { checker: 'fuzz', seeder: 'dynamic' },
} as const

/** Longer patterns are not analysed. */
const maxLength = 500

let checkSync: CheckSync | null = null

/**
 * The degree of the polynomial that bounds the time of a match: 1 is linear, infinity is exponential or unknown.
 * recheck is loaded on first use, because hardly any pattern needs it, and from the one file of it that starts neither
 * processes nor threads.
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
