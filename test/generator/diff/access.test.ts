import { describe, expect, test } from '@jest/globals'
import { accessRows, diffAccess } from '../../../generator/diff/access.ts'
import type { AccessRow } from '../../../generator/plan/types.ts'
import type { Access } from '../../../templates/runtime/vocabulary.ts'
import { aClient } from '../../support/plan.ts'

type Rule = Extract<Access, { kind: 'principal' }>

const open: Access = { kind: 'public', because: 'No secret' }

function principal(over: Partial<Rule> = {}): Access {
  return { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [], ...over }
}

function grants(...anyOf: readonly (readonly [scopes: readonly string[], roles: readonly string[]])[]): Access {
  return principal({ anyOf: anyOf.map(([scopes, roles]) => ({ scopes, roles })) })
}

function row(over: Partial<AccessRow> = {}): AccessRow {
  return {
    id: 'orders.getOrder',
    method: 'GET',
    path: '/orders/{orderId}',
    authenticators: ['bearer'],
    rule: principal(),
    who: 'somebody',
    decidedBy: 'spec',
    override: null,
    binds: [],
    owns: [],
    unchecked: [],
    sends: [],
    reaches: ['orders.getOrder'],
    answers: { check: 'enforce', undeclared: 'drop' },
    unshaped: [],
    undeclaredBody: null,
    freeBody: false,
    ...over,
  }
}

function widened(before: Partial<AccessRow>, after: Partial<AccessRow>): readonly string[] {
  return diffAccess([row(before)], [row(after)]).widened.flatMap(({ what }) => what)
}

const anyOf = (at: string, because: string | null = null) => ({ at, passes: 'any members', because })
const own = [{ parameter: 'orderId', claim: ['sub'] }]
const when = [{ kind: 'literal', value: true }] as const
const token = "the caller's own token"
const secret = 'a secret in X-Api-Key'
const ownToken = "the gateway's own token (client credentials)"
const binds = [{ input: 'customerId', claim: 'sub' }]

