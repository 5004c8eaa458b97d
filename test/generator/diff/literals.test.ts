import { expect, test } from '@jest/globals'
import { literal } from '../../../generator/code/index.ts'
import { dataIn } from '../../../generator/diff/literals.ts'

const data = {
  plain: "it's",
  double: "'\"'",
  mixed: `"'\\'`,
  'a-b': ['/* no comment */', '// none', ' as const ', 'a: b,]', ',}', ''],
  'ä/b': { list: [], object: {}, lines: 'a\nb\t\u2028\u200b', one: 1, negative: -2.5, not: null, yes: true },
  long: 'x'.repeat(200),
}

test('reads the data that was printed', () => {
  const source = `// Generated\n\nimport type { A } from 'b'\n\nexport const routes = [\n  /* a 'b' > "c" */\n  ${literal(data, 2)},\n] as const satisfies A\n`
  expect(dataIn(source)).toEqual([data])
})

test.each(['', 'const a = 1', 'export const a = run() as const\n', 'export const a = { ...b } as const\n'])(
  'reads nothing of %j',
  (text) => {
    expect(dataIn(text)).toBeNull()
  },
)
