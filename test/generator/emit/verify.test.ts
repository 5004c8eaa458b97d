import { describe, expect, test } from '@jest/globals'
import { type Kind, verify } from '../../../generator/emit/verify.ts'
import { Diagnostics } from '../../../generator/support/index.ts'

function complaints(kind: Kind, contents: string): readonly string[] {
  const diagnostics = new Diagnostics()
  verify([{ file: { path: 'web/a.ts', contents, ownership: 'generated' }, kind }], diagnostics)
  return diagnostics.all.map(({ code, message }) => `${code} ${message}`)
}

describe('verify', () => {
  const fine: readonly [kind: Kind, contents: string][] = [
    ['types', 'export interface A { b: "c" }\nexport type D = A[]\n'],
    [
      'data',
      `import type { A } from './a.ts'\nexport const b = [{ c: -1, 'd-e': [null, true, 'f'] }] as const satisfies A\n`,
    ],
    ['data', `export const a = { ['__proto__']: 1 }\n`],
    ['program', 'await start()\n'],
  ]
  for (const [kind, contents] of fine) {
    test(`passes ${kind} ${JSON.stringify(contents.slice(0, 30))}`, () => {
      expect(complaints(kind, contents)).toEqual([])
    })
  }

  test('reports file and line of a syntax error', () => {
    expect(complaints('data', 'export const a = 1\nexport const b = {\n')).toEqual([
      expect.stringMatching(/^GW4001 web\/a\.ts:3 is not valid: '}' expected/),
    ])
  })

  describe('a file of types that is parsed in parts', () => {
    const members = (count: number): string => '    a: {\n        b: string;\n    };\n'.repeat(count)
    const large = `interface A {\n${members(5_000)}}\ntype B = {\n${members(5_000)}}\n`

    test('passes', () => {
      expect(complaints('types', large)).toEqual([])
    })

    // Each is more than one part away from the start and from the end.
    const misplaced: readonly [what: string, between: string, complaint: string | null][] = [
      [
        'rule G1: a statement between two declarations',
        '}\nprocess.exit()\ninterface C {\n',
        'ExpressionStatement is not allowed',
      ],
      [
        'rule G1: a statement behind a brace too many',
        '    };\n}\nprocess.exit()\ninterface C {\n    a: {\n',
        'Declaration or statement expected',
      ],
      ['a brace too many', '    };\n', 'Declaration or statement expected'],
      ['a brace too few', '    a: {\n', "'}' expected"],
      ['a comment that does not end', '    /* a\n', "'*/' expected"],
      ['a comment over the place of a cut', `    /*\n${members(5_000)}    */\n`, null],
      ['a literal over the place of a cut', `    a: \`\n${members(5_000)}\`;\n`, null],
    ]
    for (const [what, between, complaint] of misplaced) {
      test(`${complaint === null ? 'passes' : 'refuses'} ${what}`, () => {
        const contents = `interface A {\n${members(5_000)}${between}${members(5_000)}}\n`
        expect(complaints('types', contents)).toEqual(complaint === null ? [] : [expect.stringContaining(complaint)])
      })
    }

    test('reports the line in the file', () => {
      const [complaint] = complaints('types', `interface A {\n${members(5_000)}}\nprocess.exit()\n${large}`)
      expect(complaint).toMatch(/^GW4001 web\/a\.ts:15003 /)
    })
  })

  const intruders: readonly [what: string, kind: Kind, contents: string][] = [
    ['a statement among types', 'types', 'export type A = 1\nprocess.exit()\n'],
    ['a constant among types', 'types', 'export const a = 1\n'],
    ['an enumeration among types', 'types', 'export enum A { b = 1 }\n'],
    ['a call in data', 'data', 'export const a = [process.exit()]\n'],
    ['a template in data', 'data', 'export const a = `x`\n'],
    ['a name in data', 'data', 'export const a = { b: process }\n'],
    ['a spread in data', 'data', 'export const a = { ...b }\n'],
    ['a computed key in data', 'data', 'export const a = { [b]: 1 }\n'],
    ['a getter in data', 'data', 'export const a = { get b() { return 1 } }\n'],
    ['an import that runs', 'data', `import './b.ts'\n`],
    ['a function', 'data', 'export const a = () => 1\n'],
  ]
  for (const [what, kind, contents] of intruders) {
    test(`rule G1: refuses ${what}`, () => {
      expect(complaints(kind, contents)).toEqual([expect.stringMatching(/^GW4001 web\/a\.ts:\d+ is not valid/)])
    })
  }
})