describe('access is widened when', () => {
  const given: readonly [
    what: string,
    before: Partial<AccessRow>,
    after: Partial<AccessRow>,
    want: readonly string[],
  ][] = [
    ['a value may have slashes', {}, { encodedSlash: ['path'] }, ['path may contain a slash now']],
    [
      'a part of an answer is no longer described',
      { unshaped: [anyOf('/404')] },
      { unshaped: [anyOf('/200/details'), anyOf('/404')] },
      ['/200/details of its answers passes any members now'],
    ],
    [
      'redirects lead to another host',
      { redirectHosts: ['a.example'] },
      { redirectHosts: ['a.example', 'b.example'] },
      ['may redirect to b.example now'],
    ],
    ['bodies may have any members', {}, { freeBody: true }, ['bodies may have members of any name now']],
    ['a route becomes public', { rule: principal() }, { rule: open }, ['now public']],
    ['a scope goes', { rule: grants([['a', 'b'], []]) }, { rule: grants([['a'], []]) }, ['scope b no longer required']],
    ['a role goes', { rule: grants([[], ['r']]) }, { rule: grants([[], []]) }, ['role r no longer required']],
    [
      'a scope is exchanged for another',
      { rule: grants([['a'], []]) },
      { rule: grants([['b'], []]) },
      ['scope a no longer required'],
    ],
    [
      'an alternative comes that asks less',
      { rule: grants([['a'], ['r']]) },
      { rule: grants([['a'], ['r']], [['a'], []]) },
      ['role r no longer required'],
    ],
    ['ownership goes', { rule: principal({ own }) }, {}, ['orderId is no longer checked for ownership']],
    ['a condition goes', { rule: principal({ when }) }, {}, ['a condition of `when` was removed']],
    [
      'ownership is by another claim',
      { rule: principal({ own }) },
      { rule: principal({ own: [{ parameter: 'orderId', claim: ['act', 'sub'] }] }) },
      ['the claim that orderId must match changed to act.sub'],
    ],
    [
      'one of two claims goes, and the other changes',
      { rule: principal({ own: [...own, { parameter: 'orderId', claim: ['orders'] }] }) },
      { rule: principal({ own: [{ parameter: 'orderId', claim: ['all'] }] }) },
      ['the claim that orderId must match changed to all', 'orderId is no longer checked for ownership'],
    ],
    [
      'a condition changes',
      { rule: principal({ when }) },
      { rule: principal({ when: [{ kind: 'literal', value: false }] }), who: 'any caller; when false' },
      ['a condition of `when` changed to: any caller; when false'],
    ],
    [
      'an input is bound to another claim',
      { binds },
      { binds: [{ input: 'customerId', claim: 'act.sub' }] },
      ['the claim that customerId is bound to changed to act.sub'],
    ],
    [
      'answers are no longer refused',
      {},
      { answers: { check: 'report', undeclared: 'drop' } },
      ['answers that do not fit their schema are passed on now (answers: report)'],
    ],
    [
      'answers are no longer checked and reduced',
      {},
      { answers: { check: 'off', undeclared: 'pass' } },
      [
        'answers that do not fit their schema are passed on now (answers: off)',
        'undeclared members of answers are passed on now (undeclared: pass)',
      ],
    ],
    [
      'a 401 of the service passes, of a public route as well',
      { rule: open },
      { rule: open, answers: { check: 'enforce', undeclared: 'drop', unauthorized: 'pass' } },
      ['a 401 of the service is passed on now (unauthorized: pass)'],
    ],
    [
      "the gateway's token replaces the caller's",
      { sends: [token] },
      { sends: [ownToken] },
      [`the service is called with the gateway's own authority now (${ownToken})`],
    ],
    [
      'a secret is added',
      { sends: [`${token} (if there is a caller)`] },
      { sends: [token, secret] },
      [`the service is called with the gateway's own authority now (${secret})`],
    ],
    [
      'only a secret is left',
      { sends: [secret, 'a signed token about the caller for orders'] },
      { sends: [secret] },
      ["the service is called with the gateway's own authority now"],
    ],
    [
      "the caller's token goes",
      { sends: ['a token exchanged for orders'] },
      { sends: [] },
      ['the service is called without a credential of the caller now'],
    ],
    ['another kind of caller is let in', {}, { authenticators: ['bearer', 'key'] }, ['callers of key may call it now']],
    ['an input is no longer bound', { binds }, {}, ['customerId is no longer bound to the caller']],
    [
      'an input of a public route is no longer bound',
      { rule: open, binds },
      { rule: open },
      ['customerId is no longer bound to the caller'],
    ],
  ]
  for (const [what, before, after, want] of given) {
    test(what, () => {
      expect(widened(before, after)).toEqual(want)
    })
  }
})

describe('access is not widened when', () => {
  const given: readonly [what: string, before: Partial<AccessRow>, after: Partial<AccessRow>][] = [
    ['nothing changes', {}, {}],
    ['a public route is closed', { rule: open }, { rule: principal() }],
    ['a scope comes', { rule: grants([['a'], []]) }, { rule: grants([['a', 'b'], []]) }],
    ['an alternative goes', { rule: grants([['a'], []], [['b'], []]) }, { rule: grants([['b'], []]) }],
    [
      'alternatives change places',
      { rule: grants([['a'], []], [['b'], []]) },
      { rule: grants([['b'], []], [['a'], []]) },
    ],
    ['ownership and a condition come', {}, { rule: principal({ own, when }) }],
    [
      'a part of an answer passes for another reason',
      { unshaped: [anyOf('/200')] },
      { unshaped: [anyOf('/200', 'A')] },
    ],
    [
      'a table from before such parts were listed is compared',
      { unshaped: false as unknown as AccessRow['unshaped'] },
      { unshaped: [anyOf('/200')] },
    ],
    ["a caller's token is exchanged", { sends: [token] }, { sends: ['a token exchanged for orders'] }],
    ['a secret is no longer sent', { sends: [token, secret] }, { sends: [token] }],
    [
      'answers are only no longer reported',
      { answers: { check: 'report', undeclared: 'drop' } },
      { answers: { check: 'off', undeclared: 'drop' } },
    ],
    [
      'a table from before the treatment of answers was listed is compared',
      { answers: undefined as unknown as AccessRow['answers'] },
      { answers: { check: 'off', undeclared: 'pass' } },
    ],
    ['a parameter gets another name', {}, { path: '/orders/{id}' }],
  ]
  for (const [what, before, after] of given) {
    test(what, () => {
      expect(widened(before, after)).toEqual([])
    })
  }
})

