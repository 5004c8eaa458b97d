import { JsonNumber } from './value.ts'

/** An exact decimal number: sign times digits times ten to the exponent. Zero has no digits. */
export interface Decimal {
  readonly negative: boolean
  /** Without leading and trailing zeros. */
  readonly digits: string
  readonly exponent: number
}

const zero: Decimal = { negative: false, digits: '', exponent: 0 }
const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/

/** The exact value of a number. The text must have JSON's grammar. */
export function toDecimal(number: number | JsonNumber): Decimal {
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
    exponent: Number(power) - fraction.length + (all.length - to),
  }
}

/** Whether reading the number as a double and printing it again would change its value. */
export function losesDigits(text: string): boolean {
  if (text.length <= 15 && !/[eE]/.test(text)) return false
  const double = Number(text)
  if (!Number.isFinite(double)) return true
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
  return (BigInt(value.digits) * powerOfTen(shift, modulus)) % modulus === 0n
}

/** Ten to the exponent, modulo `modulus`. Repeated squaring takes about 30 steps for `1e999999999`. */
function powerOfTen(exponent: number, modulus: bigint): bigint {
  let rest = BigInt(exponent)
  let base = 10n % modulus
  let result = 1n % modulus
  while (rest > 0n) {
    if (rest & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
    rest >>= 1n
  }
  return result
}

/** The same text for all notations of a value: `1`, `1.0` and `10e-1` are equal. */
export function canonicalNumber(number: number | JsonNumber): string {
  if (typeof number === 'number') return String(number === 0 ? 0 : number)
  const { negative, digits, exponent } = toDecimal(number)
  return `${negative ? '-' : ''}${digits}e${exponent}`
}
