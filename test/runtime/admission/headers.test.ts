import { describe, expect, test } from '@jest/globals'
import { createHeaderCheck } from '../../../templates/runtime/admission/headers.ts'

const malformed = expect.objectContaining({ name: 'malformed-request', status: 400 })

describe('header fields', () => {
  const check = createHeaderCheck(['X-Partner-Key'], { fields: 16_384, cookie: 8_192 })

  test.each([
    'Host',
    'Authorization',
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Origin',
    'Cookie',
    'X-API-Key',
    'DPoP',
    'X-CSRF',
    'Idempotency-Key',
    'Upgrade',
    'Sec-WebSocket-Key',
    'x-partner-key',
  ])('%s may come once (rule P3)', (name) => {
    expect(check([name, 'a', 'Accept', 'b'])).toBeUndefined()
    expect(check([name, 'a', 'Accept', 'b', name, 'a'])).toEqual(malformed)
    expect(check([name.toUpperCase(), 'a', name.toLowerCase(), 'b'])).toEqual(malformed)
  })

  test('others may occur more than once', () => {
    expect(check(['Accept', 'a', 'Accept', 'b', 'X-Anything', 'c', 'X-Anything', 'd'])).toBeUndefined()
  })

  test.each(['X_User_Id', 'Transfer_Encoding', 'X.Y', 'X Y', 'X!', 'Content-Length ', 'Ünicode', ''])(
    'the name %j is refused (rule P5)',
    (name) => {
      expect(check([name, 'a'])).toEqual(malformed)
    },
  )

  test('a hundred fields pass and one more does not (rule P6)', () => {
    const fields = Array.from({ length: 100 }, (_, i) => [`X-${i}`, 'a']).flat()
    expect(check(fields)).toBeUndefined()
    expect(check([...fields, 'Authorization', 'Bearer a'])).toMatchObject({ name: 'headers-too-large', status: 431 })
  })

  test('a Cookie of 8 KB passes and a longer one does not (rule P6)', () => {
    expect(check(['Cookie', 'a'.repeat(8192)])).toBeUndefined()
    expect(check(['cOOKIE', 'a'.repeat(8193)])).toMatchObject({ status: 431 })
  })

  test('fields of 16 KiB in all pass and one byte more does not (rule P6)', () => {
    const half = 'a'.repeat(8_187)
    expect(check(['X', half, 'Y', half])).toBeUndefined()
    expect(check(['X', half, 'Y', `${half}a`])).toMatchObject({ name: 'headers-too-large', status: 431 })
  })
})
