import { expect, test } from '@jest/globals'
import { challengesOf } from '../../../templates/runtime/answers/challenges.ts'

test.each<[string | string[] | undefined, [string, string][]]>([
  [undefined, []],
  ['', []],
  ['Bearer', [['bearer', 'Bearer']]],
  ['BEARER realm="a, b", error=x', [['bearer', 'BEARER realm="a, b", error=x']]],
  ['Bearer realm = "a"', [['bearer', 'Bearer realm = "a"']]],
  [
    'Basic realm="a", Bearer',
    [
      ['basic', 'Basic realm="a"'],
      ['bearer', 'Bearer'],
    ],
  ],
  [
    'Negotiate abc==, Bearer scope="x\\"y, Basic z"',
    [
      ['negotiate', 'Negotiate abc=='],
      ['bearer', 'Bearer scope="x\\"y, Basic z"'],
    ],
  ],
  [', ,Bearer a=1,, b=2', [['bearer', 'Bearer a=1, b=2']]],
  [
    ['Basic', 'Bearer a=1'],
    [
      ['basic', 'Basic'],
      ['bearer', 'Bearer a=1'],
    ],
  ],
  ['realm="Bearer x"', []],
  ['Bearer "x\x80"', []],
])('the challenges of %j', (field, want) => {
  expect(challengesOf(field).map(({ scheme, text }) => [scheme, text])).toEqual(want)
})
