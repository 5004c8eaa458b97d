import { expect, test } from '@jest/globals'
import { Typing } from '../../templates/runtime/parameters/index.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'

// The gateway parsed `limit=1000000e-4` as 100 and accepted it with a maximum of 100. Services that stop at the first
// character that is not a digit read 1000000.

const contract = compileSchemas({ operations: {}, schemas: { Count: { type: 'integer' } }, linear: [] })

test.each<[Schema, string, unknown]>([
  [{ type: 'integer' }, '100', 100],
  [{ type: 'integer' }, '-7', -7],
  [{ type: 'integer' }, '1000000e-4', '1000000e-4'],
  [{ type: 'integer' }, '1e2', '1e2'],
  [{ type: 'integer' }, '100.0', '100.0'],
  [{ type: 'integer' }, '007', '007'],
  [{ type: ['integer', 'null'] }, '1E2', '1E2'],
  [{ $ref: '#/schemas/Count' }, '1e2', '1e2'],
  [{ allOf: [{ $ref: '#/schemas/Count' }, { maximum: 100 }] }, '1e2', '1e2'],
  [{ type: 'number' }, '1e2', 100],
  [{ anyOf: [{ type: 'integer' }, { type: 'number' }] }, '1.5', 1.5],
])('rule P11: as %j, the text %s is %j', (schema, text, want) => {
  expect(new Typing(contract, [schema]).scalar(text)).toEqual(want)
})
