import { describe, expect, test } from '@jest/globals'
import { createAnswerHeaders } from '../../../templates/runtime/answers/headers.ts'
import { some } from '../../support/gatewayParts.ts'

describe('fields of an answer (rule O1)', () => {
  const headers = createAnswerHeaders({
    answers: {
      200: some.answer(true, ['x-total-count', 'set-cookie', 'link', 'server']),
      '4XX': some.answer(true, ['x-reason']),
      default: some.answer(true, ['x-default']),
    },
  })

  test.each([
    [200, 'x-total-count', true],
    [200, 'x-reason', false],
    [200, 'etag', true],
    [200, 'age', true],
    [200, 'x-undocumented', false],
    [404, 'x-reason', true],
    [404, 'x-total-count', false],
    [503, 'x-default', true],
    [503, 'retry-after', true],
    ...[
      'server',
      'set-cookie',
      'link',
      'via',
      'x-powered-by',
      'x-aspnet-version',
      'access-control-allow-origin',
      'alt-svc',
      'sourcemap',
      'connection',
      'transfer-encoding',
      'www-authenticate',
      'location',
      'content-type',
      'cache-control',
      'expires',
      'pragma',
      'allow',
      'vary',
    ].map((name) => [200, name, false] as const),
  ])('of %d, %s: %s', (status, name, want) => {
    expect(headers.allowed(status, true).has(name)).toBe(want)
  })

  test.each([
    [200, true],
    [404, false],
    [503, false],
  ])('of %d has links: %s', (status, want) => {
    expect(headers.links(status)).toBe(want)
  })

  test.each(['content-length', 'content-encoding', 'content-range', 'accept-ranges'])(
    '%s only if its bytes can be passed on unchanged',
    (name) => {
      expect(headers.allowed(200, true).has(name)).toBe(true)
      expect(headers.allowed(200, false).has(name)).toBe(false)
    },
  )
})
