import { type CatalogueEntry, catalogue, type Severity } from './catalogue/index.ts'
import { visible } from './characters.ts'
import type { Diagnostic } from './diagnostics.ts'
import { noPaint, type Paint, placeText, renderFirst } from './frame.ts'
import { groupedBy } from './grouping.ts'
import type { Locator } from './origin.ts'

/** Diagnostics that are printed as one. */
export interface CauseGroup {
  /** In the order given; at least one. */
  readonly members: readonly [Diagnostic, ...Diagnostic[]]
  /** Whether `members` have several causes: they are what is left of a code with very many. */
  readonly mixed: boolean
}

/** The most diagnostics of one cause that are printed one by one. */
const separate: Readonly<Record<Severity, number>> = { warning: 1, error: 3 }
/** The most causes of one code that are printed; the others share one entry. */
const mostCauses: Readonly<Record<Severity, number>> = { warning: 5, error: 10 }
/** The places that an entry names. */
const namedPlaces = 3
/** The width of lines that name many subjects, in characters. */
const width = 120

/** Groups diagnostics by code and cause, in the order of the first of each. */
export function byCause(diagnostics: readonly Diagnostic[]): readonly CauseGroup[] {
  const groups: { members: [Diagnostic, ...Diagnostic[]]; mixed: boolean }[] = []
  for (const ofCode of groupedBy(diagnostics, ({ code }) => code).values()) {
    const causes = [...groupedBy(ofCode, ({ cause }) => cause).values()]
    const [{ severity } = { severity: 'error' as const }] = ofCode
    const shown = causes.length > mostCauses[severity] + 1 ? causes.slice(0, mostCauses[severity]) : causes
    for (const members of shown) {
      const together = members.length > separate[severity] ? [members] : members.map((one) => [one])
      for (const [first, ...rest] of together) if (first) groups.push({ members: [first, ...rest], mixed: false })
    }
    const [first, ...rest] = causes.slice(shown.length).flat()
    if (first) groups.push({ members: [first, ...rest], mixed: true })
  }
  const order = new Map(diagnostics.map((one, index) => [one, index]))
  const at = ({ members: [first] }: CauseGroup): number => order.get(first) ?? 0
  return groups.sort((a, b) => at(a) - at(b))
}

/**
 * Renders diagnostics of one cause: how many there are, the first in full, and the places of the next. Ends without a
 * newline.
 *
 * @param shown returns the name to print for a file; default: the name relative to the manifest's folder.
 */
export function renderGroup(
  { members, mixed }: CauseGroup,
  locator: Locator,
  paint: Paint = noPaint,
  shown: (file: string) => string = (file) => file,
): string {
  const [first, ...rest] = members
  if (rest.length === 0) return renderFirst(first, '', [], locator, paint, shown)
  const { namesAll }: CatalogueEntry = catalogue[first.code]
  const next = rest.slice(0, namedPlaces - 1).map((one) => {
    const place = one.origin === null ? [] : [paint.place(placeText(locator.locate(one.origin), one.origin, shown))]
    const about = mixed ? one.message : one.subject
    return ['also', ...place, ...(about === null ? [] : [visible(about)])].join(' ')
  })
  const left = rest.slice(next.length)
  const names = left.flatMap(({ subject }) => (subject === null ? [] : [visible(subject)]))
  const isNamed = namesAll === true && !mixed && names.length === left.length
  const more = left.length === 0 ? [] : isNamed ? wrapped(`also ${names.join(', ')}`) : [`and ${left.length} more`]
  const times = mixed ? `${members.length} more, of other causes` : `${members.length} times`
  return renderFirst(first, times, [...next, ...more], locator, paint, shown)
}

/** The text in lines that are broken at spaces after commas. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const part of text.split(/(?<=,) /)) {
    if (line !== '' && line.length + part.length >= width) {
      lines.push(line)
      line = `  ${part}`
    } else line += line === '' ? part : ` ${part}`
  }
  return [...lines, line]
}
