import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compileExpression, type Inputs } from '../../../../../generator/plan/draft/expression/compile.ts'
import { parseExpression } from '../../../../../generator/plan/draft/expression/parser.ts'
import { SyntaxFinding } from '../../../../../generator/plan/draft/expression/tokens.ts'
import type { JsonType, SchemaFacts } from '../../../../../generator/plan/draft/schemaFacts.ts'
import type { Expression } from '../../../../../templates/runtime/vocabulary.ts'

const of = (types: readonly JsonType[], values: SchemaFacts['values'] = null): SchemaFacts => ({
  types: new Set(types),
  values,
})

const inputs: Inputs = {
  path: new Map([
    ['orderId', of(['string'])],
    ['page', of(['number'])],
    ['any', { types: null, values: null }],
  ]),
  query: new Map([
    ['status', of(['string'], ['open', 'closed'])],
    ['tags', of(['array'])],
    ['filter.name', of(['string'])],
  ]),
  header: new Map([['X-Tenant', of(['string'])]]),
}

function compile(text: string) {
  const syntax = parseExpression(text)
  if (syntax instanceof SyntaxFinding) throw new Error(`${syntax.at}: ${syntax.message}`)
  return compileExpression(syntax, inputs)
}

const path = (name: string): Expression => ({ kind: 'request', in: 'path', name })
const claim = (...claim: readonly string[]): Expression => ({ kind: 'principal', claim })
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value })
const equal = (left: Expression, right: Expression): Expression => ({ kind: 'equal', left, right })

describe('an expression means', () => {
  const a = equal(claim('a'), literal(1))
  const b = equal(claim('b'), literal(2))
  const c = equal(claim('c'), literal(3))
  const cases: readonly (readonly [string, Expression])[] = [
    ['$request.path.orderId == $principal.sub', equal(path('orderId'), claim('sub'))],
    ["$principal.realm.tenant != 'shop'", { kind: 'unequal', left: claim('realm', 'tenant'), right: literal('shop') }],
    ['$principal.a == "it\'s"', equal(claim('a'), literal("it's"))],
    ['$principal.a == -1.5', equal(claim('a'), literal(-1.5))],
    ['$principal.a == null', equal(claim('a'), literal(null))],
    [
      "$principal['https://shop.example/tenant'].id == 'x'",
      equal(claim('https://shop.example/tenant', 'id'), literal('x')),
    ],
    ["$principal.cognito:groups == 'x'", equal(claim('cognito:groups'), literal('x'))],
    [
      "$request.query['filter.name'] == 'x'",
      equal({ kind: 'request', in: 'query', name: 'filter.name' }, literal('x')),
    ],
    ["$request.header.x-tenant == 'x'", equal({ kind: 'request', in: 'header', name: 'X-Tenant' }, literal('x'))],
    ["'support' in $principal.roles", { kind: 'in', left: literal('support'), right: claim('roles') }],
    [
      "$principal.a in ['x', 'y']",
      { kind: 'or', of: [equal(claim('a'), literal('x')), equal(claim('a'), literal('y'))] },
    ],
    ['$principal.email_verified', claim('email_verified')],
    ['not $principal.a == 1', { kind: 'not', of: a }],
    [
      '$principal.a == 1 or $principal.b == 2 and $principal.c == 3',
      { kind: 'or', of: [a, { kind: 'and', of: [b, c] }] },
    ],
    [
      '($principal.a == 1 or $principal.b == 2) and $principal.c == 3',
      { kind: 'and', of: [{ kind: 'or', of: [a, b] }, c] },
    ],
    ['not not $principal.a == 1', { kind: 'not', of: { kind: 'not', of: a } }],
    ['(($principal.a == 1))', a],
  ]
  test.each(cases)('%s', (text, want) => {
    expect(compile(text)).toEqual({ expression: want, findings: [] })
  })
})

