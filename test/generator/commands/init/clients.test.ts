import { describe, expect, test } from '@jest/globals'
import { defaultClients, readClients } from '../../../../generator/commands/init/clients.ts'

describe('clients on the command line', () => {
  test('are by default one with tokens and a partner with keys', () => {
    expect(readClients(defaultClients)).toEqual({
      clients: [
        { id: 'app', kind: 'jwt', external: false },
        { id: 'partner', kind: 'api-key', external: true },
      ],
      faults: [],
    })
  })

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ['without a kind', ['web'], '--client web is not a client.'],
    ['of an unknown kind', ['web:cookie'], '--client web:cookie is not a client.'],
    ['with an impossible name', ['Web:jwt'], '--client Web:jwt is not a client.'],
    ['with something behind', ['web:jwt:outside'], '--client web:jwt:outside is not a client.'],
    ['of the same name', ['web:jwt', 'web:api-key'], '--client web:api-key names a client that exists already.'],
  ]
  test.each(wrong)('%s are refused', (_, texts, message) => {
    expect(readClients(texts).faults.map((fault) => [fault.code, fault.message])).toEqual([['GW5004', message]])
  })
})
