import { describe, expect, test } from '@jest/globals'
import { literal } from '../../../generator/code/index.ts'
import { compile, type View } from '../../../generator/emit/template.ts'

const one = literal(1)

describe('a template', () => {
  const given: readonly [source: string, view: View, want: string][] = [
    ['a {{x}}', { x: one }, 'a 1'],
    ['{{#if x}}yes{{else}}no{{/if}}', { x: one }, 'yes'],
    ['{{#if x}}yes{{else}}no{{/if}}', { x: null }, 'no'],
    ['{{#unless x}}yes{{/unless}}', { x: false }, 'yes'],
    ['{{#each x}}{{y}},{{/each}}', { x: [{ y: one }, { y: one }] }, '1,1,'],
    ['{{#each x}}{{this}}{{/each}}', { x: [one] }, '1'],
    ['{{#each x}}{{this}}{{else}}none{{/each}}', { x: [] }, 'none'],
    ['{{#each x}}{{this}}{{/each}}', { x: [] }, ''],
  ]
  for (const [source, view, want] of given) {
    test(`${source} makes ${want}`, () => {
      expect(compile(source)(view)).toBe(want)
    })
  }

  const broken: readonly [why: string, source: string, view: object][] = [
    ['a misspelt field', '{{y}}', { x: one }],
    ['a misspelt field of a field', '{{x.y}}', { x: {} }],
    ['a misspelt condition', '{{#if y}}a guard{{/if}}', { x: one }],
    ['a misspelt condition that is negated', '{{#unless y}}a guard{{/unless}}', { x: one }],
    ['a misspelt list', '{{#each y}}a guard{{/each}}', { x: [] }],
    ['a raw string', '{{x}}', { x: 'raw' }],
    ['a number', '{{x}}', { x: 1 }],
    ['something that only looks like Code', '{{x}}', { x: { toString: () => 'raw' } }],
    ['a condition that is a string', '{{#if x}}a{{/if}}', { x: '' }],
    ['a condition that is a list', '{{#if x}}a{{/if}}', { x: [] }],
    ['the prototype', '{{constructor}}', {}],
  ]
  for (const [why, source, view] of broken) {
    test(`rule G1: throws for ${why}`, () => {
      expect(() => compile(source)(view as View)).toThrow()
    })
  }

  const refused: readonly string[] = [
    '{{{x}}}',
    '{{& x}}',
    '{{> x}}',
    '{{lookup x "y"}}',
    '{{log x}}',
    '{{place x}}',
    '{{#with x}}{{/with}}',
    '{{#x}}{{/x}}',
    '{{^x}}{{/x}}',
    '{{#if (lookup x "y")}}{{/if}}',
    '{{x y=1}}',
  ]
  for (const source of refused) {
    test(`rule G1: may not use ${source}`, () => {
      expect(() => compile(source)({ x: one })).toThrow()
    })
  }
})
