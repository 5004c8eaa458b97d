import { describe, expect, test } from '@jest/globals'
import { stringFormats } from '../../templates/runtime/schema/index.ts'

// These formats were read as a library reads them, which is not the grammar of their RFCs: services that parse strictly answered
// 400 or 500 to values that the gateway had let pass, and valid addresses were refused.

const fits = (format: string, text: string): boolean => stringFormats.get(format)?.test(text) ?? true

describe('a time and a date with time (RFC 3339 section 5.6)', () => {
  test.each([
    ['time', '10:20:30+0530', false],
    ['time', '10:20:30+05', false],
    ['time', '10:20:30-0000', false],
    ['time', '10:20:30+05:3', false],
    ['time', '10:20:30+05:30', true],
    ['time', '10:20:30.25z', true],
    ['time', '10:20:30+24:00', false],
    ['time', '10:20:30Z\n', false],
    ['date-time', '2024-02-29T10:20:30+0530', false],
    ['date-time', '2024-02-29T10:20:30-08', false],
    ['date-time', '2024-02-29\n10:20:30Z', false],
    ['date-time', '2024-02-29\r10:20:30Z', false],
    ['date-time', '2024-02-29\t10:20:30Z', false],
    ['date-time', '2024-02-29\u00a010:20:30Z', false],
    ['date-time', '2024-02-29\u202810:20:30Z', false],
    ['date-time', '2024-02-29 10:20:30Z', true],
    ['date-time', '2024-02-29t10:20:30+05:30', true],
    ['date-time', '2016-12-31T23:59:60Z', true],
    ['date-time', '2016-12-31T18:29:60-05:30', true],
    ['date-time', '2016-12-31T18:29:60-0530', false],
  ])('%s %j: %s', (format, text, expected) => {
    expect(fits(format, text)).toBe(expected)
  })
})

describe('an e-mail address (RFC 5321 section 4.1.2)', () => {
  test.each([
    ['a@localhost', true],
    ['postmaster@mail', true],
    ['"joe bloggs"@example.com', true],
    ['"joe@bloggs"@example.com', true],
    ['"a\\"b\\\\"@example.com', true],
    ['""@example.com', true],
    ['a@[127.0.0.1]', true],
    ['a@[IPv6:::1]', true],
    ['a.b+c@d-e.fg', true],
    ['a@[127.0.0.300]', false],
    ['a@[::1]', false],
    ['a@[IPv6:::1', false],
    ['"a"b"@example.com', false],
    ['"a\\"@example.com', false],
    ['"a\n"@example.com', false],
    ['a"b"@example.com', false],
    ['a@', false],
    ['@localhost', false],
    ['a@local_host', false],
    ['a@localhost.', false],
    ['a@-local', false],
    ['a@b@c', false],
    ['a b@localhost', false],
    ['a@localhost\n', false],
  ])('%j: %s', (text, expected) => {
    expect(fits('email', text)).toBe(expected)
  })

  test.each([
    'a'.repeat(1_000_000),
    `"${'\\"'.repeat(500_000)}`,
    `${'a.'.repeat(500_000)}@`,
    `a@${'a-'.repeat(500_000)}`,
  ])('a megabyte is read in linear time (rule O5)', (text) => {
    expect(fits('email', text)).toBe(false)
  })
})
