import { describe, expect, test } from '@jest/globals'
import { foldedShape, isSibling, isWithin, matchesShape } from '../../../templates/runtime/words/siblings.ts'

const shapeOf = (segment: string) => foldedShape(segment.split(/\{[^{}]*\}/))
const shapesOf = (path: string) => path.slice(1).split('/').map(shapeOf)

test.each([
  ['{a}', '', false],
  ['{a}', 'x', true],
  ['A%62', 'ab', true],
  ['{a}.json', 'x.json', true],
  ['{a}.json', '.json', false],
  ['{a}-{b}', 'a-b', true],
  ['{a}-{b}', '-b', false],
  ['{a}-{b}', 'a-', false],
  ['{a}-{b}', '--b', true],
  ['x{a}x', 'xx', false],
  ['x{a}x', 'xyx', true],
])('%s matches %s: %s', (segment, text, want) => {
  expect(matchesShape(shapeOf(segment), text)).toBe(want)
})

test.each([
  ['a', '{x}', true],
  ['{x}', 'a', false],
  ['{x}.json', '{x}', true],
  ['{x}', '{x}.json', false],
  ['{x}-{y}-{z}', '{x}-{y}', true],
  ['{x}-{y}', '{x}-{y}-{z}', false],
  ['{x}', '{y}', true],
  ['a{x}', '{x}b', false],
])('every text of %s matches %s: %s', (narrow, wide, want) => {
  expect(isWithin(shapeOf(narrow), shapeOf(wide))).toBe(want)
})

describe('paths of a template may be those of another one', () => {
  test.each([
    ['/a/{x}', '/a/b', true],
    ['/a/b', '/a/{x}', false],
    ['/a/{x}', '/A/B', true],
    ['/a/{x}', '/a/b/c', false],
    ['/a/{x}', '/c/b', false],
    ['/a/{x}', '/{y}/b', true],
    ['/{y}/b', '/a/{x}', true],
    ['/a/{x}', '/{y}/{z}', false],
    ['/{x}.json', '/data-{y}', true],
    ['/{x}', '/{y}', false],
  ])('%s, %s: %s', (own, other, want) => {
    expect(isSibling(shapesOf(own), shapesOf(other))).toBe(want)
  })
})
