import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compileExpression } from '../../../templates/runtime/access/expression.ts'
import type { Expression } from '../../../templates/runtime/vocabulary.ts'
import { anExchange, aPrincipal } from '../../support/identity.ts'

const claim = (...path: string[]): Expression => ({ kind: 'principal', claim: path })
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value })
const request = (place: 'path' | 'query' | 'header', name: string): Expression => ({ kind: 'request', in: place, name })
const equal = (left: Expression, right: Expression): Expression => ({ kind: 'equal', left, right })
const unequal = (left: Expression, right: Expression): Expression => ({ kind: 'unequal', left, right })
const within = (left: Expression, right: Expression): Expression => ({ kind: 'in', left, right })
const and = (...of: Expression[]): Expression => ({ kind: 'and', of })
const or = (...of: Expression[]): Expression => ({ kind: 'or', of })
const not = (of: Expression): Expression => ({ kind: 'not', of })

const exchange = anExchange({
  path: { tenant: 'caf%C3%A9', id: '42', broken: '%ff', big: '9007199254740993' },
  query: 'plain=a%20b&twice=1&twice=2&plus=a+b&empty=&bare&n=7&bad=%zz&%6eame=x&flag=true&spaced+name=1',
  headers: { 'x-one': 'one', 'x-two': ['a', 'b'] },
  principal: aPrincipal({
    claims: {
      tenant: 'café',
      level: 3,
      id: 42,
      text: '3',
      big: 9_007_199_254_740_992,
      admin: true,
      nothing: null,
      groups: ['a', 'b', 3],
      bigs: [9_007_199_254_740_992],
      nested: { plan: 'gold' },
    },
  }),
})

const cases: readonly (readonly [name: string, expression: Expression, want: boolean])[] = [
  // Comparisons of claims and literals
  ['equal texts', equal(claim('nested', 'plan'), literal('gold')), true],
  ['different texts', equal(claim('nested', 'plan'), literal('GOLD')), false],
  ['unequal texts', unequal(claim('nested', 'plan'), literal('silver')), true],
  ['a number and the same number', equal(claim('level'), literal(3)), true],
  ['a number claim and a text literal', equal(claim('level'), literal('3')), false],
  ['a text claim and a number literal', equal(claim('text'), literal(3)), false],
  ['null and null', equal(claim('nothing'), literal(null)), true],
  ['a list and a text that prints alike', equal(claim('groups'), literal('a,b,3')), false],
  ['a number that has lost digits', equal(claim('big'), literal(9_007_199_254_740_992)), false],

  // Inputs are text
  ['a path parameter, decoded once', equal(request('path', 'tenant'), claim('tenant')), true],
  ['a path parameter and a number', equal(request('path', 'id'), claim('id')), true],
  ['a path parameter that has more digits than a number holds', equal(request('path', 'big'), claim('big')), false],
  ['a path parameter that is not UTF-8', unequal(request('path', 'broken'), literal('x')), false],
  ['a query parameter', equal(request('query', 'plain'), literal('a b')), true],
  ['a query parameter with an encoded name', equal(request('query', 'name'), literal('x')), true],
  ['a query parameter and a number', equal(request('query', 'n'), literal(7)), true],
  ['a query parameter and a boolean', equal(request('query', 'flag'), literal(true)), true],
  ['an empty query parameter', equal(request('query', 'empty'), literal('')), true],
  ['a query parameter without =', equal(request('query', 'bare'), literal('')), true],
  ['a header', equal(request('header', 'X-One'), literal('one')), true],

  // Ambiguous inputs are undecided
  ['a repeated query parameter, equal', equal(request('query', 'twice'), literal('1')), false],
  ['a repeated query parameter, unequal', unequal(request('query', 'twice'), literal('3')), false],
  ['a plus in a query parameter', unequal(request('query', 'plus'), literal('x')), false],
  ['a plus in the name of a query parameter', unequal(request('query', 'spaced name'), literal('x')), false],
  ['a query parameter that is not well encoded', unequal(request('query', 'bad'), literal('x')), false],
  ['a repeated header', unequal(request('header', 'x-two'), literal('x')), false],

  // Membership
  ['among a list', within(literal('a'), claim('groups')), true],
  ['not among a list', within(literal('c'), claim('groups')), false],
  ['a path parameter among a list with numbers', within(literal(3), claim('groups')), true],
  ['a text among a list with its number', within(literal('3'), claim('groups')), false],
  ['in a claim that is one text', within(literal('café'), claim('tenant')), true],
  ['part of a text', within(literal('caf'), claim('tenant')), false],
  ['not among a list: decided', not(within(literal('c'), claim('groups'))), true],
  ['not among a list with a number that has lost digits', not(within(literal(1), claim('bigs'))), false],

  // Truth
  ['a true claim', claim('admin'), true],
  ['a text as a condition', claim('tenant'), false],
  ['not a text', not(claim('tenant')), false],
  ['true', literal(true), true],
  ['false', literal(false), false],
  ['not false', not(literal(false)), true],
  ['an empty and', and(), true],
  ['an empty or', or(), false],
  ['a comparison compared', equal(equal(claim('level'), literal(3)), literal(true)), true],

  // Missing values never let a caller in
  ['a missing claim, equal', equal(claim('nobody'), literal('x')), false],
  ['a missing claim, unequal', unequal(claim('nobody'), literal('x')), false],
  ['a missing claim, negated', not(equal(claim('nobody'), literal('x'))), false],
  ['a missing claim, negated twice', not(not(equal(claim('nobody'), literal('x')))), false],
  ['two missing claims', equal(claim('nobody'), claim('no one')), false],
  ['a missing claim and null', equal(claim('nobody'), literal(null)), false],
  ['a missing claim in a list', not(within(claim('nobody'), claim('groups'))), false],
  ['in a missing list', not(within(literal('a'), claim('nobody'))), false],
  ['a missing path parameter', unequal(request('path', 'nobody'), literal('x')), false],
  ['a missing query parameter', unequal(request('query', 'nobody'), literal('x')), false],
  ['a missing header', unequal(request('header', 'nobody'), literal('x')), false],
  ['a missing claim or the truth', or(equal(claim('nobody'), literal('x')), literal(true)), true],
  ['a missing claim and the truth', and(equal(claim('nobody'), literal('x')), literal(true)), false],
  ['not (a missing claim and a falsehood)', not(and(equal(claim('nobody'), literal('x')), literal(false))), true],
  ['not (a missing claim or a falsehood)', not(or(equal(claim('nobody'), literal('x')), literal(false))), false],
  ['an inherited member', unequal(claim('constructor'), literal('x')), false],
]

