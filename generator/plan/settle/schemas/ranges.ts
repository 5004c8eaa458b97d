import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isNumber, isText } from './values.ts'

/** Lower and upper bounds by the kind of value that they limit. */
const bounds: Readonly<Record<string, readonly [least: string, most: string]>> = {
  number: ['minimum', 'maximum'],
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
  object: ['minProperties', 'maxProperties'],
}

interface Bound {
  readonly keyword: string
  readonly value: number
  readonly excluded: boolean
}

interface Range {
  readonly low: Bound
  readonly high: Bound
}

function rangeOf(least: string, most: string, nodes: readonly JsonObject[]): Range {
  const numbers = (keyword: string) =>
    nodes.flatMap((node) => {
      const value = node[keyword]
      return value !== undefined && isNumber(value) ? [Number(value)] : []
    })
  const from = Math.max(Number.NEGATIVE_INFINITY, ...numbers(least))
  const to = Math.min(Number.POSITIVE_INFINITY, ...numbers(most))
  const low: Bound = { keyword: least, value: from, excluded: false }
  const high: Bound = { keyword: most, value: to, excluded: false }
  if (least !== 'minimum') return { low, high }
  const above = Math.max(Number.NEGATIVE_INFINITY, ...numbers('exclusiveMinimum'))
  const below = Math.min(Number.POSITIVE_INFINITY, ...numbers('exclusiveMaximum'))
  return {
    low: above < from ? low : { keyword: 'exclusiveMinimum', value: above, excluded: true },
    high: below > to ? high : { keyword: 'exclusiveMaximum', value: below, excluded: true },
  }
}

/** Why no value of a kind is within the bounds of all schemas; `null`: there may be one. */
export function emptyRange(kind: string, nodes: readonly JsonObject[]): string | null {
  const [least, most] = bounds[kind] ?? []
  if (least === undefined || most === undefined) return null
  const { low, high } = rangeOf(least, most, nodes)
  const words = (bound: Bound): string => `(\`${bound.keyword}\` ${bound.value})`
  if (low.value > high.value) return `the lower bound ${words(low)} is above the upper one ${words(high)}`
  if (low.value < high.value || !(low.excluded || high.excluded)) return null
  return `nothing is between the lower bound ${words(low)} and the upper one ${words(high)}`
}

/** Whether a listed value is within the bounds of all schemas. Lists and objects always are. */
export function fitsRanges(value: JsonValue, nodes: readonly JsonObject[]): boolean {
  if (isNumber(value)) {
    const { low, high } = rangeOf('minimum', 'maximum', nodes)
    return Number(value) >= low.value && Number(value) <= high.value
  }
  if (!isText(value)) return true
  const { low, high } = rangeOf('minLength', 'maxLength', nodes)
  return [...value].length >= low.value && [...value].length <= high.value
}
