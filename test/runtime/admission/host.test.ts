import { describe, expect, test } from '@jest/globals'
import { createHostCheck } from '../../../templates/runtime/admission/host.ts'

const malformed = expect.objectContaining({ name: 'malformed-request', status: 400 })

describe('host (rule P4)', () => {
  const misdirected = expect.objectContaining({ name: 'misdirected-request', status: 421 })

  test.each([
    ['shop.example', undefined],
    ['SHOP.example', undefined],
    ['shop.example:8443', undefined],
    ['api.example:81', undefined],
    ['api.example', misdirected],
    ['api.example:82', misdirected],
    ['evil.example', misdirected],
    ['shop.example.evil.example', misdirected],
    ['shop.example@evil.example', malformed],
    ['shop.example/', malformed],
    ['shop.example, evil.example', malformed],
    ['', malformed],
    [undefined, malformed],
  ])('%s', (host, want) => {
    const check = createHostCheck(['Shop.example', 'api.example:81'])
    expect(check(host)).toEqual(want)
    expect(check(host)).toEqual(want)
  })

  test('without a list any well-formed host is accepted', () => {
    const check = createHostCheck(null)
    expect(check('[::1]:80')).toBeUndefined()
    expect(check('a b')).toEqual(malformed)
  })
})
