import { expect, test } from '@jest/globals'
import { type Findings, queryInput } from '../../templates/runtime/parameters/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter, policy } from '../runtime/parameters/support.ts'

// Medusa's `status` is `oneOf` two identical text schemas, which no text matches, and a list: `?status=canceled` was
// refused.

const status: Schema = {
  oneOf: [{ type: 'string' }, { type: 'string' }, { type: 'array', items: { type: 'string', enum: ['canceled'] } }],
}

test.each([
  ['status=canceled', ['status=canceled'], []],
  ['status=canceled&status=canceled', ['status=canceled&status=canceled'], []],
  ['status=lost', [], ['must fit only one of the alternatives']],
])('%s is read as a list if only that is valid', (query, wire, details) => {
  const of = operation({ query: { status: parameter(status) } })
  const findings: Findings = []
  const read = queryInput(policy(of), of, contractOf(of))(query, findings)
  expect([read, findings.map(({ detail }) => detail)]).toEqual([wire, details])
})
