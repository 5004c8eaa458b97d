// RFC 3339 section 5.6 and appendix A, as fixed-width checks without backtracking.

const date = /^\d\d\d\d-\d\d-\d\d$/
const time = /^\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[-+]\d\d:\d\d)$/i
/** A space is the other separator that RFC 3339 section 5.6 names. */
const separator = /[Tt ]/
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The number that the two digits at a position make. */
function pair(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30
}

export function isDate(text: string): boolean {
  if (!date.test(text)) return false
  const year = pair(text, 0) * 100 + pair(text, 2)
  const month = pair(text, 5)
  const day = pair(text, 8)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && leap ? 29 : (days[month - 1] ?? 0)
  return day >= 1 && day <= last
}

/** A time with an offset. Second 60 is allowed only at 23:59 UTC. */
export function isTime(text: string): boolean {
  if (!time.test(text)) return false
  const hour = pair(text, 0)
  const minute = pair(text, 3)
  const second = pair(text, 6)
  const offset = offsetOf(text)
  if (hour > 23 || minute > 59 || second > 60 || offset === null) return false
  return second < 60 || (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439
}

/** Minutes east of UTC; `null` for more than 23 hours or 59 minutes. */
function offsetOf(text: string): number | null {
  const last = text.length - 1
  if (text[last] === 'Z' || text[last] === 'z') return 0
  const hours = pair(text, last - 4)
  const minutes = pair(text, last - 1)
  if (hours > 23 || minutes > 59) return null
  return (hours * 60 + minutes) * (text[last - 5] === '-' ? -1 : 1)
}

export function isDateTime(text: string): boolean {
  return separator.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11))
}

/** `P1Y2M3DT4H5M6S` or `P7W`; at least one part, and at least one after `T`. */
export function isDuration(text: string): boolean {
  if (/^P\d+W$/.test(text)) return true
  const found = /^P((?:\d+Y)?(?:\d+M)?(?:\d+D)?)(?:T((?:\d+H)?(?:\d+M)?(?:\d+S)?))?$/.exec(text)
  if (found === null) return false
  return found[2] === undefined ? found[1] !== '' : found[2] !== ''
}
