import { faultAt, indentOf, isBlank, type Recogniser, type Stop } from './types.ts'

interface Opening {
  readonly mark: '[' | '{' | "'" | '"'
  readonly line: number
  readonly column: number
}

const closing = { '[': ']', '{': '}', "'": "'", '"': '"' } as const

/** A bracket, brace or quote that is not closed. */
export const unclosed: Recogniser = (stop) => {
  if (!/deficient indentation|unexpected end|document separator|end of the stream|flow/.test(stop.reason)) return null
  const open = openAt(stop)
  const inner = open.at(-1)
  if (inner === undefined || isClosedBelow(stop, open, inner)) return null
  const text = (stop.lines[inner.line] ?? '').trim()
  const isQuote = inner.mark === "'" || inner.mark === '"'
  const what = `the ${isQuote ? 'quote' : `\`${inner.mark}\``} that opens here is not closed`
  const own = open.filter(({ line }) => line === inner.line).reverse()
  const ends = own.map(({ mark }) => closing[mark]).join('')
  const remedy = isQuote
    ? `Write \`${inner.mark}\` where the text ends.`
    : `Write \`${closing[inner.mark]}\` where it ends, for example\n    ${text.replace(/,$/, '')}${ends.length > 1 || text.endsWith('}') ? ` ${ends}` : ends}`
  return faultAt(inner.line, [inner.column, inner.column + 1], what, remedy)
}

/** Whether it is closed behind the place where the parser stopped: then a line within it is indented too little. */
function isClosedBelow({ lines, line }: Stop, open: readonly Opening[], inner: Opening): boolean {
  const still = [...open]
  for (let at = line; at < lines.length && still.includes(inner); at++) scan(lines[at] ?? '', at, still)
  return !still.includes(inner)
}

/** What is open where the parser stopped, from the last line above that is not indented deeper. */
function openAt({ lines, line }: Stop): readonly Opening[] {
  const indent = indentOf(lines[line] ?? '')
  let first = line
  const isWithin = (at: number): boolean => isBlank(lines[at] ?? '') || indentOf(lines[at] ?? '') > indent
  do first--
  while (first > 0 && isWithin(first))
  const open: Opening[] = []
  for (let at = Math.max(0, first); at < line; at++) scan(lines[at] ?? '', at, open)
  return open
}

/** Notes what a line opens and closes. Quotes and brackets count where a value can begin. */
function scan(text: string, line: number, open: Opening[]): void {
  for (let column = 0; column < text.length; column++) {
    const [mark = '', inner] = [text[column], open.at(-1)?.mark]
    if (inner === "'" || inner === '"') {
      if (mark === '\\' && inner === '"') column++
      else if (mark === inner && inner === "'" && text[column + 1] === "'") column++
      else if (mark === inner) open.pop()
      continue
    }
    const before = text.slice(0, column)
    if (mark === '#' && /(?:^|\s)$/.test(before)) return
    const isStart = /(?:^\s*|[:,-]\s+|[[{,]\s*)$/.test(before)
    if (isStart && (mark === '[' || mark === '{' || mark === "'" || mark === '"')) open.push({ mark, line, column })
    else if (inner !== undefined && mark === closing[inner]) open.pop()
  }
}