test('lists routes that are new, removed and changed', () => {
  const kept = row({ id: 'kept', path: '/kept' })
  const gone = row({ id: 'gone', path: '/gone' })
  const fresh = row({ id: 'new', path: '/kept', method: 'POST' })
  const other = row({ id: 'other', path: '/other/{a}' })
  const changed = row({ id: 'other', path: '/other/{b}', sends: ['a token exchanged for orders'] })
  expect(diffAccess([kept, gone, other], [kept, fresh, changed])).toEqual({
    added: [fresh],
    removed: [gone],
    changed: [changed],
    reported: [],
    widened: [],
    narrowed: [],
  })
})

describe('accessRows', () => {
  test('reads what was emitted', () => {
    const { access } = aClient()
    expect(accessRows(JSON.stringify({ routes: access }))).toEqual(access)
  })

  const unreadable = [
    '',
    '<<<<<<<',
    'null',
    '{}',
    '{"routes":1}',
    '{"routes":[1]}',
    '{"routes":[{"method":"GET","path":"/"}]}',
  ]
  for (const text of unreadable) {
    test(`returns null for ${JSON.stringify(text)}`, () => {
      expect(accessRows(text)).toBeNull()
    })
  }
})

describe('undeclared members of bodies', () => {
  test.each<[AccessRow['undeclaredBody'], AccessRow['undeclaredBody'], readonly string[], readonly string[]]>([
    ['pass', 'refuse', ['undeclared members of bodies are refused now'], []],
    ['pass', 'drop', ['undeclared members of bodies are dropped now'], []],
    ['drop', 'refuse', ['undeclared members of bodies are refused now'], []],
    ['refuse', 'pass', [], ['undeclared members of bodies are passed on now']],
    ['pass', 'pass', [], []],
    [null, 'refuse', [], []],
    [null, 'pass', [], ['undeclared members of bodies are passed on now']],
    ['refuse', null, [], []],
  ])('from %j to %j', (before, after, narrowed, widened) => {
    const changes = diffAccess([row({ undeclaredBody: before })], [row({ undeclaredBody: after })])
    expect(changes.narrowed.flatMap(({ what }) => what)).toEqual(narrowed)
    expect(changes.widened.flatMap(({ what }) => what)).toEqual(widened)
  })

  test('passed in a gateway whose table does not say it: each route that refuses them now is listed', () => {
    const { undeclaredBody: _, freeBody: __, ...old } = row()
    const earlier = accessRows(JSON.stringify({ routes: [old] })) ?? []
    const listed = diffAccess(earlier, [row({ undeclaredBody: 'refuse' })])
    expect(listed.narrowed).toMatchObject([{ method: 'GET', path: '/orders/{orderId}' }])
    expect(diffAccess(earlier, [row({ undeclaredBody: 'pass' })]).changed).toEqual([])
    expect(diffAccess(earlier, [row()]).changed).toEqual([])
  })
})

test('a route is narrowed if its answers are refused or reduced that passed, and if redirects are', () => {
  const before = row({
    answers: { check: 'off', undeclared: 'pass', unauthorized: 'pass' },
    redirectHosts: ['a.example'],
  })
  expect(diffAccess([before], [row()]).narrowed.flatMap(({ what }) => what)).toEqual([
    'answers that do not fit their schema are refused now (answers: enforce)',
    'undeclared members of answers are dropped now (undeclared: drop)',
    'a 401 of the service is no longer passed on (unauthorized)',
    'may no longer redirect to a.example',
  ])
})

test('a route of which only the report of answers changed is listed apart', () => {
  const treated = (check: 'off' | 'report'): AccessRow => row({ answers: { check, undeclared: 'drop' } })
  expect(diffAccess([treated('report')], [treated('off')])).toMatchObject({ changed: [], reported: [treated('off')] })
  expect(diffAccess([row()], [treated('off')])).toMatchObject({ changed: [treated('off')], reported: [] })
})
