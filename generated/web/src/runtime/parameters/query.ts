import { decodePercent } from '../words/percent.ts'
import { decodeForm } from './percent.ts'

/** Raw values by decoded name, in the order received. In a map no name has a special meaning (rule P11). */
export type Pairs = ReadonlyMap<string, readonly string[]>

type PairsOutcome =
  | { readonly kind: 'pairs'; readonly pairs: Pairs }
  | { readonly kind: 'fault'; readonly detail: string }

/** Pairs that every query may have, whatever the contract says. */
export const leastPairs = 100

const noPairs: PairsOutcome = { kind: 'pairs', pairs: new Map() }

/**
 * Parses a query to flat names and values; brackets make no nesting. Values stay encoded, because delimiters can be recognised
 * only before decoding; every escape is checked. `most`: the maximum number of pairs.
 */
export function parsePairs(text: string, most: number = leastPairs): PairsOutcome {
  if (text === '') return noPairs
  if (/[^\x21-\x7e]/.test(text)) return { kind: 'fault', detail: 'has a character that must be encoded' }
  const parts = text.split('&', most + 2)
  if (parts.length > most) return { kind: 'fault', detail: `has more than ${most} parameters` }
  const pairs = new Map<string, string[]>()
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decodeForm(equals < 0 ? part : part.slice(0, equals))
    const raw = equals < 0 ? '' : part.slice(equals + 1)
    if (name === null || decodePercent(raw) === null)
      return { kind: 'fault', detail: 'has an invalid percent-encoding' }
    const values = pairs.get(name)
    if (values === undefined) pairs.set(name, [raw])
    else values.push(raw)
  }
  return { kind: 'pairs', pairs }
}
