import { read } from '../conventions/files.ts'

/** The shapes of values, as in the columns of the table. */
export const shapes = ['number', 'list', 'object', 'list in an object'] as const

export interface StyleCell {
  readonly in: string
  readonly style: string
  readonly explode: boolean
  readonly shape: (typeof shapes)[number]
  /** The serialised value, or the diagnostic. */
  readonly wire: string | null
  readonly code: string | null
}

/** The table of styles of docs/openapi-support.md, cell by cell. */
export function styleTable(): readonly StyleCell[] {
  const lines = read('docs/openapi-support.md').split('\n')
  const start = lines.indexOf(`| in | style | explode | ${shapes.join(' | ')} |`)
  if (start < 0) throw new Error('docs/openapi-support.md has no table of styles.')
  const rows = lines.slice(start + 2)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .flatMap((line) => {
      const [place = '', style = '', explode = '', ...cells] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
      return shapes.map((shape, at) => {
        const wire = /^`(.+)`$/.exec(cells[at] ?? '')?.[1] ?? null
        const code = /^refused \((GW\d{4})\)$/.exec(cells[at] ?? '')?.[1] ?? null
        if ((wire === null) === (code === null)) throw new Error(`Not a row of the table of styles: ${line}`)
        return { in: place, style: style.replaceAll('`', ''), explode: explode === 'true', shape, wire, code }
      })
    })
}