test.each(cases)('%s', (_name, expression, want) => {
  expect(compileExpression(expression)(exchange) === true).toBe(want)
})

test('an undecided condition is told from one that is false', () => {
  expect(compileExpression(equal(claim('nobody'), literal('x')))(exchange)).toBeUndefined()
  expect(compileExpression(not(literal(true)))(exchange)).toBe(false)
})

test('no condition about a caller is true for an anonymous one', () => {
  const anonymous = anExchange()
  expect(compileExpression(unequal(claim('sub'), literal('x')))(anonymous)).toBeUndefined()
})

describe('laws', () => {
  const leaf = fc.oneof(
    fc.constantFrom(claim('level'), claim('nobody'), claim('groups'), claim('admin'), request('query', 'n')),
    fc.oneof(fc.constantFrom('a', '7', 3), fc.boolean()).map(literal),
  )
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => equal(a, b)),
      fc.tuple(leaf, leaf).map(([a, b]) => within(a, b)),
      fc.array(tie('expression'), { maxLength: 3 }).map((of) => and(...of)),
      fc.array(tie('expression'), { maxLength: 3 }).map((of) => or(...of)),
      tie('expression').map(not),
    ),
  }))
  const holds = (one: Expression) => compileExpression(one)(exchange) === true

  test('a condition and its opposite are never both true', () => {
    fc.assert(fc.property(expression, (one) => !(holds(one) && holds(not(one)))))
  })

  test('de Morgan', () => {
    fc.assert(fc.property(expression, expression, (a, b) => holds(not(and(a, b))) === holds(or(not(a), not(b)))))
  })

  test('unequal is the opposite of equal', () => {
    fc.assert(fc.property(leaf, leaf, (a, b) => holds(unequal(a, b)) === holds(not(equal(a, b)))))
  })

  test('what is true for a caller without claims is true with any claims', () => {
    const blind = anExchange({ query: exchange.query, principal: aPrincipal({ claims: {} }) })
    fc.assert(fc.property(expression, (one) => !compileExpression(one)(blind) || holds(one)))
  })
})
