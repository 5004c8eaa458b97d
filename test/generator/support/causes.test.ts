import { describe, expect, test } from '@jest/globals'
import { byCause, Diagnostics, type Locator, type Report, renderGroup } from '../../../generator/support/index.ts'

const locator: Locator = {
  locate: ({ file, pointer }) => ({ file, line: Number(pointer.slice(1)), column: 3, length: 1 }),
  lines: () => null,
}

/** Reports about these places, in order. */
function reported(reports: readonly Omit<Report, 'origin'>[]) {
  const diagnostics = new Diagnostics()
  for (const [index, one] of reports.entries()) {
    diagnostics.report({ ...one, origin: { file: 'a.yaml', pointer: `/${index + 1}` } })
  }
  return diagnostics.all
}

const times = <T>(many: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: many }, (_, index) => of(index))
const sizes = (reports: readonly Omit<Report, 'origin'>[]): readonly number[] =>
  byCause(reported(reports)).map(({ members }) => members.length)

const withheld = (index: number): Omit<Report, 'origin'> => ({
  code: 'GW3204',
  message: `The header \`X\` of api.get${index} is not passed on.`,
  remedy: `api.get${index}: { bind: {} }`,
  subject: `api.get${index}`,
})

describe('diagnostics of one cause', () => {
  test.each([
    ['the same message', times(4, () => ({ code: 'GW3259' as const, message: 'No keyword `const`.' })), [4]],
    ['messages and remedies that differ in the subject', times(4, withheld), [4]],
    [
      'messages of one stated cause',
      times(4, (index) => ({ code: 'GW3263' as const, message: `At most ${index}.`, cause: 'a pattern' })),
      [4],
    ],
  ])('are one group: %s', (_, reports, want) => {
    expect(sizes(reports)).toEqual(want)
  })

  test.each([
    ['another code', [withheld(0), { ...withheld(1), code: 'GW3304' as const }]],
    ['another message', [withheld(0), { ...withheld(1), message: 'The header `Y` of api.get1 is not passed on.' }]],
    ['another remedy', [withheld(0), { ...withheld(1), remedy: 'Leave it.' }]],
  ])('are not those with %s', (_, reports) => {
    expect(sizes(reports)).toEqual([1, 1])
  })

  test('are shown one by one where they are errors, up to three', () => {
    const errors = (many: number) => sizes(times(many, () => ({ code: 'GW3250' as const, message: 'No schema.' })))
    expect([errors(3), errors(4)]).toEqual([[1, 1, 1], [4]])
  })

  test('keep the order of the first of each group', () => {
    const other = { code: 'GW3304' as const, message: 'Another server.' }
    const groups = byCause(reported([withheld(0), other, withheld(1), other]))
    expect(groups.map(({ members }) => members.map(({ origin }) => origin?.pointer))).toEqual([
      ['/1', '/3'],
      ['/2', '/4'],
    ])
  })

  test('share one group where a code has very many causes', () => {
    const warnings = times(40, (index) => ({ code: 'GW3259' as const, message: `No keyword \`k${index}\`.` }))
    const groups = byCause(reported(warnings))
    expect(groups.map(({ members, mixed }) => [members.length, mixed])).toEqual([
      ...times(5, () => [1, false]),
      [35, true],
    ])
    expect(sizes(warnings.slice(0, 6))).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('none of them is lost', () => {
    const all = reported(times(40, (index) => withheld(index % 7)))
    const grouped = byCause(all).flatMap(({ members }) => members)
    expect(new Set(grouped)).toEqual(new Set(all))
    expect(grouped).toHaveLength(all.length)
  })
})

describe('a group as text', () => {
  const textOf = (reports: readonly Omit<Report, 'origin'>[]): readonly string[] =>
    byCause(reported(reports)).map((group) => renderGroup(group, locator))

  test('has the first in full, how many there are, and the next places', () => {
    expect(textOf(times(7, withheld))).toEqual([
      [
        'warning GW3204 (7 times)  The header `X` of api.get0 is not passed on.',
        '',
        '  a.yaml:1:3',
        '',
        '  also a.yaml:2:3 api.get1',
        '  also a.yaml:3:3 api.get2',
        '  and 4 more',
        '',
        '  api.get0: { bind: {} }',
      ].join('\n'),
    ])
  })

  test('has only places where there is no subject', () => {
    const [text] = textOf(times(3, () => ({ code: 'GW3259', message: 'No keyword.' })))
    expect(text).toContain('\n  also a.yaml:2:3\n  also a.yaml:3:3')
    expect(text).not.toContain('more')
  })

  test('names every operation that is left out, in lines of limited width', () => {
    const [text = ''] = textOf(
      times(80, (index) => ({
        code: 'GW3106',
        message: `api GET /things/${index}/parts is left out of \`app\`.`,
        subject: `api GET /things/${index}/parts`,
      })),
    )
    for (const index of times(80, (one) => one)) expect(text).toMatch(new RegExp(`GET /things/${index}/parts\\b`))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(125)
    expect(text).not.toContain('and 77 more')
  })

  test('of several causes has the message of each place', () => {
    const texts = textOf(times(9, (index) => ({ code: 'GW3259', message: `No keyword \`k${index}\`.` })))
    expect(texts.at(-1)).toBe(
      [
        'warning GW3259 (4 more, of other causes)  No keyword `k5`.',
        '',
        '  a.yaml:6:3',
        '',
        '  also a.yaml:7:3 No keyword `k6`.',
        '  also a.yaml:8:3 No keyword `k7`.',
        '  and 1 more',
        '',
        '  Declare a version that has the keyword, or express the condition with other keywords.',
      ].join('\n'),
    )
  })

  test('contains no control characters of the input', () => {
    const [text] = textOf(
      times(2, (index) => ({ ...withheld(index), message: 'Same.', remedy: null, subject: 'a\u001b[31m' })),
    )
    expect(text).not.toContain('\u001b')
  })
})
