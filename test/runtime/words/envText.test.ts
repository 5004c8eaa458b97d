import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { envReference, listedValues, parseEnvText, resolveEnvText } from '../../../templates/runtime/words/envText.ts'

describe('the references of a text', () => {
  test.each([
    ['plain', [], null],
    ['${A}', [{ name: 'A', fallback: null }], null],
    [
      'http://${HOST:-127.0.0.1:80}/${B_2}',
      [
        { name: 'HOST', fallback: '127.0.0.1:80' },
        { name: 'B_2', fallback: null },
      ],
      null,
    ],
    ['${A:-}', [{ name: 'A', fallback: '' }], null],
    ['$${A}', [], null],
    ['$A $ {A}', [], null],
    ['x ${}', [], '${}'],
    ['${A', [], '${A'],
    ['${1A} tail', [], '${1A} tail'],
    ['${A:default}', [], '${A:default}'],
  ])('%s', (text, variables, malformed) => {
    expect(parseEnvText(text)).toEqual({ variables, malformed })
  })
})

describe('a resolved text', () => {
  const lookUp = ({ name, fallback }: { name: string; fallback: string | null }) => ({ A: 'a' })[name] ?? fallback

  test.each([
    ['plain', 'plain'],
    ['${A}-${A:-b}', 'a-a'],
    ['${B:-b}', 'b'],
    ['${B:-}', ''],
    ['$${A}', '${A}'],
    ['$${B:-b}', '${B:-b}'],
    ['${B}', null],
    ['${A}${B}', null],
    ['${', '${'],
  ])('%s: %s', (text, want) => {
    expect(resolveEnvText(text, lookUp)).toBe(want)
  })

  test('every reference is resolved, even after one without a value', () => {
    const asked: string[] = []
    resolveEnvText('${A}${B}${C:-c}', ({ name }) => {
      asked.push(name)
      return null
    })
    expect(asked).toEqual(['A', 'B', 'C'])
  })

  test('has the variables that the parser finds', () => {
    const piece = fc.constantFrom('${A}', '${B:-x}', '$${C}', '$', '{', '}', 'a', ':-')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        const asked: string[] = []
        resolveEnvText(text, ({ name }) => {
          asked.push(name)
          return ''
        })
        const { variables, malformed } = parseEnvText(text)
        const named = variables.map(({ name }) => name)
        expect(malformed === null ? asked : asked.slice(0, named.length)).toEqual(named)
      }),
    )
  })
})

test('a reference is parsed as it was written', () => {
  expect(parseEnvText(envReference('A')).variables).toEqual([{ name: 'A', fallback: null }])
  expect(parseEnvText(envReference('A', 'http://h')).variables).toEqual([{ name: 'A', fallback: 'http://h' }])
})

test.each([
  ['', []],
  [' ', []],
  ['a', ['a']],
  ['a,b  c,\n d,', ['a', 'b', 'c', 'd']],
])('the values of %j', (text, want) => {
  expect(listedValues(text)).toEqual(want)
})
