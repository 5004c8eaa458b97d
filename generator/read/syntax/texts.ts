import { faultAt, keyOfLine, quotedText, type Recogniser, type Stop, type SyntaxFault } from './types.ts'

// Texts that need quotes.

/** `public: Free slots: on the home page`, in a block or within braces. */
export const colonInText: Recogniser = (stop) => {
  const line = stop.lines[stop.line] ?? ''
  if (line[stop.column] !== ':') return null
  const before = line.slice(0, stop.column)
  const key = /^.*?([^\s,{[]+)\s*:\s+(?=\S)/.exec(before)
  const start = before.lastIndexOf(': ') + 2
  if (key === null || start < 2) return null
  const isWithin = /[{[]/.test(before.replace(/\$\{[^}]*\}|'[^']*'|"[^"]*"/g, '')) && stop.reason.includes('flow')
  const rest = line.slice(start)
  const text = (isWithin ? /^[^,}\]]*/.exec(rest)?.[0] : rest.replace(/\s+#.*$/, ''))?.trim() ?? ''
  return quote(stop, start + indexOfText(rest), text, 'a text with `: ` in it needs quotes')
}

/** `@`, `` ` `` and `%` are reserved, `*` and `&` begin aliases and anchors. */
export const reservedStart: Recogniser = (stop) => {
  const line = stop.lines[stop.line] ?? ''
  const at = [stop.column, stop.column - 1, line.search(/[^\s-]/)].find((index) => /[@`%*&!]/.test(line[index] ?? ''))
  const isStart = at !== undefined && /(?:^|[\s:,[{-])$/.test(line.slice(0, at))
  if (!isStart || !/alias|anchor|tag|indentation|mapping key|plain|reserved|entry/.test(stop.reason)) return null
  const rest = line.slice(at)
  const isWithin = /[{[]/.test(line.slice(0, at).replace(/\$\{[^}]*\}/g, ''))
  const text = (isWithin ? /^[^,}\]\s]*/ : /^[^\s:]*(?::\S[^\s:]*)*/).exec(rest)?.[0] ?? ''
  return quote(stop, at, text, `a text that begins with \`${rest[0]}\` needs quotes`)
}

/** `[${ORIGIN}]`: a brace within brackets begins a map. */
export const bareReference: Recogniser = (stop) => {
  const line = stop.lines[stop.line] ?? ''
  for (const found of line.matchAll(/\$\{[^}\s]*\}[^\s,\]}]*/g)) {
    const { index } = found
    const isNear = stop.column >= index && stop.column <= index + found[0].length + 1
    if (!isNear || /['"]/.test(line[index - 1] ?? '') || !/[{[]/.test(line.slice(0, index))) continue
    return quote(stop, index, found[0], 'a reference to the environment within brackets or braces needs quotes')
  }
  return null
}

function quote({ lines, line }: Stop, from: number, text: string, what: string): SyntaxFault | null {
  if (text === '') return null
  const whole = lines[line] ?? ''
  const corrected = whole.slice(0, from) + quotedText(text) + whole.slice(from + text.length)
  const [, key] = /([^\s,{[]+:\s+)$/.exec(whole.slice(0, from)) ?? []
  const written = (key ?? '') + quotedText(text)
  return faultAt(
    line,
    [from, from + text.length],
    what,
    `Write\n    ${key === undefined ? written : written}`,
    corrected,
  )
}

function indexOfText(text: string): number {
  return text.length - text.trimStart().length
}

/** `timeout:2s`. */
export const spacelessColon: Recogniser = (stop) => {
  for (const line of [stop.line - 1, stop.line, stop.line - 2]) {
    const text = stop.lines[line] ?? ''
    const found = /^(\s*(?:- +)?)([\w.$-]+):(\S.*)$/.exec(text)
    if (found === null || keyOfLine(text) !== null || /^\/\//.test(found[3] ?? '')) continue
    const [, indent = '', key = '', value = ''] = found
    const corrected = `${indent}${key}: ${value}`
    const what = `there is no space after the colon of \`${key}\``
    return faultAt(line, [indent.length, text.trimEnd().length], what, `Write\n    ${key}: ${value}`, corrected)
  }
  return null
}
