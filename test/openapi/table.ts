import { read } from '../conventions/files.ts'

/** What Gatewright does with a keyword, in the terms of docs/openapi-support.md. */
export type Verdict = 'enforced' | 'passed on' | 'documented' | 'used' | 'refused' | 'ignored'

export interface Row {
  /** Heading above the row, such as `Parameter Object`. */
  readonly section: string
  readonly keyword: string
  /** Versions of OpenAPI that have the keyword. */
  readonly versions: readonly string[]
  readonly verdicts: readonly Verdict[]
  /** Diagnostics that the row lists. */
  readonly codes: readonly string[]
}

const versions: Readonly<Record<string, readonly string[]>> = {
  all: ['3.0', '3.1', '3.2'],
  '3.0': ['3.0'],
  '3.1': ['3.1'],
  '3.1, 3.2': ['3.1', '3.2'],
  '3.2': ['3.2'],
}

const known: ReadonlySet<string> = new Set(['enforced', 'passed on', 'documented', 'used', 'refused', 'ignored'])

/**
 * Every row of every table with the columns `keyword | versions | support | note`. Throws for a row in another form.
 */
export function supportTable(): readonly Row[] {
  const rows: Row[] = []
  let section = ''
  let within = false
  for (const line of read('docs/openapi-support.md').split('\n')) {
    section = /^#{2,3} (.+)$/.exec(line)?.[1] ?? section
    const cells = line.startsWith('|')
      ? line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim())
      : []
    if (cells.length === 0) within = false
    else if (cells[1] === 'versions') within = true
    else if (within && !/^-+$/.test(cells[0] ?? '')) rows.push(rowOf(section, cells))
  }
  return rows
}

function rowOf(section: string, [keyword = '', version = '', support = '']: readonly string[]): Row {
  const name = /^`([^`]+)`$/.exec(keyword)?.[1]
  const verdicts = support.replace(/ \([^)]*\)/g, '').split(', ')
  const written = versions[version]
  if (name === undefined || written === undefined || !verdicts.every((word) => known.has(word))) {
    throw new Error(`Not a row of the table: ${section}: ${keyword} | ${version} | ${support}`)
  }
  return {
    section,
    keyword: name,
    versions: written,
    verdicts: verdicts as Verdict[],
    codes: support.match(/GW\d{4}/g) ?? [],
  }
}
