import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sampleRequest } from '../../generator/dev/requests.ts'
import { createSampler } from '../../generator/dev/sampler.ts'
import type { AccessRow } from '../../generator/plan/types.ts'
import type { Expression } from '../../templates/runtime/vocabulary.ts'
import { accessRows, type Caller, type SampleSystem, send, startSampleSystem } from '../support/sampleSystem.ts'

/**
 * Calls every route of every committed gateway with every kind of caller. The expected result is derived from
 * access.json only; the actual one is observed at the gateway and at the services behind it.
 */
const clients = ['mobile', 'partner', 'web'] as const
const tables = new Map(clients.map((client) => [client, accessRows(client)]))
const rules = [...tables.values()].flat().flatMap(({ rule }) => (rule.kind === 'principal' ? [rule] : []))
const scopes = [...new Set(rules.flatMap(({ anyOf }) => anyOf.flatMap((grant) => grant.scopes)))].sort()
const roles = [...new Set(rules.flatMap(({ anyOf }) => anyOf.flatMap((grant) => grant.roles)))].sort()

const everybody = { subject: 'cus_00000001', claims: {} }
const everything: Caller = { ...everybody, scopes, roles, claims: { department: 'support' } }
const warehouse: Caller = { ...everything, claims: { department: 'warehouse' } }
const nothing: Caller = { ...everybody, scopes: [], roles: [] }
const stranger: Caller = { ...everything, subject: 'cus_99999999' }
const onlyScopes = scopes.map((scope): [string, Caller] => [
  `only scope ${scope}`,
  { ...everything, scopes: [scope], roles: [] },
])
const onlyRoles = roles.map((role): [string, Caller] => [
  `every scope, only role ${role}`,
  { ...everything, roles: [role] },
])
const callers: readonly (readonly [string, Caller])[] = [
  ['everything', everything],
  ['everything, another department', warehouse],
  ['no scope and no role', nothing],
  ['every scope, no role', { ...everything, roles: [] }],
  ['every role, no scope', { ...everything, scopes: [] }],
  ...onlyScopes,
  ...onlyRoles,
]

let sample: SampleSystem
beforeAll(async () => {
  sample = await startSampleSystem([stranger, ...callers.map(([, caller]) => caller)])
}, 120_000)
afterAll(() => sample?.close())
beforeEach(() => sample.forget())

for (const client of clients) {
  const rows = tables.get(client) ?? []
  describe(client, () => {
    test('answers to exactly the routes of its access table', () => {
      const planned = sample.plannedClient(client).routes.map(({ route }) => `${route.method} ${route.path}`)
      expect(rows.map((row) => `${row.method} ${row.path}`)).toEqual(planned)
    })

    describe.each(rows.map((row) => [`${row.method} ${row.path}`, row] as const))('%s', (_, row) => {
      test('no credential (rule R6): 401, or let through because the table says public', async () => {
        const outcome = await call(client, row, {}, nothing)
        expect(outcome).toEqual(row.rule.kind === 'public' ? reached : refused(401))
      })

      test.each(['broken', 'expired', 'wrong audience'] as const)(
        'a credential that is %s (rules J1, J4, K1): 401',
        async (defect) => {
          const outcome = await call(client, row, await sample.credential(client, everything, defect), everything)
          expect(outcome).toEqual(refused(401))
        },
      )

      test.each(callers)('%s (rule J10)', async (_name, caller) => {
        const outcome = await call(client, row, await sample.credential(client, caller), caller)
        expect(outcome).toEqual(mayCall(row, caller) ? reached : refused(403))
      })

      if (row.owns.length > 0) {
        test('another user’s id (rule J11): 403', async () => {
          const outcome = await call(client, row, await sample.credential(client, stranger), everything)
          expect(outcome).toEqual(refused(403))
        })
      }
    })
  })
}

interface Outcome {
  /** The status of the gateway's own refusal, or `let through`. */
  readonly decision: number | 'let through'
  /** How many requests arrived at services. */
  readonly arrived: number
}

const reached: Outcome = { decision: 'let through', arrived: 1 }
const refused = (status: number): Outcome => ({ decision: status, arrived: 0 })

/** Calls a route with a valid request. Path parameters with `own` get the values of `owner`. */
async function call(
  client: string,
  row: AccessRow,
  headers: Readonly<Record<string, string>>,
  owner: Caller,
): Promise<Outcome> {
  const planned = sample.plannedClient(client)
  const route = planned.routes.find(({ route: one }) => one.id === row.id)?.route
  const schemas = planned.services.find(({ id }) => id === route?.action.service)?.schemas
  if (route === undefined || schemas === undefined) throw new Error(`${client} has no route ${row.id}.`)
  const claims = { ...owner.claims, sub: owner.subject }
  const request = sampleRequest(route, schemas, createSampler(schemas), { variant: 0, optional: false, claims })
  const all = { ...request.headers, ...headers }
  const answer = await send(sample.client(client).url, request.method, request.target, all, request.body)
  const own = answer.status === 401 || answer.status === 403
  const outcome = { decision: own ? answer.status : ('let through' as const), arrived: sample.received.length }
  // Another refusal means that the request was invalid, not that the caller was refused.
  if (!own && outcome.arrived === 0) throw new Error(`${answer.status} ${answer.body.toString()} for ${request.target}`)
  return outcome
}

/** Evaluates the access rule of the table independently of the runtime. */
function mayCall({ rule }: AccessRow, caller: Caller): boolean {
  if (rule.kind === 'public') return true
  const granted = rule.anyOf.some(
    (grant) =>
      grant.scopes.every((scope) => caller.scopes.includes(scope)) &&
      grant.roles.every((role) => caller.roles.includes(role)),
  )
  return granted && rule.when.every((condition) => holds(condition, caller))
}

function holds(expression: Expression, caller: Caller): boolean {
  switch (expression.kind) {
    case 'equal':
      return value(expression.left, caller) === value(expression.right, caller)
    case 'unequal':
      return value(expression.left, caller) !== value(expression.right, caller)
    case 'in': {
      const list = value(expression.right, caller)
      return Array.isArray(list) && list.includes(value(expression.left, caller))
    }
    case 'and':
      return expression.of.every((part) => holds(part, caller))
    case 'or':
      return expression.of.some((part) => holds(part, caller))
    case 'not':
      return !holds(expression.of, caller)
    default:
      return value(expression, caller) === true
  }
}

/** The inputs of a `when` belong to another user in these requests, so they equal no claim. */
function value(expression: Expression, caller: Caller): unknown {
  if (expression.kind === 'literal') return expression.value
  if (expression.kind === 'request') return Symbol('what the request says')
  if (expression.kind !== 'principal') return undefined
  const claims: Readonly<Record<string, unknown>> = { ...caller.claims, sub: caller.subject, roles: caller.roles }
  return expression.claim.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    claims,
  )
}
