import { expect, test } from '@jest/globals'
import { type Findings, queryInput } from '../../templates/runtime/parameters/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { contractOf, operation, parameter, policy } from '../runtime/parameters/support.ts'

// Medusa's `status` is one of several texts, of which a text can only ever be all at once, or a list: `?status=canceled` was refused.

const status: Schema = {
  oneOf: [{ type: 'string' }, { type: 'string' }, { type: 'array', items: { type: 'string', enum: ['canceled'] } }],
}

test.each([
  ['status=canceled', ['status=canceled'], []],
  ['status=canceled&status=canceled', ['status=canceled&status=canceled'], []],
  ['status=lost', [], ['must fit only one of the alternatives']],
])('%s is read as a list where only that fits', (query, wire, details) => {
  const of = operation({ query: { status: parameter(status) } })
  const findings: Findings = []
  const read = queryInput(policy(of), of, contractOf(of))(query, findings)
  expect([read, findings.map(({ detail }) => detail)]).toEqual([wire, details])
})
