import { describe, expect, test } from '@jest/globals'
import { answering, answerSchema, planDocument } from '../../../../support/translation.ts'

const warnings = (keyword: string, version: string) => {
  const planned = planDocument(answering({ properties: { a: { type: 'string', [keyword]: 1 } } }, {}, version))
  expect(answerSchema(planned)).toEqual({ properties: { a: { type: 'string' } } })
  return planned.findings.map(({ report: { code, message, origin } }) => [code, message, origin?.pointer])
}

describe('a keyword that looks like a misspelt one', () => {
  const slips: readonly (readonly [version: string, written: string, meant: string])[] = [
    ['3.1.0', 'maxlength', 'maxLength'],
    ['3.1.0', 'max_length', 'maxLength'],
    ['3.1.0', 'min-items', 'minItems'],
    ['3.1.0', 'maxLenght', 'maxLength'],
    ['3.1.0', 'minimun', 'minimum'],
    ['3.1.0', 'patern', 'pattern'],
    ['3.1.0', 'enums', 'enum'],
    ['3.1.0', 'fromat', 'format'],
    ['3.1.0', 'additionalProperites', 'additionalProperties'],
    ['3.1.0', 'writeonly', 'writeOnly'],
    ['3.1.0', 'unevaluatedProperty', 'unevaluatedProperties'],
    ['3.1.0', 'maxproperties', 'maxProperties'],
    ['3.0.3', 'exclusiveMinimun', 'exclusiveMinimum'],
    ['3.0.3', 'requierd', 'required'],
  ]
  test.each(slips)('OpenAPI %s: %s is reported as unknown, with the suggestion %s', (version, written, meant) => {
    const minor = version.slice(0, 3)
    expect(warnings(written, version)).toEqual([
      [
        'GW3259',
        `OpenAPI ${minor} has no keyword \`${written}\`: it is not checked. Did you mean \`${meant}\`?`,
        expect.stringMatching(new RegExp(`/a/${written}$`)),
      ],
    ])
  })

  test.each([
    'x-enum',
    'x-max-length',
    'note',
    'name',
    'optional',
    'in',
    'titel',
    'descripton',
    'docs',
    'itm',
    'minimal',
  ])('is not reported: %s', (keyword) => {
    expect(warnings(keyword, '3.1.0')).toEqual([])
  })
})
