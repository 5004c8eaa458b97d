import { createServer } from 'node:http'
import { expect, test } from '@jest/globals'
import { closed, listen } from '../../../generator/dev/loopback.ts'
import { blockedPorts, whyOf } from '../../../generator/dev/ports.ts'

test('ports that cannot be used are named with the reason', async () => {
  const server = createServer()
  const port = Number(new URL(await listen(server, 0)).port)
  expect(await blockedPorts([port, 65_536])).toEqual([
    { port, why: 'in use' },
    { port: 65_536, why: 'beyond the last port, 65535' },
  ])
  await closed(server)
  expect(await blockedPorts([port])).toEqual([])
})

test.each([
  ['EACCES', 'not permitted for this user'],
  ['EADDRNOTAVAIL', 'not usable (EADDRNOTAVAIL)'],
])('%s is not taken for a port in use', (code, why) => {
  expect(whyOf(Object.assign(new Error(code), { code }))).toBe(why)
})
