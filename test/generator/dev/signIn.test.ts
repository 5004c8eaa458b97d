import { createServer } from 'node:http'
import { expect, test } from '@jest/globals'
import type { Provider } from 'oidc-provider'
import { request } from 'undici'
import { closed, listen } from '../../../generator/dev/loopback.ts'
import { createSignIn, interactionPath } from '../../../generator/dev/signIn.ts'

test('a sign-in that the provider cannot finish gets a page with the reason', async () => {
  const provider = {
    interactionDetails: async () => ({ prompt: { name: 'login' }, params: {} }),
    interactionFinished: async () => {
      throw new Error('the session has <ended>')
    },
  } as unknown as Provider
  const answer = createSignIn({ provider, users: [], style: '' })
  const server = createServer(answer)
  const url = await listen(server, 0)
  try {
    const { statusCode, headers, body } = await request(`${url}${interactionPath}1`, { method: 'POST', body: 'user=' })
    expect([statusCode, headers['content-type']]).toEqual([500, 'text/html; charset=utf-8'])
    expect(await body.text()).toContain('the session has &#60;ended&#62;')
  } finally {
    await closed(server)
  }
})
