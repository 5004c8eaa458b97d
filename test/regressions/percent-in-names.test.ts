import { expect, test } from '@jest/globals'
import { ts } from 'ts-morph'
import { declarations } from '../../generator/emit/declarations.ts'

const parameter = { name: 'share_%', in: 'query', schema: { type: 'string' } }
const document = {
  openapi: '3.1.0',
  info: { title: 'Sales', version: '1' },
  paths: { '/growth%/{id}': { get: { parameters: [parameter], responses: { 200: { description: '100% fine' } } } } },
  components: {
    schemas: {
      Growth: {
        type: 'object',
        properties: { 'growth_%': { type: 'object', properties: { '%zz': { enum: ['5%', '%41'] } } } },
      },
    },
  },
}

test('a percent sign in a name is printed in valid declarations', () => {
  const text = declarations(document)
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023)
  expect(Reflect.get(source, 'parseDiagnostics')).toEqual([])
  for (const expected of [
    '"/growth%/{id}"',
    '"share_%"?: string',
    '"growth_%"?: {',
    '"%zz"?: "5%" | "%41"',
    '100% fine',
  ]) {
    expect(text).toContain(expected)
  }
})
