import { describe, expect, test } from '@jest/globals'
import type { SampleRequest } from '../../generator/dev/requests.ts'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import type { Credential } from '../../templates/runtime/vocabulary.ts'
import { differences, ownCookies } from './arrival.ts'

const values = { path: {}, query: {}, header: {}, cookie: {}, body: undefined }
const operation = { path: {}, query: {}, header: {}, cookie: {}, body: null, answers: {} }
const field = (name: string, value: string): Credential => ({ kind: 'header', name, value })

function wrongCookies(sent: string | null, received: string | null, credentials: readonly Credential[]) {
  const headers = (cookie: string | null) => (cookie === null ? {} : { cookie })
  const request: SampleRequest = {
    method: 'GET',
    target: '/a',
    headers: headers(sent),
    body: null,
    fits: true,
    values,
    mediaType: null,
  }
  const arrived: ReceivedRequest = {
    service: 'api',
    operation: 'a',
    template: '/a',
    method: 'GET',
    url: '/a',
    headers: headers(received),
    body: Buffer.alloc(0),
  }
  return differences(request, arrived, { action: { method: 'GET', path: '/a' } }, operation, ownCookies(credentials))
}

const sid = field('Cookie', 'sid=${KEY}')

describe('cookies that arrive', () => {
  test.each([
    ['the credential of the gateway', null, 'sid=secret', [sid]],
    ['beside those of the client', 'theme=dark', 'theme=dark; sid=secret', [sid]],
    ['of several', null, 'sid=secret; token=other', [field('cookie', 'sid=${KEY}; token=${TOKEN}')]],
    ['as the environment names them', 'theme=dark', 'theme=dark; who=knows', [field('Cookie', '${COOKIES}')]],
  ])('are those that were sent: %s', (_, sent, received, credentials) => {
    expect(wrongCookies(sent, received, credentials)).toEqual([])
  })

  test.each([
    ['was not sent', null, 'theme=dark', [sid]],
    ['is the credential of another kind of gateway', null, 'sid=secret', [field('X-Key', 'sid=${KEY}')]],
    ['was lost', 'theme=dark', 'sid=secret', [sid]],
    ['was changed', 'theme=dark', 'theme=light; sid=secret', [sid]],
    ['was lost, where the environment names the own ones', 'theme=dark', 'who=knows', [field('Cookie', '${COOKIES}')]],
  ])('are not, where one %s', (_, sent, received, credentials) => {
    expect(wrongCookies(sent, received, credentials)).toEqual([expect.stringMatching(/^cookies: /)])
  })
})
