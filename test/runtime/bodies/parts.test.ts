import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Response } from 'undici'
import { parseParts } from '../../../templates/runtime/bodies/parts.ts'

const body = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1')
const field = 'Content-Disposition: form-data; name="a"'

describe('multipart/form-data is parsed', () => {
  test('into names, file names, media types and bytes', () => {
    const bytes = body(
      '--x',
      field,
      '',
      'one',
      '--x',
      'content-disposition: form-data; name=b; filename="c \\"d\\".png"',
      'Content-Type: image/png',
      '',
      '\x00\xff\r\n--y',
      '--x--',
      '',
    )
    expect(parseParts(bytes, 'x')).toEqual({
      kind: 'parts',
      parts: [
        { name: 'a', filename: null, media: null, content: Buffer.from('one') },
        {
          name: 'b',
          filename: 'c \\"d\\".png',
          media: { essence: 'image/png', parameters: new Map() },
          content: Buffer.from('\x00\xff\r\n--y', 'latin1'),
        },
      ],
    })
  })

  test('an empty part and no parts', () => {
    expect(parseParts(body('--x', field, '', '', '--x--'), 'x')).toMatchObject({
      parts: [{ content: Buffer.alloc(0) }],
    })
    expect(parseParts(body('--x--'), 'x')).toEqual({ kind: 'parts', parts: [] })
  })

  test.each<[string, Buffer, string]>([
    ['an epilogue', body('--x', field, '', '1', '--x--', 'more'), 'x'],
    ['no end', body('--x', field, '', '1', '--x'), 'x'],
    ['another boundary', body('--x', field, '', '1', '--x--'), 'y'],
    ['no boundary', body('--', field, '', '1', '----'), ''],
    ['a boundary with a line break', body('--x', field, '', '1', '--x--'), 'x\r\n'],
    ['bare line feeds', Buffer.from(`--x\n${field}\n\n1\n--x--`), 'x'],
    ['no disposition', body('--x', 'Content-Type: text/plain', '', '1', '--x--'), 'x'],
    ['two dispositions', body('--x', field, field, '', '1', '--x--'), 'x'],
    ['two names', body('--x', `${field}; name="b"`, '', '1', '--x--'), 'x'],
    ['no name', body('--x', 'Content-Disposition: form-data; filename="b"', '', '1', '--x--'), 'x'],
    ['a name with escapes', body('--x', 'Content-Disposition: form-data; name="a\\"b"', '', '1', '--x--'), 'x'],
    ['two file names', body('--x', `${field}; filename="b"; filename="c"`, '', '1', '--x--'), 'x'],
    ['another disposition', body('--x', 'Content-Disposition: attachment; name="a"', '', '1', '--x--'), 'x'],
    ['rubbish after the name', body('--x', `${field} b`, '', '1', '--x--'), 'x'],
    ['a transfer encoding', body('--x', field, 'Content-Transfer-Encoding: base64', '', '1', '--x--'), 'x'],
    ['a folded line', body('--x', 'Content-Disposition: form-data;', ' name="a"', '', '1', '--x--'), 'x'],
    ['a media type that is none', body('--x', field, 'Content-Type: x', '', '1', '--x--'), 'x'],
    ['something after the boundary', body('--x', field, '', '1', '--xy', '', '', '--x--'), 'x'],
  ])('rule P10: %s is refused', (_, bytes, boundary) => {
    expect(parseParts(bytes, boundary).kind).toBe('fault')
  })

  test('more than 200 parts are refused', () => {
    const parts = Array<string>(201).fill(`--x\r\n${field}\r\n\r\n1`)
    expect(parseParts(body(...parts, '--x--'), 'x')).toEqual({ kind: 'fault', detail: 'has more than 200 parts' })
  })

  test('never throws, for any bytes', () => {
    const pieces = fc.array(fc.constantFrom('--x', '--x--', '\r\n', '\r\n\r\n', field, 'a', '-', ': ', ';'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(pieces, (all) => {
        expect(['parts', 'fault']).toContain(parseParts(Buffer.from(all.join('')), 'x').kind)
      }),
    )
  })

  test('an accepted body has the parts that the fetch standard defines', async () => {
    const value = fc.string({ unit: fc.constantFrom(...'ab-\r\n"') })
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 3 }), async (values) => {
        const bytes = body(...values.flatMap((text) => ['--bound', field, '', text]), '--bound--', '')
        const outcome = parseParts(bytes, 'bound')
        const headers = { 'content-type': 'multipart/form-data; boundary=bound' }
        const form = await new Response(new Uint8Array(bytes), { headers }).formData()
        expect(outcome.kind === 'parts' && outcome.parts.map(({ content }) => content.toString())).toEqual(
          form.getAll('a'),
        )
      }),
    )
  })
})
