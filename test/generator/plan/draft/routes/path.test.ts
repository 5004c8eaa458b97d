import { describe, expect, test } from '@jest/globals'
import { exposedPath, parametersOf, templateText } from '../../../../../generator/plan/draft/routes/path.ts'

const template = { text: '/orders', segments: [], variant: null, query: null }
const exposed = (path: string) => exposedPath({ value: path, origin: { file: '', pointer: '' } } as never, template)

describe('a path of the manifest', () => {
  const good: readonly (readonly [string, readonly string[]])[] = [
    ['/', []],
    ['/orders', []],
    ['/orders/', []],
    ['/orders/{orderId}/lines/{line-id}', ['orderId', 'line-id']],
    ['/{a}-{b}.json', ['a', 'b']],
    ['/items:search', []],
    ["/~a.b_c!$&'()*+,=:@", []],
  ]
  test.each(good)('%s is valid', (path, names) => {
    const { fault, segments } = exposed(path)
    expect([fault, templateText(segments), parametersOf(segments)]).toEqual([null, path, names])
  })

  const bad: readonly (readonly [string, RegExp])[] = [
    ['orders', /begin with/],
    ['/orders?status=open', /query/],
    ['/orders#x', /fragment/],
    ['/orders//lines', /empty segment/],
    ['/orders/../lines', /segment `\.\.`/],
    ['/orders/.', /segment `\.`/],
    ['/orders/{orderId', /bracket/],
    ['/orders/orderId}', /bracket/],
    ['/{a}{b}', /there is no text between/],
    ['/{a}/{a}', /twice/],
    ['/{}', /not a parameter/],
    ['/{a b}', /not a parameter/],
    ['/a b', /characters/],
    ['/a;b', /characters/],
    ['/a%2Fb', /characters/],
    ['/a\\b', /characters/],
    ['/é', /characters/],
  ]
  test.each(bad)('%s is not valid (rule R1)', (path, fault) => {
    expect(exposed(path).fault).toMatch(fault)
  })
})

test('the spec’s path is exposed without its variant and its fixed query', () => {
  const path = { text: '/x', segments: [[{ kind: 'literal', text: 'x' }]] as const, variant: 'v', query: 'a=b' }
  expect(exposedPath(null, path)).toMatchObject({ text: '/x', fault: null, origin: null })
})
