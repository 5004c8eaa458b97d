import { stripVTControlCharacters } from 'node:util'

/**
 * Aligns the cells of rows in columns, two spaces apart. Colour codes have no width, and lines have no trailing spaces.
 */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length
}
