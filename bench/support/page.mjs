import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './paths.mjs'

const path = join(repository, 'docs', 'performance.md')

const empty = `# Performance

Written by \`npm run bench:gateway\` and \`npm run bench:generator\`. Ratios carry over to other machines, absolute figures do not.
`

/** Replaces one benchmark's section of docs/performance.md. */
export function writeSection(name, text) {
  const page = existsSync(path) ? readFileSync(path, 'utf8') : empty
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
  const section = `${begin}\n${text.trim()}\n${end}`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  const whole =
    from < 0 || to < 0
      ? `${page.trimEnd()}\n\n${section}\n`
      : page.slice(0, from) + section + page.slice(to + end.length)
  writeFileSync(path, whole)
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
