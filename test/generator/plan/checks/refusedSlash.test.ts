import { describe, expect, test } from '@jest/globals'
import { needsSlash } from '../../../../generator/plan/checks/refusedSlash.ts'
import { manifest, planned, spec } from '../../../support/planned.ts'

/** The findings for a path parameter with this schema, and further members. */
function codesOf(schema: string, more = '', options = ''): readonly string[] {
  const parameter = `{ name: path, in: path, required: true, schema: ${schema}${more} }`
  const answers = 'responses: { 204: { description: Done } }'
  const { codes } = planned(manifest([`orders.file: { access: { authenticated: true }${options} }`]), {
    orders: spec([`'/files/{path}': { get: { operationId: file, parameters: [${parameter}], ${answers} } }`]),
  })
  return codes.filter((code) => code === 'GW3121')
}

describe('a refused slash is reported (GW3121)', () => {
  test.each([
    ['{ type: string, examples: [a/b] }', ''],
    ['{ type: string, example: a/b }', ''],
    ['{ type: string, default: a/b }', ''],
    ['{ type: string, enum: [a, a/b] }', ''],
    ['{ const: a/b }', ''],
    ['{ type: string, format: uri }', ''],
    ["{ type: string, pattern: '^[a-z]+/[a-z]+$' }", ''],
    ['{ type: array, items: { type: string, enum: [a/b] } }', ''],
    ['{ type: string }', ', example: a/b'],
    ['{ type: string }', ', examples: { one: { value: a/b } }'],
  ])('for %s%s', (schema, more) => {
    expect(codesOf(schema, more)).toEqual(['GW3121'])
  })

  test.each([
    ['{ type: string, examples: [a] }', ''],
    ["{ type: string, pattern: '^[a-z/]+$' }", ''],
    ['{ type: string, enum: [a/b] }', ', parameters: { path: { encodedSlash: allow } }'],
    ['{ type: string, enum: [a/b] }', ', parameters: { path: { encodedSlash: refuse } }'],
  ])('not for %s%s', (schema, options) => {
    expect(codesOf(schema, '', options)).toEqual([])
  })
})

describe('of a bound parameter', () => {
  const planOf = (options: string) => {
    const parameter = '{ name: path, in: path, required: true, schema: { type: string, examples: [a/b] } }'
    const answers = 'responses: { 204: { description: Done } }'
    const entry = `orders.file: { path: /mine, bind: { path: $principal.sub }, access: { authenticated: true }${options} }`
    const { codes, client } = planned(manifest([entry]), {
      orders: spec([
        `'/files/{path}': { get: { operationId: file, parameters: [${parameter}], ${answers} } }`,
        `'/files/{id}/meta': { get: { operationId: meta, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], ${answers} } }`,
      ]),
    })
    const written = client.routes[0]?.written
    return { codes, slashes: written?.request?.encodedSlash, reserved: written?.action.reserved }
  }

  test('a slash is reported, and no template of another length is reserved', () => {
    const { codes, slashes, reserved } = planOf('')
    expect(codes).toContain('GW3121')
    expect([slashes, reserved]).toEqual([undefined, undefined])
  })

  test('a decision is one of this parameter, and reserves templates as for values of clients', () => {
    const { codes, slashes, reserved } = planOf(', parameters: { path: { encodedSlash: allow } }')
    expect(codes).not.toContain('GW3121')
    expect(codes).not.toContain('GW3120')
    expect([slashes, reserved]).toEqual([['path'], ['/files/{id}/meta']])
    expect(planOf(', parameters: { path: { encodedSlash: refuse } }').reserved).toBeUndefined()
  })
})

test.each([
  ['^a/b$', true],
  ['^a\\/b$', true],
  ['^(?:a/)+b$', true],
  ['^a(/b)?$', false],
  ['^a/?b$', false],
  ['^a/*b$', false],
  ['^a(?:/b|c)$', false],
  ['^a|b/c$', false],
  ['^[a/]+$', false],
  ['^(?!a/)b$', false],
])('the pattern %s requires a slash: %s', (pattern, want) => {
  expect(needsSlash(pattern)).toBe(want)
})
