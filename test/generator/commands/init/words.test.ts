import { describe, expect, test } from '@jest/globals'
import { markOf } from '../../../../generator/commands/init/words.ts'
import type { OperationModel } from '../../../../generator/model/types.ts'

function operation(path: string, more: Partial<Pick<OperationModel, 'tags' | 'operationId' | 'internal'>> = {}) {
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) =>
      segment.startsWith('{')
        ? [{ kind: 'parameter' as const, name: segment.slice(1, -1) }]
        : [{ kind: 'literal' as const, text: segment }],
    )
  return { path: { segments }, tags: [], operationId: null, internal: false, ...more } as unknown as OperationModel
}

describe('an operation is marked as an internal by', () => {
  test.each([
    ['a segment', '/admin/users', {}, '`admin` in the path'],
    ['a segment in another case', '/Internal/x', {}, '`Internal` in the path'],
    ['a word of a segment', '/v1/admin-api/x', {}, '`admin-api` in the path'],
    ['a segment at the end', '/metrics', {}, '`metrics` in the path'],
    ['health at the end', '/service/health', {}, '`health` at the end of the path'],
    ['the document', '/x', { internal: true }, '`x-internal: true` in the document'],
    ['a tag', '/x', { tags: ['shop', 'Debug'] }, 'tag `Debug`'],
    ['a word of a camel-case id', '/x', { operationId: 'listAdminUsers' }, '`listAdminUsers`'],
    ['a word after an acronym', '/x', { operationId: 'APIAdmin' }, '`APIAdmin`'],
    ['a word of a snake-case id', '/x', { operationId: 'private_reindex' }, '`private_reindex`'],
    ['a word of a kebab-case id', '/x', { operationId: 'get-internal' }, '`get-internal`'],
  ])('%s', (_, path, more, want) => {
    expect(markOf(operation(path, more))).toBe(want)
  })

  test.each([
    ['a longer word in a segment', '/administration/internals', {}],
    ['a longer word in an id', '/x', { operationId: 'getInternationalMetricsystem' }],
    ['health before the end', '/health/records', {}],
    ['health as a part of a segment', '/mental-health', {}],
    ['the name of a parameter', '/users/{admin}', {}],
  ])('not by %s', (_, path, more) => {
    expect(markOf(operation(path, more))).toBeNull()
  })
})
