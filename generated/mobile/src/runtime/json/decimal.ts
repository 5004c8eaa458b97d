import { JsonNumber } from './value.ts'
import { work } from './work.ts'

/** An exact decimal number: sign times digits times ten to the exponent. Zero has no digits. */
export interface Decimal {
  readonly negative: boolean
  /** Without leading and trailing zeros. */
  readonly digits: string
  /** At most `maxExponent`, and at least its negative: numbers beyond it are not told apart by size. */
  readonly exponent: number
}

/** Steps of exact arithmetic with one number (rule P15). */
const exactSteps = 40
const maxExponent = 1e12

const zero: Decimal = { negative: false, digits: '', exponent: 0 }
const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/

/** The exact value of a number. The text must have JSON's grammar. */
export function toDecimal(number: number | JsonNumber): Decimal {
  work.spend(exactSteps)
  return decimalOf(number instanceof JsonNumber ? number.text : String(number))
}

function decimalOf(text: string): Decimal {
  const found = parts.exec(text)
  if (found === null) return zero
  const [, sign, whole = '', fraction = '', power = '0'] = found
  const all = whole + fraction
  let from = 0
  while (from < all.length && all[from] === '0') from += 1
  let to = all.length
  while (to > from && all[to - 1] === '0') to -= 1
  if (from === to) return zero
  return {
    negative: sign === '-',
    digits: all.slice(from, to),
    exponent: Math.max(-maxExponent, Math.min(maxExponent, Number(power))) - fraction.length + (all.length - to),
  }
}

/** Whether reading the number as a double and printing it again would change its value. */
export function losesDigits(text: string): boolean {
  if (text.length <= 15 && !/[eE]/.test(text)) return false
  const double = Number(text)
  if (!Number.isFinite(double)) return true
  // Most numbers are written as JavaScript prints them; and a double of the usual range holds any 15 digits.
  const size = Math.abs(double)
  if ((text.length <= 15 && size > 1e-300 && size < 1e300) || String(double) === text) return false
  work.spend(exactSteps)
  return compare(decimalOf(text), decimalOf(String(double))) !== 0
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right`. */
export function compare(left: Decimal, right: Decimal): number {
  if (left.digits === '' || right.digits === '') return signOf(left) - signOf(right)
  if (left.negative !== right.negative) return left.negative ? -1 : 1
  const size = compareSizes(left, right)
  return left.negative ? -size : size
}

function compareSizes(left: Decimal, right: Decimal): number {
  const difference = left.digits.length + left.exponent - (right.digits.length + right.exponent)
  if (difference !== 0) return difference
  if (left.digits === right.digits) return 0
  return left.digits < right.digits ? -1 : 1
}

function signOf(value: Decimal): number {
  if (value.digits === '') return 0
  return value.negative ? -1 : 1
}

export function isWhole(value: Decimal): boolean {
  return value.exponent >= 0
}

/** Whether `value` is `divisor` times an integer, in exact decimal arithmetic: 0.3 is a multiple of 0.1. */
export function isMultiple(value: Decimal, divisor: Decimal): boolean {
  if (value.digits === '') return true
  if (divisor.digits === '') return false
  const shift = value.exponent - divisor.exponent
  // `digits` has no trailing zero, so it is not a multiple of a number that has one.
  if (shift < 0) return false
  const modulus = BigInt(divisor.digits)
  // More powers of ten than the modulus has bits change nothing: it has fewer factors 2 and 5, and ten no other ones.
  const power = 10n ** BigInt(Math.min(shift, 4 * divisor.digits.length))
  return (BigInt(value.digits) * power) % modulus === 0n
}

/** The same text for all notations of a value: `1`, `1.0` and `10e-1` are equal. */
export function canonicalNumber(number: number | JsonNumber): string {
  if (typeof number === 'number') return String(number === 0 ? 0 : number)
  const { negative, digits, exponent } = toDecimal(number)
  if (Math.abs(exponent) > maxExponent / 2) return number.text
  return `${negative ? '-' : ''}${digits}e${exponent}`
}
