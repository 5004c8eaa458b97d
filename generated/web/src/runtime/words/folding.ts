import { decodePercent } from './percent.ts'

/** ASCII without control characters and spaces: case is the only difference that readers ignore. */
const plain = /^[\x21-\x7e]*$/
/** Characters that comparisons by collation ignore: control characters, and those without a visible form such as U+200B. */
const ignorable = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Marks beyond the fourth of a row: normalisation sorts them, in quadratic time. Halfwidth sound marks are letters that become marks.
 */
const manyMarks = /([\p{M}\uff9e\uff9f]{4})[\p{M}\uff9e\uff9f]+/gu

/**
 * Two texts with the same folded form may be one name or one path segment for a service: readers such as encoding/json of Go and
 * ASP.NET ignore case, and others ignore full-width forms, the long s, the dot of an i, or white space at the ends. It is the widest
 * of these foldings, so texts may be the same here that one service tells apart (rules P13, R8).
 */
export function foldText(text: string): string {
  return plain.test(text) ? text.toLowerCase() : foldedOnce(foldedOnce(text))
}

/** Steps of folding a text (rule P15): normalisation makes up to 18 characters of one. */
export function foldingSteps(text: string): number {
  return plain.test(text) ? 2 + (text.length >> 3) : 100 + 50 * text.length
}

/** The second time folds what normalisation has made of capitals, so that folding a folded text changes nothing. */
function foldedOnce(text: string): string {
  return text
    .replace(ignorable, '')
    .replace(manyMarks, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('\u0131', 'i')
    .replaceAll('\u03c2', '\u03c3')
    .normalize('NFKC')
    .trim()
}

/** Decodings of a text that are tried. */
const decodings = 3

/**
 * Whether a service may read percent-encoded text as one that satisfies the test, which gets folded text. Some services decode it again;
 * some keep what folding removes: a parameter of `{id}.json` may be a space.
 */
export function someReading(encoded: string, test: (folded: string) => boolean): boolean {
  let text = decodedRuns(encoded)
  for (let i = 1; ; i++) {
    if (test(foldText(text)) || (!plain.test(text) && test(foldedSingly(text)))) return true
    const next = i < decodings ? decodedRuns(text) : text
    if (next === text) return false
    text = next
  }
}

/** Percent-encoded text, decoded as often as that changes it and folded. */
export function foldEncoded(text: string): string {
  let decoded = text
  for (let i = 0; i < decodings; i++) decoded = decodedRuns(decoded)
  return foldText(decoded)
}

/** Decodes each run of escapes that is UTF-8, whatever stands beside it. */
function decodedRuns(text: string): string {
  if (!text.includes('%')) return text
  return decodePercent(text) ?? text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decodePercent(run) ?? run)
}

/** As `foldText`, but no character is removed, and none is composed with the next. */
function foldedSingly(text: string): string {
  let folded = ''
  for (const character of text) folded += foldText(character) || character
  return folded
}
