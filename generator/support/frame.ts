import type { Severity } from './catalogue/index.ts'
import { visible } from './characters.ts'
import type { Diagnostic } from './diagnostics.ts'
import { compareText } from './order.ts'
import type { Locator, Origin, Place } from './origin.ts'

/** Colours of a rendered diagnostic: each hook gets finished text and returns it, with or without colour. */
export interface Paint {
  severity(text: string, severity: Severity): string
  code(text: string): string
  place(text: string): string
  caret(text: string): string
  dim(text: string): string
}

const same = (text: string): string => text
export const noPaint: Paint = { severity: same, code: same, place: same, caret: same, dim: same }

/** Longest part of a source line that a frame shows, in characters. */
const WIDEST = 160

/**
 * Renders one diagnostic: code and message, place with a code frame, related places, remedy. Ends without a newline.
 *
 * @param shown returns the name to print for a file; default: the name relative to the manifest's folder.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  locator: Locator,
  paint: Paint = noPaint,
  shown: (file: string) => string = same,
): string {
  return renderFirst(diagnostic, '', [], locator, paint, shown)
}

/**
 * Renders the first of several diagnostics.
 *
 * @param times how many there are, in words; printed after the code.
 * @param further lines about the others; printed below the places of the first.
 */
export function renderFirst(
  diagnostic: Diagnostic,
  times: string,
  further: readonly string[],
  locator: Locator,
  paint: Paint,
  shown: (file: string) => string,
): string {
  const code = paint.code(diagnostic.code) + (times === '' ? '' : ` (${times})`)
  const head = `${paint.severity(diagnostic.severity, diagnostic.severity)} ${code}  ${visible(diagnostic.message)}`
  const blocks: string[] = [head]
  const places: string[] = []
  if (diagnostic.origin !== null) places.push(...frame(diagnostic.origin, locator, paint, shown))
  for (const { origin, message } of diagnostic.related) {
    places.push(`${paint.place(placeText(locator.locate(origin), origin, shown))} ${visible(message)}`)
  }
  if (places.length > 0) blocks.push(indent(places))
  if (further.length > 0) blocks.push(indent(further))
  if (diagnostic.remedy !== null) blocks.push(indent(diagnostic.remedy.split('\n').map(visible)))
  return blocks.join('\n\n')
}

/** Diagnostics sorted by file, line, column, code and message. */
export function sortedByPlace(diagnostics: Iterable<Diagnostic>, locator: Locator): readonly Diagnostic[] {
  const placed = [...diagnostics].map((diagnostic) => ({
    diagnostic,
    file: diagnostic.origin?.file ?? '',
    place: diagnostic.origin === null ? null : locator.locate(diagnostic.origin),
  }))
  placed.sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compareText(a.diagnostic.code, b.diagnostic.code) ||
      compareText(a.diagnostic.message, b.diagnostic.message),
  )
  return placed.map(({ diagnostic }) => diagnostic)
}

/** `2 errors, 1 warning in 3 files (0.4 s)`; empty if there are no diagnostics. */
export function summary(diagnostics: readonly Diagnostic[], milliseconds: number): string {
  if (diagnostics.length === 0) return ''
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const files = new Set(diagnostics.flatMap(({ origin }) => (origin === null ? [] : [origin.file]))).size
  const counts = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ')
  return `${counts}${files > 0 ? ` in ${count(files, 'file')}` : ''} (${(milliseconds / 1000).toFixed(1)} s)`
}

function count(many: number, noun: string): string {
  return many === 0 ? '' : `${many} ${noun}${many === 1 ? '' : 's'}`
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')
}

/** `file:line:column`. */
export function placeText(place: Place | null, origin: Origin, shown: (file: string) => string): string {
  return place === null ? visible(shown(origin.file)) : `${visible(shown(place.file))}:${place.line}:${place.column}`
}

function frame(origin: Origin, locator: Locator, paint: Paint, shown: (file: string) => string): string[] {
  const place = locator.locate(origin)
  const head = paint.place(placeText(place, origin, shown))
  const lines = place === null ? null : locator.lines(place.file)
  const line = place === null ? undefined : lines?.[place.line - 1]
  if (place === null || lines === null || line === undefined) return [head]

  const gutter = String(place.line).length
  const before = place.line > 1 ? lines[place.line - 2] : undefined
  const result = [head]
  if (before !== undefined && before.trim() !== '') {
    result.push(paint.dim(`${String(place.line - 1).padStart(gutter)} | ${visible(before.slice(0, WIDEST))}`))
  }
  // A minified document is one long line: show the part around the place.
  const from = place.column + place.length > WIDEST ? Math.max(0, place.column - 1 - WIDEST / 4) : 0
  const part = visible(line.slice(from, from + WIDEST))
  const column = place.column - 1 - from
  const carets = '^'.repeat(Math.max(1, Math.min(place.length, part.length - column)))
  result.push(`${place.line} | ${part}`)
  result.push(`${' '.repeat(gutter)} | ${' '.repeat(column)}${paint.caret(carets)}`)
  return result
}
