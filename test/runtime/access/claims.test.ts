import { expect, test } from '@jest/globals'
import { claimAt, identifierText, isIdentifiedBy } from '../../../templates/runtime/access/claims.ts'

const claims: Readonly<Record<string, unknown>> = JSON.parse(
  '{"sub":"u","realm":{"roles":["a"],"deep":{"x":1}},"list":[{"x":1}],"nothing":null,"__proto__":{"own":"yes"},"a.b":"dotted"}',
)

test.each([
  ['a claim', ['sub'], 'u'],
  ['a claim within another', ['realm', 'deep', 'x'], 1],
  ['a list', ['realm', 'roles'], ['a']],
  ['null', ['nothing'], null],
  ['a name with a dot', ['a.b'], 'dotted'],
  ['an own member named __proto__', ['__proto__', 'own'], 'yes'],
  ['a missing claim', ['nobody'], undefined],
  ['a member of a text', ['sub', 'length'], undefined],
  ['a member of a list', ['list', '0', 'x'], undefined],
  ['a member of null', ['nothing', 'x'], undefined],
  ['what every object inherits', ['constructor'], undefined],
  ['what every object inherits, further down', ['realm', 'toString'], undefined],
  ['the prototype of an object', ['realm', '__proto__'], undefined],
])('%s', (_name, path, want) => {
  expect(claimAt(claims, path)).toEqual(want)
})

test.each([
  ['a text', 'u-1', 'u-1'],
  ['an integer', 42, '42'],
  ['an empty text', '', undefined],
  ['an integer that has lost digits', 2 ** 53, undefined],
  ['a fraction', 1.5, undefined],
  ['a boolean', true, undefined],
  ['null', null, undefined],
  ['an object', {}, undefined],
])('the identifying text of %s', (_name, value, want) => {
  expect(identifierText(value)).toBe(want)
})

test.each([
  ['the same text', 'a', 'a', true],
  ['another text', 'a', 'b', false],
  ['a number and its text', 42, '42', true],
  ['one of a list', ['x', 42], '42', true],
  ['none of a list', ['x'], 'y', false],
  ['an empty list', [], '', false],
  ['an empty text', '', '', false],
  ['a list that looks like its text', [['a']], 'a', false],
  ['a missing claim', undefined, 'undefined', false],
  ['null', null, 'null', false],
  ['a prefix', 'acc-12', 'acc-1', false],
])('rule J11: %s', (_name, claim, text, want) => {
  expect(isIdentifiedBy(claim, text)).toBe(want)
})
