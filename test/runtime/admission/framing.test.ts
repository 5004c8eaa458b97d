import { describe, expect, test } from '@jest/globals'
import { checkFraming } from '../../../templates/runtime/admission/framing.ts'

const malformed = expect.objectContaining({ name: 'malformed-request', status: 400 })

describe('framing (rule P1)', () => {
  test.each([
    ['1.1', undefined, undefined, undefined],
    ['1.1', undefined, '5', undefined],
    ['1.0', undefined, '5', undefined],
    ['1.1', 'chunked', undefined, undefined],
    ['1.0', 'chunked', undefined, malformed],
    ['1.1', 'chunked', '5', malformed],
    ['1.1', 'Chunked', undefined, malformed],
    ['1.1', 'gzip, chunked', undefined, malformed],
    ['1.1', 'chunked, chunked', undefined, malformed],
    ['1.1', 'identity', undefined, malformed],
    ['1.1', '', undefined, malformed],
    ['2.0', undefined, undefined, malformed],
    ['0.9', undefined, undefined, malformed],
  ])('HTTP/%s, Transfer-Encoding %s, Content-Length %s', (version, transferEncoding, contentLength, want) => {
    expect(checkFraming(version, transferEncoding, contentLength)).toEqual(want)
  })
})
