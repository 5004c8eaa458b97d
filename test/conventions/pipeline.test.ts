import { describe, expect, test } from '@jest/globals'
import { type StepName, table, type Way } from '../../templates/runtime/pipeline/table.ts'
import { filesBelow, read } from './files.ts'

const ways: readonly Way[] = ['request', 'upgrade', 'preflight', 'own']

const stepsOf = (way: Way): readonly StepName[] => table.filter((row) => row.ways.has(way)).map(({ step }) => step)

/** The lines of a page between a heading and the next one. */
function section(page: string, heading: string): readonly string[] {
  const lines = read(page).split('\n')
  const from = lines.indexOf(`## ${heading}`) + 1
  const to = lines.findIndex((line, at) => at >= from && line.startsWith('## '))
  return lines.slice(from, to < 0 ? undefined : to)
}

/** The cells of the table in a section, including the header row. */
function tableIn(lines: readonly string[]): readonly (readonly string[])[] {
  return lines
    .filter((line) => line.startsWith('|') && !/^[|:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

describe('the pipeline’s table', () => {
  test('is the same as in docs/gateway.md: every step in order, with its ways', () => {
    const [head = [], ...rows] = tableIn(section('docs/gateway.md', "A request's way"))
    expect(head).toEqual(['step', ...ways, 'what it does'])
    expect(rows.map(([step = '', ...cells]) => [step, ...cells.slice(0, ways.length)])).toEqual(
      table.map((row) => [`**${row.step}**`, ...ways.map((way) => (row.ways.has(way) ? 'x' : ''))]),
    )
    expect(rows.filter((cells) => cells[ways.length + 1] === '')).toEqual([])
  })

  test('is the same as in ARCHITECTURE.md: every way with its steps in order', () => {
    const [, ...rows] = tableIn(section('ARCHITECTURE.md', "A request's way"))
    expect(rows).toEqual(ways.map((way) => [way, stepsOf(way).join(', ')]))
  })

  test('has a row for every file in steps/, and one for the own endpoints', () => {
    const files = filesBelow('templates/runtime/steps').map((file) => file.split('/')[3]?.replace(/\.ts$/, ''))
    expect([...files, 'own'].sort()).toEqual(table.map(({ step }) => step).sort())
  })
})
