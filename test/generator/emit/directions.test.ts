import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../../generator/emit/declarations.ts'
import type { JsonObject } from '../../../generator/read/types.ts'

const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } })

function operationWith(schema: JsonObject, schemas: JsonObject = {}): JsonObject {
  const operation = {
    operationId: 'a.b',
    requestBody: { required: true, ...json(schema) },
    responses: { 200: { description: 'a', ...json(schema) } },
  }
  return {
    openapi: '3.1.0',
    info: { title: 'a', version: '1' },
    paths: { '/a': { post: operation } },
    components: { schemas },
  }
}

describe('the types of a body and of an answer', () => {
  const schemas = { 'a.Pet': { type: 'object', properties: { id: { type: 'string', readOnly: true } } } }
  const pet = { $ref: '#/components/schemas/a.Pet' }

  test('leave out the members of the other direction where the schema has such members', () => {
    const text = declarations(operationWith(pet, schemas), new Set(['a.Pet']))
    expect(text).toContain('"application/json": Writable<components["schemas"]["a.Pet"]>;')
    expect(text).toContain('"application/json": Readable<components["schemas"]["a.Pet"]>;')
  })

  test('leave them out in lists and in schemas without a name', () => {
    const list = declarations(operationWith({ type: 'array', items: pet }, schemas), new Set(['a.Pet']))
    expect(list).toContain('Readable<components["schemas"]["a.Pet"][]>;')
    const inline = declarations(operationWith(schemas['a.Pet']))
    expect(inline).toMatch(/Writable<\{\s+id\?: \$Read<string>;\s+\}>;/)
  })

  test('are the schema itself where both directions have the same members', () => {
    const text = declarations(operationWith(pet, { 'a.Pet': { type: 'object', properties: { id: {} } } }))
    expect(text.match(/"application\/json": components\["schemas"\]\["a\.Pet"\];/g)).toHaveLength(2)
  })
})
