import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sampleRequest } from '../../generator/dev/requests.ts'
import { createSampler } from '../../generator/dev/sampler.ts'
import { sendRaw } from '../support/rawClient.ts'
import { accessRows, type Caller } from '../support/sampleSystem.ts'
import { kindMutation } from './kindMutations.ts'
import { bytesOf, type Draft, draftOf, mark, mutation } from './mutations.ts'
import { answerComplaints, Oracle } from './oracle.ts'
import { fuzz, mostGrowth, patience } from './runs.ts'
import { literalsOf } from './siblings.ts'
import { startWatchedSystem, type WatchedSystem } from './watched.ts'

/**
 * Sends valid requests with up to four mutations to the sample's gateways. Their services are simulated from their
 * documents. Requests that reach a service are compared with the access table and the contract; answers, logs and
 * memory are checked too.
 */
const clients = ['mobile', 'partner', 'web'] as const
const rules = clients.flatMap(accessRows).flatMap(({ rule }) => (rule.kind === 'principal' ? rule.anyOf : []))
const one = { subject: 'cus_00000001', claims: { department: 'support' } }
const everything: Caller = {
  ...one,
  scopes: [...new Set(rules.flatMap(({ scopes }) => scopes))],
  roles: [...new Set(rules.flatMap(({ roles }) => roles))],
}
const nothing: Caller = { ...one, scopes: [], roles: [], claims: {} }

let sample: WatchedSystem
beforeAll(async () => {
  sample = await startWatchedSystem([everything, nothing])
}, 120_000)
afterAll(() => sample?.close())

type Identity = 'everything' | 'nothing' | 'nobody' | 'a broken credential' | 'an expired credential'
const identities = fc.constantFrom<Identity>(
  'everything',
  'everything',
  'everything',
  'nothing',
  'nobody',
  'a broken credential',
  'an expired credential',
)

describe.each(clients)('requests at %s', (client) => {
  const known = new Map<Identity, readonly (readonly [string, string])[]>()
  const credentialOf = async (identity: Identity): Promise<readonly (readonly [string, string])[]> => {
    const before = known.get(identity)
    if (before !== undefined) return before
    const caller = identity === 'nothing' ? nothing : everything
    const defect =
      identity === 'a broken credential' ? 'broken' : identity === 'an expired credential' ? 'expired' : undefined
    const fields = identity === 'nobody' ? [] : Object.entries(await sample.credential(client, caller, defect))
    known.set(identity, fields)
    return fields
  }

  test(
    'rules R3, R4, R6, P3, P5, P9, P11, O1: no undeclared input and no unauthorised request reaches a service',
    async () => {
      const plan = sample.plannedClient(client)
      const oracle = new Oracle(plan, sample.model)
      const port = Number(new URL(sample.client(client).url).port)
      const inside = [...Object.values(sample.system.simulators), String(sample.system.issuer)].map(
        (url) => new URL(url).host,
      )
      const samplers = new Map(
        plan.services.map(({ id, schemas }) => [id, { schemas, sampler: createSampler(schemas) }]),
      )

      const templates = sample.model.services.flatMap(({ operations }) => operations.map(({ path }) => path.text))
      const mutations = fc.array(
        fc.oneof({ weight: 17, arbitrary: mutation }, { weight: 4, arbitrary: kindMutation(literalsOf(templates)) }),
        { maxLength: 4 },
      )
      const drafts = fc
        .tuple(fc.nat(), fc.nat({ max: 4 }), fc.boolean(), identities, mutations)
        .map(([at, variant, optional, identity, changes]) => {
          const route = plan.routes[at % plan.routes.length]?.route
          const service = samplers.get(route?.action.service ?? '')
          if (route === undefined || service === undefined) throw new Error(`${client} has no routes.`)
          const claims = { ...everything.claims, sub: everything.subject }
          const request = sampleRequest(route, service.schemas, service.sampler, { variant, optional, claims })
          return { identity, draft: changes.reduce<Draft>((draft, change) => change(draft), draftOf(request)) }
        })

      const property = fc.asyncProperty(drafts, async ({ identity, draft }) => {
        sample.forget()
        const credential = await credentialOf(identity)
        const answer = await sendRaw(
          port,
          bytesOf({ ...draft, fields: [...credential, ...draft.fields] }, 'gateway.test'),
        )
        const caller = identity === 'everything' ? everything : identity === 'nothing' ? nothing : null
        const complaints = [
          ...answerComplaints(answer, inside),
          ...sample.received.flatMap((received) => oracle.complaints(received, caller)),
          ...(sample.received.length > 1 ? ['it reached services more than once'] : []),
          ...(answer.status < 300 && sample.received.length === 0 && !isOwn(draft)
            ? [`${answer.status} without asking a service`]
            : []),
        ]
        expect(complaints).toEqual([])
      })
      await fc.assert(property, fuzz(500, 3_500, 1))
      const before = await sample.memory(client)
      await fc.assert(property, fuzz(500, 3_500, 2))

      // rules F19, F22: the process has not ended, and its memory has not grown.
      const after = await sample.memory(client)
      expect(sample.ended).toEqual([])
      expect(after - before).toBeLessThan(mostGrowth)
    },
    patience,
  )

  test('rule O4: every log line is one JSON object, without control characters, request values and secrets', async () => {
    const port = Number(new URL(sample.client(client).url).port)
    await sendRaw(port, `GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`)
    const secrets = [...known.values()].flatMap((fields) => fields.map(([, value]) => value.replace('Bearer ', '')))
    const lines = sample.log(client)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).not.toMatch(/[\0-\x1f\x7f]/)
      const entry = JSON.parse(line) as { level: number; msg?: string }
      expect([entry.msg, entry.level]).not.toEqual(['internal error', 50])
      expect([line, line.includes(mark)]).toEqual([line, false])
      for (const secret of secrets) expect(line.includes(secret)).toBe(false)
    }
  })
})

/** Requests that the gateway answers itself. */
function isOwn({ method, path }: Draft): boolean {
  return method === 'OPTIONS' || /^\/(?:health|\.well-known)\b|^https?:/.test(path)
}
