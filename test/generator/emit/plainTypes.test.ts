import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ts } from '../../../generator/emit/morph.ts'
import { isPlainTypes } from '../../../generator/emit/plainTypes.ts'

/** Every form that is plain. */
const plain = `/** of */
export interface paths {
    "/v1/\\"a\\u00e9": {
        readonly parameters?: never;
        /* a *//** {@link b} */
        get: operations["a"];
        200: true | false | null | undefined;
        readonly: string & (1.5e3 | -2 | "b");
    };
}
export type webhooks = Record<string, never>;
type Recursive_a = any[] | Recursive_a[];
interface Open {
    [name: string]: WithRequired<components["schemas"]["a"], "b" | "c">[];
    $a_1: {
        [key: string]: unknown;
    }[];
    b: $Read<{}>;
    d?: $Write<string>;
    c: [
        number,
        boolean
    ];
}
/** a */
export type A_1 = Readable<components["schemas"]["a.A"]>;
type B = Writable<string>;
export type C = NonNullable<operations["a"]["requestBody"]>["content"][200];
`

/** Whether TypeScript parses a text, which contains only declarations of types. */
function isFaultless(text: string): boolean {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023)
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly unknown[] }
  const declares = source.statements.every((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
  return parseDiagnostics.length === 0 && declares
}

const tokens = plain.match(/\w+|[^\w]/g) ?? []
const others = [
  ...['*/', '/*', '//', '\\', '\n', '\r', '\t', '\u2028', '\u0000', '`', "'", '"', '"\\', '(', ')', '[', ']', '{', '}'],
  ...['<', '>', '=>', '=', ',', ';', ':', '?', '-', '-?', '+', '...', '#', '@', '!', '.', '|', '&', ' | ', ' & ', '  '],
  ...[
    'typeof ',
    'keyof ',
    'infer ',
    'unique symbol',
    'new ',
    'in ',
    'is ',
    'asserts ',
    'extends ',
    'import("a")',
    '1n',
  ],
  ...[
    'readonly ',
    'static ',
    'get ',
    'set ',
    'async ',
    'declare ',
    'abstract ',
    'accessor ',
    'class ',
    'const ',
    'void ',
  ],
  ...['function ', 'process.exit()', 'await ', 'x', '0', '01', '1_0', '0x1', '1e', '.5', 'é', '\\u0061', '\\x61', '#!'],
]

/** The plain text with a few of its parts removed, repeated, or replaced by parts that may mean something else. */
const edited = fc
  .array(
    fc.record({
      at: fc.nat(tokens.length - 1),
      removed: fc.nat(3),
      added: fc.array(fc.constantFrom(...others, ...tokens), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  )
  .map((edits) => {
    const text = [...tokens]
    for (const { at, removed, added } of edits) text.splice(at, removed, ...added)
    return text.join('')
  })

describe('isPlainTypes', () => {
  test('accepts every form that is plain, and so does TypeScript', () => {
    expect([isPlainTypes(plain), isFaultless(plain)]).toEqual([true, true])
  })

  test('rule G1: accepts no text that TypeScript does not parse as declarations of types', () => {
    let accepted = 0
    fc.assert(
      fc.property(edited, (text) => {
        if (!isPlainTypes(text)) return
        accepted++
        expect(isFaultless(text)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  const words = [
    'readonly',
    'get',
    'set',
    'new',
    'static',
    'async',
    'export',
    'default',
    'const',
    'in',
    'declare',
    'type',
  ]
  const names = [...words, 'abstract', 'accessor', 'public', 'class', 'constructor', 'import', 'typeof', 'this', 'enum']
  for (const name of names) {
    test(`accepts a member ${name}, as TypeScript does`, () => {
      const text = `interface Open {\n    ${name}: string;\n    ${name}?: string;\n    readonly ${name}?: string;\n}`
      expect([isPlainTypes(text), isFaultless(text)]).toEqual([true, true])
    })
  }

  const intruders: readonly string[] = [
    'process.exit()\n',
    'interface Open {\n    a: string;\n}\nprocess.exit()\n',
    'interface Open {\n    /* a */ b: process.exit() /* c */;\n}',
    'interface Open {\n    a: string;\n    /* b\n}',
    'interface Open {\n    a: "b\n";\n}',
    'interface Open {\n    a: "b\\";\n}',
    'interface Open {\n    a(): void;\n}',
    'interface Open {\n    a: string\n    [1]: string;\n}',
    'type webhooks = typeof import("a");\n',
    `type webhooks = ${'('.repeat(100_000)}`,
  ]
  for (const text of intruders) {
    test(`rule G1: leaves to TypeScript ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(isPlainTypes(text)).toBe(false)
    })
  }

  test.each([
    ['without escapes', 'é', true],
    ['of escapes', '\\u0001', false],
    ['of escaped quotes', '\\"', false],
  ])('ends with a text of many characters %s, as a name and as a value', (_, part, accepted) => {
    const text = `"${part.repeat(10_000_000)}"`
    expect(isPlainTypes(`interface Open {\n    a: ${text};\n}`)).toBe(accepted)
    expect(isPlainTypes(`interface Open {\n    ${text}: string;\n}`)).toBe(accepted)
  })

  test('accepts the declarations of the sample behind its helper types', () => {
    const sample = new URL('../../../generated/', import.meta.url)
    const texts = readdirSync(sample)
      .filter((name) => name !== 'README.md')
      .map((name) => readFileSync(new URL(`${name}/client.d.ts`, sample), 'utf8'))
    expect(texts.map((text) => isPlainTypes(text.slice(text.indexOf('export interface paths'))))).toEqual([
      true,
      true,
      true,
    ])
  })
})
