import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parameterNames, parsePath } from '../../../generator/model/path.ts'

/** Segments as text, parameters as separate `{name}`. */
function shape(path: string): unknown {
  const result = parsePath(path)
  if (result.kind === 'fault') return result.reason
  const { segments, variant, query } = result.template
  const pieces = segments.map((segment) =>
    segment.map((piece) => (piece.kind === 'literal' ? piece.text : `{${piece.name}}`)),
  )
  return { pieces, ...(variant === null ? {} : { variant }), ...(query === null ? {} : { query }) }
}

describe('a path template', () => {
  test.each<[string, unknown]>([
    ['/', { pieces: [[]] }],
    ['/orders', { pieces: [['orders']] }],
    ['/orders/', { pieces: [['orders'], []] }],
    ['/{id}.json', { pieces: [['{id}', '.json']] }],
    ['/{a}-{b}/x', { pieces: [['{a}', '-', '{b}'], ['x']] }],
    ['/items:search', { pieces: [['items:search']] }],
    ['/files/{id}#add_shared_link', { pieces: [['files'], ['{id}']], variant: 'add_shared_link' }],
    ['/x?action=y', { pieces: [['x']], query: 'action=y' }],
    ['/x?a=1#b?c', { pieces: [['x']], query: 'a=1', variant: 'b?c' }],
    ['/{StartTime<}', { pieces: [['{StartTime<}']] }],
    ['orders', 'it does not start with a slash'],
    ['', 'it does not start with a slash'],
    ['/{id', 'the braces of `{id` do not match'],
    ['/id}', 'the braces of `id}` do not match'],
    ['/{{id}}', 'the braces of `{{id}}` do not match'],
    ['/{}', 'a parameter has no name'],
    ['/{a}/{a}', '`{a}` occurs twice'],
    ['/{a}{b}', 'there is no text between the parameters of `{a}{b}` apart'],
  ])('%s', (path, want) => {
    expect(shape(path)).toEqual(want)
  })

  test('loses no text', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/)
    const literal = fc.stringMatching(/^[a-z0-9:.~-]{1,8}$/)
    const piece = fc.oneof(
      literal,
      name.map((text) => `{${text}}`),
    )
    const segment = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('-'))
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = `/${segments.join('/')}`
        const result = parsePath(path)
        if (result.kind === 'fault') return /occurs twice$|^it has the segment `\.{1,2}`$/.test(result.reason)
        const written = result.template.segments.map((pieces) =>
          pieces.map((one) => (one.kind === 'literal' ? one.text : `{${one.name}}`)).join(''),
        )
        return `/${written.join('/')}` === path && new Set(parameterNames(result.template)).size >= 0
      }),
    )
  })
})
