const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const time = String.raw`\d{2}:\d{2}:\d{2}`
const preferred = new RegExp(String.raw`^${day}, \d{2} ${month} \d{4} ${time} GMT$`)
const obsolete = new RegExp(String.raw`^${day}[a-z]*, \d{2}-${month}-\d{2} ${time} GMT$`)
const asctime = new RegExp(String.raw`^${day} ${month} [ \d]\d ${time} \d{4}$`)

/** Milliseconds since the epoch of a date in one of the three forms of RFC 9110 section 5.6.7; `null` for other text. */
export function parseHttpDate(text: string): number | null {
  const zoned = asctime.test(text) ? `${text} GMT` : preferred.test(text) || obsolete.test(text) ? text : null
  const parsed = zoned === null ? Number.NaN : Date.parse(zoned)
  return Number.isNaN(parsed) ? null : parsed
}
