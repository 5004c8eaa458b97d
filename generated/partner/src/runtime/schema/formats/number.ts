import { compare, isWhole, JsonNumber, toDecimal } from '../../json/index.ts'

const least64 = toDecimal(new JsonNumber('-9223372036854775808'))
const most64 = toDecimal(new JsonNumber('9223372036854775807'))

export function isInt32(value: number | JsonNumber): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -2147483648 && value <= 2147483647
}

/** Whether the exact value is a signed 64-bit integer. */
export function isInt64(value: number | JsonNumber): boolean {
  if (Number.isSafeInteger(value)) return true
  const decimal = toDecimal(value)
  return isWhole(decimal) && compare(decimal, least64) >= 0 && compare(decimal, most64) <= 0
}
