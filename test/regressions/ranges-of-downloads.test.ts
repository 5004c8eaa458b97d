import { expect, test } from '@jest/globals'
import { request } from 'undici'
import type { AnswerSchemas } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// Box documents `range` for its downloads, and errors in JSON. Because of the JSON errors no range was passed on, and a
// 206 became 502.

const content = (type: string): AnswerSchemas => ({
  content: { [type]: { schema: {}, encoding: {} } },
  headers: ['etag'],
})
const download = some.operation({
  answers: {
    200: content('application/octet-stream'),
    202: content('text/plain'),
    default: content('application/json'),
  },
})

test('a range of a download passes, although errors are JSON', async () => {
  const service = await createRecordingService(({ headers }, res) => {
    res.writeHead(206, {
      'content-type': 'application/octet-stream',
      'content-range': 'bytes 0-1/9',
      etag: '"1"',
      'x-range': headers.range,
    })
    res.end('ab')
  })
  const route = some.route('GET', '/file', {
    contract: { service: 'orders', operation: 'download' },
    answers: { check: 'report', undeclared: 'drop', statuses: ['200', '202', 'default'] },
  })
  const { port, close } = await startTestGateway({
    routes: [route],
    services: { orders: some.service(service.url) },
    operations: { download },
  })
  const answer = await request(`http://127.0.0.1:${port}/file`, { headers: { range: 'bytes=0-1' } })
  const text = await answer.body.text()
  await close()
  await service.close()
  expect(service.requests.map(({ headers }) => [headers.range, headers['accept-encoding']])).toEqual([
    ['bytes=0-1', 'identity'],
  ])
  expect([answer.statusCode, answer.headers['content-range'], answer.headers['etag'], text]).toEqual([
    206,
    'bytes 0-1/9',
    '"1"',
    'ab',
  ])
})
