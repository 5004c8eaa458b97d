import { faultAt, indentOf, isBlank, keyOfLine, lineAbove, type Recogniser, type Stop } from './types.ts'

// Lines that are indented wrongly, and what merges leave behind.

/** `<<<<<<<`, `=======`, `>>>>>>>`. */
export const conflict: Recogniser = ({ lines }) => {
  const [first, middle, last] = [/^<{7}(?: |$)/, /^={7}$/, /^>{7}(?: |$)/].map((marker) =>
    lines.findIndex((line) => marker.test(line)),
  )
  if (
    first === undefined ||
    middle === undefined ||
    last === undefined ||
    first < 0 ||
    !(first < middle && middle < last)
  ) {
    return null
  }
  const what = `it has a merge conflict in lines ${first + 1} to ${last + 1}`
  const remedy = 'Decide which lines stay, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`.'
  return faultAt(first, [0, lines[first]?.length ?? 1], what, remedy)
}

/** A tab is reported once for all lines: YAML cannot be indented with tabs. */
export const tabs: Recogniser = ({ lines, line, reason }) => {
  const found = lines.flatMap((text, index) => (/^ *\t\s*[^\s#]/.test(text) ? [index] : []))
  const near = found.find((index) => Math.abs(index - line) <= 1)
  if (near === undefined || (!reason.includes('tab') && near !== line)) return null
  const [first = near] = found
  const numbers = found.slice(0, 10).map((index) => String(index + 1))
  const more = found.length > numbers.length ? ` and ${found.length - numbers.length} more` : ''
  const listed =
    numbers.length === 1 ? `line ${numbers[0]} is` : `lines ${listOf(numbers, more === '' ? ' and ' : ', ')}${more} are`
  const spaces = indentOf(lines[lineAbove({ lines, line: first, column: 0, reason }, first) ?? 0] ?? '')
  const remedy = `Indent with spaces. The line above has ${spaces === 0 ? 'none' : spaces}.`
  return faultAt(first, [0, indentOf(lines[first] ?? '')], `${listed} indented with tabs`, remedy)
}

function listOf(items: readonly string[], last: string): string {
  return items.length === 1 ? items.join('') : `${items.slice(0, -1).join(', ')}${last}${items.at(-1)}`
}

/** A second `---`. */
export const documents: Recogniser = ({ lines, reason }) => {
  if (!reason.includes('several documents')) return null
  const marks = lines.flatMap((line, index) => (/^---(?:\s|$)/.test(line) ? [index] : []))
  const isFirst = lines.slice(0, marks[0] ?? 0).every(isBlank)
  const second = (isFirst ? marks[1] : marks[0]) ?? 0
  return faultAt(
    second,
    [0, 3],
    'it has several documents',
    'Keep one of them: remove the line `---`, and what belongs to the other.',
  )
}

/** A key below a key that has a value already, or below none. */
export const indentation: Recogniser = (stop) => {
  const { lines, line, reason } = stop
  const text = lines[line] ?? ''
  const key = keyOfLine(text)
  if (key === null || !reason.includes('indentation')) return null
  const indent = indentOf(text)
  const levels = levelsAbove(stop)
  const above = lineAbove(stop, line)
  const parent = above === null ? null : keyOfLine(lines[above] ?? '')
  const isDeeper = above !== null && indent > indentOf(lines[above] ?? '')
  if (levels.some((level) => level.indent === indent) || levels.length === 0) return null
  const how = (spaces: number): string =>
    spaces === 0 ? 'without spaces' : `with ${spaces} space${spaces === 1 ? '' : 's'}`
  const what =
    isDeeper && parent !== null
      ? `\`${key}\` is indented deeper than \`${parent}\`, which has a value already`
      : `\`${key}\` is indented ${how(indent)}, as no key above it is`
  const near = [...levels]
    .sort((a, b) => Math.abs(a.indent - indent) - Math.abs(b.indent - indent))
    .slice(0, isDeeper ? 1 : 2)
  const remedy = `Indent it ${near.map((one) => `${how(one.indent)}, as \`${one.key}\` in line ${one.line + 1}`).join(', or ')}.`
  return faultAt(line, [0, Math.max(1, indent)], what, remedy)
}

interface Level {
  readonly indent: number
  readonly key: string
  readonly line: number
}

/** The keys that a line can stand beside: the nearest of each indentation. */
function levelsAbove({ lines, line }: Stop): readonly Level[] {
  const levels: Level[] = []
  for (let at = line - 1; at >= 0; at--) {
    const text = lines[at] ?? ''
    const key = isBlank(text) ? null : keyOfLine(text)
    const indent = indentOf(text)
    if (key === null || indent >= (levels.at(-1)?.indent ?? Number.POSITIVE_INFINITY)) continue
    levels.push({ indent, key, line: at })
  }
  return levels
}

/** A line that is neither a key nor an item of a list. */
export const keyless: Recogniser = (stop) => {
  if (!/multiline key|implicit key/.test(stop.reason)) return null
  const line = lineAbove(stop, stop.line)
  const text = line === null ? '' : (stop.lines[line] ?? '')
  if (line === null || keyOfLine(text) !== null || /^\s*- /.test(text)) return null
  const remedy = `Write a key with a value, such as\n    ${text.trim().split(/\s/)[0]}: ...`
  return faultAt(line, [indentOf(text), text.trimEnd().length], 'this line has no key', remedy)
}
