import { compare, isMultiple, JsonNumber, toDecimal } from '../../json/index.ts'
import { type Check, fail } from '../fault.ts'
import { numberFormats } from '../formats/index.ts'
import { type Node, numberAt, textAt } from '../node.ts'

type Numeric = number | JsonNumber

/** The checks of a number. Two doubles are compared directly; where one side has more digits, the comparison is exact. */
export function numberChecks(node: Node): readonly Check[] {
  const checks: Check[] = []
  const bound = (keyword: string, fits: (order: number) => boolean, words: string): void => {
    const limit = numberAt(node, keyword)
    if (limit !== undefined) {
      checks.push(numeric((value) => fits(order(value, limit)), `must be ${words} ${textOf(limit)}`))
    }
  }
  bound('minimum', (sign) => sign >= 0, 'at least')
  bound('maximum', (sign) => sign <= 0, 'at most')
  bound('exclusiveMinimum', (sign) => sign > 0, 'more than')
  bound('exclusiveMaximum', (sign) => sign < 0, 'less than')
  const divisor = numberAt(node, 'multipleOf')
  if (divisor !== undefined) checks.push(numeric(multipleOf(divisor), `must be a multiple of ${textOf(divisor)}`))
  const format = numberFormats.get(textAt(node, 'format') ?? '')
  if (format !== undefined) checks.push(numeric(format.test, format.detail))
  return checks
}

function numeric(fits: (value: Numeric) => boolean, detail: string): Check {
  return (value, faults) => fits(value as Numeric) || fail(faults, detail)
}

function order(value: Numeric, limit: Numeric): number {
  if (typeof value === 'number' && typeof limit === 'number') return value - limit
  return compare(toDecimal(value), toDecimal(limit))
}

function multipleOf(divisor: Numeric): (value: Numeric) => boolean {
  const exact = toDecimal(divisor)
  const isWhole = Number.isSafeInteger(divisor)
  const units = isWhole ? Number(divisor) : Number(exact.digits)
  const scale = isWhole ? 1 : 10 ** -exact.exponent
  const isShort = isWhole || (exact.exponent <= 0 && exact.exponent >= -15 && exact.digits.length <= 15)
  return (value) => {
    if (isShort && typeof value === 'number') {
      // A quotient of two such integers is the double nearest to the decimal number, so it is the value or the value has more places.
      const whole = Math.round(value * scale)
      if (Math.abs(whole) < 1e15) return whole / scale === value && whole % units === 0
    }
    return isMultiple(toDecimal(value), exact)
  }
}

function textOf(number: Numeric): string {
  return number instanceof JsonNumber ? number.text : String(number)
}
