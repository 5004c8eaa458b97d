import { expect, test } from '@jest/globals'
import { headerInput } from '../../../templates/runtime/parameters/inputs.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import { some } from '../../support/gatewayParts.ts'

/** A declared header from a client, as the service gets it. */
function taken(name: string): Record<string, string | string[]> {
  const operation = some.operation({ header: { [name]: some.parameter({ required: false }) } })
  const schemas = compileSchemas({ operations: { any: operation }, schemas: {}, linear: [] })
  const into: Record<string, string | string[]> = {}
  headerInput(some.request('/a', { header: [name] }), operation, schemas)({ [name.toLowerCase()]: 'sent' }, into, [])
  return into
}

test.each([
  'Accept',
  'Accept-Encoding',
  'Authorization',
  'Content-Length',
  'Content-Type',
  'Connection',
  'Cookie',
  'Expect',
  'Forwarded',
  'Host',
  'HTTP2-Settings',
  'Max-Forwards',
  'Remote-User',
  'Sec-Fetch-Site',
  'Set-Cookie',
  'TraceParent',
  'Transfer-Encoding',
  'X-Forwarded-User',
  'X-Gatewright-Subject',
  'X-HTTP-Method',
  'X-HTTP-Method-Override',
  'X-Original-URL',
  'X-Real-IP',
  'X-Request-Id',
  'X-User-Id',
])('%s is not passed on for a client, even if it is documented (rules R4, H1)', (name) => {
  expect(taken(name)).toEqual({})
})

test.each(['X-Tenant', 'If-Match', 'Idempotency-Key', 'Accept-Language'])(
  '%s is passed on if it is documented',
  (name) => {
    expect(taken(name)).toEqual({ [name.toLowerCase()]: 'sent' })
  },
)
