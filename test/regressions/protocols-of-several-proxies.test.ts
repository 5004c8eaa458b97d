import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// `X-Forwarded-Proto: https, http` and `HTTPS` of a trusted proxy became http, so that a service made addresses with http and cookies without `Secure`.

let service: RecordingService
let gateway: TestGateway
let alone: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  const parts = { routes: [some.route('GET', '/things')], services: { orders: some.service(service.url) } }
  gateway = await startTestGateway({ ...parts, client: some.client({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] }) })
  alone = await startTestGateway(parts)
})

afterAll(async () => {
  await gateway.close()
  await alone.close()
  await service.close()
})

async function protocolAt({ port }: TestGateway, fields: readonly string[]): Promise<unknown> {
  await sendRaw(port, requestText('GET /things HTTP/1.1', fields))
  return service.requests.at(-1)?.headers['x-forwarded-proto']
}

describe('a service gets the protocol that the client used (rule H1)', () => {
  test.each<readonly [string, readonly string[]]>([
    ['https', ['X-Forwarded-Proto: https']],
    ['https', ['X-Forwarded-Proto: HTTPS']],
    ['https', ['X-Forwarded-Proto: https, http', 'X-Forwarded-For: 203.0.113.9, 10.0.0.2']],
    ['https', ['X-Forwarded-Proto: https', 'X-Forwarded-Proto: http', 'X-Forwarded-For: 203.0.113.9, 10.0.0.2']],
    ['http', ['X-Forwarded-Proto: http, https', 'X-Forwarded-For: 203.0.113.9, 10.0.0.2']],
    ['http', ['X-Forwarded-Proto: https, http, http', 'X-Forwarded-For: 10.0.0.9, 203.0.113.9, 10.0.0.2']],
    ['http', ['X-Forwarded-Proto: https, http', 'X-Forwarded-For: 203.0.113.9']],
    ['http', ['X-Forwarded-Proto: https, http']],
    ['http', ['X-Forwarded-Proto: wss']],
    ['http', []],
  ])('%s: %j', async (want, fields) => {
    expect(await protocolAt(gateway, fields)).toBe(want)
    expect(await protocolAt(alone, fields)).toBe('http')
  })
})
