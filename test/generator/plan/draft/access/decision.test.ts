import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { OperationModel } from '../../../../../generator/model/types.ts'
import { decideAccess } from '../../../../../generator/plan/draft/access/decision.ts'
import { grant, readSpecAccess } from '../../../../../generator/plan/draft/access/specAccess.ts'
import type { AccessChoice } from '../../../../../generator/plan/draft/selectors/layering.ts'
import type { ServiceSource } from '../../../../../generator/plan/draft/source.ts'
import type { Grant } from '../../../../../templates/runtime/vocabulary.ts'
import { manifest, operation, orderId, planned, spec } from '../../../../support/planned.ts'

const expose = (access: string | null): string => `orders.getOrder: ${access === null ? '{}' : `{ access: ${access} }`}`

function result(security: string | null, access: string | null) {
  const paths = [
    `/orders/{orderId}: { ${operation('get', `operationId: getOrder, parameters: [${orderId}]${security === null ? '' : `, security: ${security}`}`)} }`,
  ]
  return planned(manifest([expose(access)]), { orders: spec(paths, '') })
}

describe('the spec and the manifest combine to (rule G4)', () => {
  const scope = (...scopes: readonly string[]) => ({ scopes, roles: [] })
  const cases: readonly (readonly [string | null, string | null, readonly Grant[] | string, string])[] = [
    ["[{ oauth: ['a'] }]", null, [scope('a')], 'spec'],
    ["[{ oauth: ['a'] }, { oauth: ['b'] }]", null, [scope('a'), scope('b')], 'spec'],
    ["[{ oauth: ['a'] }, { oauth: ['a', 'b'] }]", null, [scope('a')], 'spec'],
    ["[{ oauth: ['b', 'a'], staff: [support] }]", null, [{ scopes: ['a', 'b'], roles: ['support'] }], 'spec'],
    ['[{ staff: [] }]', null, [scope()], 'spec'],
    // An alternative that requires nothing of callers does not weaken the others.
    ["[{ oauth: ['a'] }, { key: [] }]", null, [scope('a')], 'spec'],
    ["[{ oauth: ['a'] }, {}]", null, [scope('a')], 'spec'],
    ["[{ oauth: ['a'], key: [] }]", null, [scope('a')], 'spec'],
    // A rule applies in addition to every alternative.
    [
      "[{ oauth: ['a'] }, { oauth: ['b'] }]",
      "{ scopes: ['c'] }",
      [scope('a', 'c'), scope('b', 'c')],
      'spec + manifest',
    ],
    ["[{ oauth: ['a'] }]", '{ roles: [r] }', [{ scopes: ['a'], roles: ['r'] }], 'spec + manifest'],
    ["[{ oauth: ['a'] }]", '{ authenticated: true }', [scope('a')], 'spec + manifest'],
    [null, "{ scopes: ['c'] }", [scope('c')], 'manifest'],
    [null, '{ authenticated: true }', [scope()], 'manifest'],
    ['[{ key: [] }]', '{ authenticated: true }', [scope()], 'manifest'],
    // Public only if the spec is.
    [null, '{ public: Open }', 'public', 'manifest'],
    ['[]', '{ public: Open }', 'public', 'manifest'],
    ['[{ key: [] }]', '{ public: Open }', 'public', 'manifest'],
    ["[{ oauth: ['a'] }, {}]", '{ public: Open }', 'public', 'manifest'],
    // Weaker only with an override.
    ["[{ oauth: ['a'] }]", "{ override: { scopes: ['b'] }, because: Why }", [scope('b')], 'override'],
    ["[{ oauth: ['a'] }]", '{ override: { public: Open }, because: Why }', 'public', 'override'],
  ]
  test.each(cases)('%s and %s', (security, access, want, decidedBy) => {
    const { client, codes } = result(security, access)
    const [row] = client.access
    // The credential of the service is not sent to an operation that asks for none.
    expect(codes.filter((code) => code !== 'GW3337')).toEqual([])
    expect([row?.rule.kind === 'public' ? 'public' : row?.rule.anyOf, row?.decidedBy]).toEqual([want, decidedBy])
  })
})

describe('nothing becomes public implicitly (rule G4)', () => {
  const cases: readonly (readonly [string | null, string | null, string])[] = [
    [null, null, 'GW3001'],
    ['[]', null, 'GW3001'],
    ['[{}]', null, 'GW3001'],
    ['[{ key: [] }]', null, 'GW3001'],
    ["[{ oauth: ['a'] }]", '{ public: Open }', 'GW3003'],
    ["[{ oauth: ['a'] }, { key: [] }]", '{ public: Open }', 'GW3003'],
  ]
  test.each(cases)('%s and %s are refused', (security, access, code) => {
    expect(result(security, access).codes).toEqual([code])
  })

  test('an override names what it is weaker than', () => {
    const { client } = result("[{ oauth: ['a'] }]", '{ override: { public: Open }, because: Why }')
    expect(client.access[0]).toMatchObject({
      rule: { kind: 'public', because: 'Why' },
      override: { because: 'Why', weakerThan: 'scope a' },
    })
  })
})

describe('a rule without override', () => {
  const names = fc.subarray(['a', 'b', 'c'])
  const schemes = ['oauth', 'staff', 'key'] as const
  const requirement = fc
    .uniqueArray(fc.constantFrom(...schemes), { maxLength: 2 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((scheme) => names.map((scopes) => ({ scheme, scopes, origin: { file: '', pointer: '' } }))),
      ),
    )

  test('lets in no caller that the spec refuses (rule J10)', () => {
    fc.assert(
      fc.property(
        fc.array(requirement, { maxLength: 3 }),
        names,
        names,
        names,
        names,
        (security, scopes, roles, held, roled) => {
          const source = {
            manifest: {
              security: { oauth: { value: 'principal' }, staff: { value: 'principal' }, key: { value: 'service' } },
            },
            model: {
              schemes: [
                { name: 'oauth', kind: 'oauth2' },
                { name: 'staff', kind: 'http-bearer' },
                { name: 'key', kind: 'apiKey' },
              ],
            },
          } as unknown as ServiceSource
          const spec = readSpecAccess({ security, securityOrigin: null } as unknown as OperationModel, source)
          const origin = { file: '', pointer: '' }
          const chosen = (value: readonly string[]) => (value.length === 0 ? null : ({ value, origin } as never))
          const choice: AccessChoice = {
            kind: 'rule',
            scopes: chosen(scopes),
            roles: chosen(roles),
            authenticated: null,
            when: null,
            origin,
          }
          const { rule } = decideAccess(spec, choice)
          if (rule?.kind !== 'principal') throw new Error('a rule asks for a caller')

          const caller = grant(held, roled)
          const holds = (one: Grant) =>
            one.scopes.every((scope) => caller.scopes.includes(scope)) &&
            one.roles.every((role) => caller.roles.includes(role))
          const asksCaller = security.filter((all) => all.some(({ scheme }) => scheme !== 'key'))
          const meets = asksCaller.some((all) =>
            all.every(
              ({ scheme, scopes }) =>
                scheme === 'key' ||
                scopes.every((name) => (scheme === 'oauth' ? caller.scopes : caller.roles).includes(name)),
            ),
          )
          const wanted = (asksCaller.length === 0 || meets) && holds(grant(scopes, roles))
          expect(rule.anyOf.some(holds)).toBe(wanted)
        },
      ),
    )
  })
})
