import type { Socket } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRawService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// A download with `Content-Length` before a `Content-Disposition` whose file name is not ASCII was 500, in UTF-8 and in Latin-1. Where
// the body arrived after the head, the bytes of all fields were encoded a second time.

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const disposition = `attachment; filename="${utf8('отчёт.pdf')}"`

/** The fields that a client gets. `write` sends the answer, and `rest` follows once the client has got the head. */
async function fieldsOf(
  write: (socket: Socket) => unknown,
  headers: readonly string[] = [],
  method = 'GET',
  rest?: string,
) {
  let toGateway: Socket | undefined
  const service = await createRawService((socket) => {
    toGateway = socket
    write(socket)
  })
  const { port, close } = await startTestGateway({
    routes: [
      some.route('GET', '/file', { contract: { service: 'orders', operation: 'file' } }),
      some.route('POST', '/file', { contract: { service: 'orders', operation: 'file' } }),
      some.route('GET', '/files/{name}'),
    ],
    services: { orders: some.service(service.url) },
    operations: {
      file: some.operation({ answers: { 200: some.answer(true, headers), 201: some.answer(true, headers) } }),
    },
  })
  const connection = await openRaw(port)
  connection.write(requestText(`${method} /file HTTP/1.1`, method === 'POST' ? ['Content-Length: 0'] : []))
  if (rest !== undefined) connection.socket.once('data', () => toGateway?.write(rest))
  const answer = await connection.response(method)
  connection.destroy()
  await close()
  await service.close()
  return answer
}

const head = (fields: readonly string[], status = 200): string =>
  [`HTTP/1.1 ${status} OK`, 'Content-Type: application/pdf', ...fields, '', ''].join('\r\n')

const whole =
  (fields: readonly string[], status = 200) =>
  (socket: Socket): void => {
    socket.write(Buffer.from(`${head(fields, status)}x`, 'latin1'))
  }

describe('the bytes of a field arrive unchanged', () => {
  test.each<[string, string]>([
    ['UTF-8', disposition],
    ['Latin-1', 'attachment; filename="Zürich.pdf"'],
    ['both ways of RFC 6266', `${disposition}; filename*=UTF-8''%D0%BE.pdf`],
  ])('Content-Disposition in %s, after Content-Length', async (_, value) => {
    const answer = await fieldsOf(whole(['Content-Length: 1', `Content-Disposition: ${value}`]))
    expect([answer.status, answer.header('content-disposition'), answer.body]).toEqual([200, value, 'x'])
    expect(answer.header('content-length')).toBe('1')
  })

  test('Content-Disposition before Content-Length', async () => {
    const answer = await fieldsOf(whole([`Content-Disposition: ${disposition}`, 'Content-Length: 1']))
    expect(answer.header('content-disposition')).toBe(disposition)
  })

  test('a chunked answer', async () => {
    const fields = [`Content-Disposition: ${disposition}`, 'Transfer-Encoding: chunked']
    const answer = await fieldsOf((socket) => {
      socket.write(Buffer.from(`${head(fields)}1\r\nx\r\n0\r\n\r\n`, 'latin1'))
    })
    expect(answer.header('content-disposition')).toBe(disposition)
  })

  test.each(['Content-Length: 1', 'Transfer-Encoding: chunked'])('a body after the head, %s', async (framing) => {
    const fields = head([framing, `Content-Disposition: ${disposition}`])
    const rest = framing.startsWith('T') ? '1\r\nx\r\n0\r\n\r\n' : 'x'
    const answer = await fieldsOf((socket) => socket.write(Buffer.from(fields, 'latin1')), [], 'GET', rest)
    expect([answer.header('content-disposition'), answer.body]).toEqual([disposition, 'x'])
  })

  test('a documented field', async () => {
    const value = utf8('Пётр')
    const answer = await fieldsOf(whole(['Content-Length: 1', `X-Author: ${value}`]), ['x-author'])
    expect(answer.header('x-author')).toBe(value)
  })

  test('a 201', async () => {
    const fields = ['Content-Length: 1', `Content-Disposition: ${disposition}`]
    const answer = await fieldsOf(whole(fields, 201), [], 'POST')
    expect([answer.status, answer.header('content-disposition')]).toEqual([201, disposition])
  })
})

test('a Location in UTF-8 leads to the resource', async () => {
  const answer = await fieldsOf(whole(['Content-Length: 1', `Location: /files/${utf8('отчёт')}`], 201), [], 'POST')
  expect(answer.header('location')).toBe(`/files/${encodeURIComponent('отчёт')}`)
})

test('a Location in Latin-1 is left out: a path is UTF-8', async () => {
  const answer = await fieldsOf(whole(['Content-Length: 1', 'Location: /files/Zürich'], 201), [], 'POST')
  expect([answer.status, answer.header('location')]).toEqual([201, undefined])
})
