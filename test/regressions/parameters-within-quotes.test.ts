import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseMediaType } from '../../templates/runtime/bodies/index.ts'
import { plainContentType } from '../../templates/runtime/words/mediaTypes.ts'

// `multipart/form-data; x="; boundary=evil"; boundary=real` was parsed with the boundary `real`, and passed on with
// `evil` before it. An unchecked charset was passed on in the same way (rule P10).

const part = fc.constantFrom(
  ...[
    '; ',
    ';',
    ' ',
    '"',
    '\\',
    '=',
    'x=',
    '*=',
    'boundary=a',
    'Boundary=b',
    'boundary="c"',
    'charset=utf-8',
    'charset=utf-16',
    'version=1',
  ],
)

test('rule P10: a service reads the same Content-Type as the gateway', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = `multipart/form-data;${parts.join('')}`
      const read = parseMediaType(text)
      const plain = plainContentType(text)
      if (read === null || plain === null) return
      const [, ...passed] = plain.split('; ')
      for (const parameter of passed) {
        const [name = '', value = ''] = parameter.split('=', 2)
        expect([text, name, value.replaceAll('"', '')]).toEqual([text, name, read.parameters.get(name)])
      }
      expect(new Set(passed.map((parameter) => parameter.split('=', 1)[0])).size).toBe(passed.length)
    }),
    { numRuns: 5_000, examples: [[['x=', '"', '; ', 'boundary=a', '"', '; ', 'boundary="c"']]] },
  )
})
