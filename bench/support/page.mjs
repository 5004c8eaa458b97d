import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './paths.mjs'

const path = join(repository, 'docs', 'performance.md')

/** Replaces one benchmark's section of docs/performance.md; the rest of the page is written by hand. */
export function writeSection(name, text) {
  const page = readFileSync(path, 'utf8')
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
  const section = `${begin}\n${text.trim()}\n${end}`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < 0) throw new Error(`docs/performance.md has no ${begin}`)
  writeFileSync(path, page.slice(0, from) + section + page.slice(to + end.length))
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
