import { describe, expect, test } from '@jest/globals'
import { createCors } from '../../../templates/runtime/http/cors.ts'

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
