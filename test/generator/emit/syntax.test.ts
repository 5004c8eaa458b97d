import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type ts from 'typescript'
import { printer, typescript } from '../../../generator/emit/printer.ts'
import { sourceText } from '../../../generator/emit/syntax.ts'

const { factory, SyntaxKind } = typescript
const text = factory.createKeywordTypeNode(SyntaxKind.StringKeyword)
const none = factory.createLiteralTypeNode(factory.createNull())
const exported = [factory.createModifier(SyntaxKind.ExportKeyword)]

function property(name: string, type: ts.TypeNode, optional = false): ts.PropertySignature {
  const plain = /^[a-z]+$/.test(name)
  const mark = optional ? factory.createToken(SyntaxKind.QuestionToken) : undefined
  const readonly = optional ? [factory.createModifier(SyntaxKind.ReadonlyKeyword)] : undefined
  return factory.createPropertySignature(readonly, plain ? name : factory.createStringLiteral(name), mark, type)
}

function commented(member: ts.PropertySignature, comment: string): ts.PropertySignature {
  return typescript.addSyntheticLeadingComment(member, SyntaxKind.MultiLineCommentTrivia, comment, true)
}

function declared(...members: readonly ts.TypeElement[]): ts.Statement {
  return factory.createInterfaceDeclaration(exported, 'components', undefined, undefined, members)
}

function index(type: ts.TypeNode): ts.TypeElement {
  const key = factory.createParameterDeclaration(undefined, undefined, 'key', undefined, text)
  return factory.createIndexSignature(undefined, [key], type)
}

const types = fc.letrec<{ type: ts.TypeNode }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(text, none),
    fc.string({ unit: 'binary' }).map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    fc.nat().map((value) => factory.createLiteralTypeNode(factory.createNumericLiteral(value))),
    fc
      .nat()
      .map((value) =>
        factory.createLiteralTypeNode(
          factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, factory.createNumericLiteral(value)),
        ),
      ),
    tie('type').map((type) => factory.createArrayTypeNode(type)),
    tie('type').map((type) => factory.createTypeLiteralNode([index(type)])),
    tie('type').map((type) => factory.createTypeReferenceNode('$Read', [type])),
    fc.array(tie('type'), { maxLength: 3 }).map((elements) => factory.createTupleTypeNode(elements)),
    fc.array(tie('type'), { minLength: 2, maxLength: 3 }).map((parts) => factory.createUnionTypeNode(parts)),
    fc.array(tie('type'), { minLength: 2, maxLength: 3 }).map((parts) => factory.createIntersectionTypeNode(parts)),
    fc
      .array(fc.tuple(fc.string({ unit: 'binary' }), tie('type'), fc.boolean()), { maxLength: 3 })
      .map((members) => factory.createTypeLiteralNode(members.map((member) => property(...member)))),
    fc
      .tuple(tie('type'), fc.string())
      .map(([type, name]) =>
        factory.createIndexedAccessTypeNode(type, factory.createLiteralTypeNode(factory.createStringLiteral(name))),
      ),
  ),
}))

const comments = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '\t', '\r', '\u2028', '\u0085', '   deep')))
  .map((lines) => `*\n * ${lines.join('\n * ')}\n `.replaceAll('*/', '*\\/'))

describe('the text of declarations', () => {
  const given: readonly [what: string, statement: ts.Statement][] = [
    ['an interface without members', declared()],
    ['members, optional and not', declared(property('a', text), property('b c', none, true))],
    ['a comment on one line', declared(commented(property('a', text), '* Short '))],
    ['a comment of several lines', declared(commented(property('a', text), '*\n * One\n *     deep\n *\n * two  \n '))],
    ['two comments', declared(commented(commented(property('a', text), '* One '), '*\n * Two\n '))],
    ['a comment whose lines begin with nothing', declared(commented(property('a', text), '*\n One\n\n\tTwo\n '))],
    ['a comment with other line ends', declared(commented(property('a', text), '*\r\n * One\r * two\u2028 * three '))],
    ['a type alias', factory.createTypeAliasDeclaration(exported, '__a', undefined, text)],
    ['a literal spelt as a name', declared(property('a', factory.createTypeReferenceNode('"b"')))],
    ['what is seldom printed', factory.createEnumDeclaration(exported, 'a', [])],
  ]
  for (const [what, statement] of given) {
    test(`is the same as TypeScript prints for ${what}`, () => {
      expect(sourceText([statement])).toBe(printer.astToString(statement))
    })
  }

  test('is the same as TypeScript prints for statements that were parsed, among others', () => {
    const { statements } = typescript.createSourceFile(
      'a.ts',
      'type W<T, K extends keyof T> = T & { [P in K]-?: T[P] };',
      typescript.ScriptTarget.ESNext,
    )
    const all = [declared(property('a', text)), ...statements, declared()]
    expect(sourceText(all)).toBe(printer.astToString(all))
  })

  test('is the same as TypeScript prints for any type with any comment', () => {
    fc.assert(
      fc.property(types['type'], comments, (type, comment) => {
        const statement = declared(
          commented(property('a', factory.createTypeLiteralNode([property('b', type)])), comment),
        )
        expect(sourceText([statement])).toBe(printer.astToString(statement))
      }),
      { numRuns: 500 },
    )
  })
})
