import { describe, expect, test } from '@jest/globals'
import { createCors, isOrigin } from '../../../templates/runtime/http/cors.ts'

describe('cross-origin access', () => {
  const cors = createCors(['https://shop.example', 'null', '*'], {
    credentials: true,
    expose: ['X-Total'],
    maxAge: 600,
  })
  const fieldsFor = (origin: string | undefined) => {
    const fields: string[] = []
    cors.allow(origin, fields)
    return fields
  }

  test('an exact origin may read', () => {
    expect(fieldsFor('https://shop.example')).toEqual([
      'access-control-allow-origin',
      'https://shop.example',
      'access-control-expose-headers',
      'x-request-id, x-total',
      'access-control-allow-credentials',
      'true',
    ])
  })

  test.each([
    undefined,
    'null',
    '*',
    'https://shop.example.evil.example',
    'https://evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'https://SHOP.example',
    'https://shop.example/',
  ])('%s may not', (origin) => {
    expect(fieldsFor(origin)).toEqual([])
    const fields: string[] = []
    cors.preflight(origin, ['GET'], ['authorization'], fields)
    expect(fields).toEqual([])
  })
})

test.each([
  ['https://shop.example', true],
  ['http://localhost:3000', true],
  ['https://shop.example/', false],
  ['https://shop.example/a', false],
  ['https://Shop.example', false],
  ['https://shop.example:443', false],
  ['*', false],
  ['null', false],
  ['shop.example', false],
  ['file:///a', false],
])('%s is an origin: %s', (text, want) => {
  expect(isOrigin(text)).toBe(want)
})
