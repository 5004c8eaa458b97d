import { escaped } from './characters.ts'

/**
 * Characters printed without escapes, besides ASCII: letters and punctuation of left-to-right scripts with a known width. All
 * others are escaped, so that a line of source looks like what it contains.
 */
const narrow =
  /[\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037e\u0384-\u0386\u0388-\u03ce\u03d0-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20b9]/
const wide = /[\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/

const short: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string literal in the quotes that the formatter prefers: single, unless that takes more escapes than double. */
export function quote(text: string): string {
  // Fast path for nearly every string of a gateway.
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `'${text}'`
  const mark = count(text, "'") > count(text, '"') ? '"' : "'"
  let out = mark
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i)
    if (unit === mark) out += `\\${mark}`
    else if (short[unit] !== undefined) out += short[unit]
    else if ((unit >= ' ' && unit <= '~') || narrow.test(unit) || wide.test(unit)) out += unit
    else out += escaped(unit)
  }
  return out + mark
}

/** Width of printed text, in columns. */
export function width(text: string): number {
  let columns = text.length
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x3000 && wide.test(text.charAt(i))) columns++
  return columns
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1
}