describe('an invalid expression is refused at its column', () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['', 0, /ends/],
    ["$principal.a = 'x'", 13, /Write `==` for equality/],
    ['$principal.a == x', 16, /Write strings in quotes/],
    ["$principal.a == 'x", 16, /quote is not closed/],
    ['$principal.a == 1 && $principal.b == 2', 18, /Write `and`/],
    ['$principal.a > 1', 13, /are supported/],
    ['!$principal.a', 0, /Write `not`/],
    ['$principal.a ==', 15, /ends/],
    ['($principal.a == 1', 18, /ends where `\)`/],
    ['$principal.a == 1)', 17, /Expected/],
    ['$principal.a == 1 == 1', 18, /chained/],
    ['($principal.a == 1) == true', 1, /not conditions/],
    ["$principal.a in ['x' 'y']", 21, /`,` or `]`/],
    ["['x'] == $principal.a", 0, /Expected/],
    [`${'('.repeat(40)}$principal.a == 1${')'.repeat(40)}`, 33, /deep/],
    ['$principal.a == 01', 16, /not expected here/],
  ]
  test.each(cases)('%s', (text, at, message) => {
    const found = parseExpression(text)
    expect(found).toEqual(new SyntaxFinding(at, expect.stringMatching(message) as unknown as string))
  })

  test('whatever the text is', () => {
    const piece = fc.constantFrom(
      '$principal.a',
      '$request.path.page',
      '(',
      ')',
      '[',
      ']',
      ',',
      'and',
      'or',
      'not',
      'in',
      '==',
      '!=',
      "'x'",
      '1',
      ' ',
      '$',
      "'",
      '\u2028',
      'é',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ')
        const found = parseExpression(text)
        if (found instanceof SyntaxFinding) expect(found.at).toBeLessThanOrEqual(text.length)
        else compileExpression(found, inputs)
      }),
    )
  })
})

describe('a meaningless expression is refused at its column', () => {
  const cases: readonly (readonly [string, string, number, string | null])[] = [
    ['$request.path.orderid == $principal.sub', 'GW3011', 0, 'Did you mean `orderId`?'],
    [
      '$request.body.a == $principal.sub',
      'GW3011',
      0,
      'There are `$principal.<claim>` and `$request.path|query|header.<name>`.',
    ],
    ['$user.sub == 1', 'GW3011', 0, 'There are `$principal.<claim>` and `$request.path|query|header.<name>`.'],
    ['$principal == 1', 'GW3011', 0, 'There are `$principal.<claim>` and `$request.path|query|header.<name>`.'],
    ['$request.path.orderId == 7', 'GW3012', 25, "Write strings in quotes: `'7'`."],
    ["$request.path.page == '7'", 'GW3012', 22, 'Only strings are written in quotes: `7`.'],
    ['$request.path.orderId == null', 'GW3012', 25, "Write strings in quotes: `'null'`."],
    ["$request.query.status == 'opened'", 'GW3012', 25, 'Did you mean `open`?'],
    ["$request.query.status in ['open', 'shut']", 'GW3012', 34, 'There is `closed`, `open`.'],
    ["$request.query.tags == 'x'", 'GW3012', 0, null],
    ['$principal.exp == $request.path.orderId', 'GW3012', 18, null],
    ['$principal.sub == 1', 'GW3012', 18, "Write strings in quotes: `'1'`."],
    ['$request.path.orderId', 'GW3012', 0, "Write `$request.path.orderId == '...'`."],
    ['$principal.email', 'GW3012', 0, "Write `$principal.email == '...'`."],
    ["'x' in $principal.sub", 'GW3013', 7, 'Compare it by `==`.'],
    [
      "'x' in $request.query.tags",
      'GW3013',
      7,
      "The right side of `in` is a claim (`$principal.groups`) or a list (`['a', 'b']`).",
    ],
    ["$principal.a in ['x', $principal.b]", 'GW3013', 22, 'Join comparisons by `or` instead.'],
    ["'x' == 'x'", 'GW3014', 0, null],
    ["'x' in ['x']", 'GW3014', 0, null],
    ['$principal.a == $principal.a', 'GW3014', 0, null],
    ['true', 'GW3014', 0, 'Compare it with a claim or an input.'],
  ]
  test.each(cases)('%s', (text, code, at, hint) => {
    expect(compile(text).findings).toEqual([{ code, at, message: expect.any(String), hint }])
  })

  test('all faults at once', () => {
    const { findings } = compile("$request.path.x == 'a' and $request.path.y == 'b'")
    expect(findings.map(({ code, at }) => [code, at])).toEqual([
      ['GW3011', 0],
      ['GW3011', 27],
    ])
  })
})
