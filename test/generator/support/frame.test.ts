import { describe, expect, test } from '@jest/globals'
import {
  type Diagnostic,
  Diagnostics,
  type Locator,
  noPaint,
  renderDiagnostic,
  sortedByPlace,
  summary,
} from '../../../generator/support/index.ts'

const lines = [
  'clients:',
  '    orders.getOrder: {}',
  '    orders.getInvoice: {}',
  `x: ${'y'.repeat(300)}!`,
  '',
  '\tz\u001b[31m\u202e',
]
const places: Record<string, { line: number; column: number; length: number }> = {
  '/a': { line: 3, column: 5, length: 17 },
  '/wide': { line: 4, column: 304, length: 1 },
  '/hostile': { line: 6, column: 2, length: 1 },
  '/first': { line: 1, column: 1, length: 8 },
}
const locator: Locator = {
  locate: ({ file, pointer }) => (places[pointer] === undefined ? null : { file, ...places[pointer] }),
  lines: () => lines,
}
const some = (change: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'GW1001',
  severity: 'error',
  message: 'Something is wrong.',
  origin: { file: 'gateway.yaml', pointer: '/a' },
  related: [],
  remedy: null,
  subject: null,
  answer: null,
  cause: 'Something is wrong.',
  ...change,
})

describe('a diagnostic as text', () => {
  test('has its code, its message, a frame, related places and the remedy', () => {
    const diagnostic = some({
      related: [{ origin: { file: 'orders.yaml', pointer: '/first' }, message: 'declares it.' }],
      remedy: 'Write\n    this',
    })
    expect(renderDiagnostic(diagnostic, locator)).toBe(
      [
        'error GW1001  Something is wrong.',
        '',
        '  gateway.yaml:3:5',
        '  2 |     orders.getOrder: {}',
        '  3 |     orders.getInvoice: {}',
        '    |     ^^^^^^^^^^^^^^^^^',
        '  orders.yaml:1:1 declares it.',
        '',
        '  Write',
        '      this',
      ].join('\n'),
    )
  })

  test('has only its message if the place is unknown', () => {
    expect(renderDiagnostic(some({ origin: null }), locator)).toBe('error GW1001  Something is wrong.')
    expect(renderDiagnostic(some({ origin: { file: 'x', pointer: '/?' } }), locator)).toBe(
      'error GW1001  Something is wrong.\n\n  x',
    )
  })

  test('shows the relevant part of a long line', () => {
    const [, , , , shown = '', carets = ''] = renderDiagnostic(
      some({ origin: { file: 'f', pointer: '/wide' } }),
      locator,
    ).split('\n')
    expect(shown.length).toBeLessThan(200)
    expect(shown[carets.indexOf('^')]).toBe('!')
  })

  test('contains no control or bidirectional characters of the input', () => {
    const text = renderDiagnostic(some({ origin: { file: 'f', pointer: '/hostile' } }), locator)
    expect(text).not.toMatch(/[\t\u001b\u202e]/)
    expect(text).toContain(' z')
  })

  test('uses the colours and file names of its caller', () => {
    const paint = { ...noPaint, code: (text: string) => `<${text}>` }
    const text = renderDiagnostic(some(), locator, paint, (file) => `specs/${file}`)
    expect(text).toContain('<GW1001>')
    expect(text).toContain('  specs/gateway.yaml:3:5')
  })
})

test('diagnostics are sorted by file, line and column', () => {
  const at = (file: string, pointer: string): Diagnostic => some({ origin: { file, pointer } })
  const sorted = sortedByPlace([at('b', '/first'), at('a', '/wide'), at('a', '/a'), some({ origin: null })], locator)
  expect(sorted.map(({ origin }) => origin && `${origin.file}${origin.pointer}`)).toEqual([
    null,
    'a/a',
    'a/wide',
    'b/first',
  ])
})

test.each([
  [
    [some(), some(), some({ severity: 'warning', origin: { file: 'b', pointer: '' } })],
    '2 errors, 1 warning in 2 files (0.4 s)',
  ],
  [[some({ severity: 'warning', origin: null })], '1 warning (0.4 s)'],
  [[], ''],
])('the summary counts %#', (diagnostics, want) => {
  expect(summary(diagnostics, 400)).toBe(want)
})

test('the same diagnostic at the same place is reported once', () => {
  const diagnostics = new Diagnostics()
  diagnostics.report(some())
  diagnostics.report(some())
  expect(diagnostics.all).toHaveLength(1)
})
