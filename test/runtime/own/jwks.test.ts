import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import type { Responder } from '../../../templates/runtime/http/responder.ts'
import { createOwnEndpoints } from '../../../templates/runtime/own/index.ts'
import { ownPathsBelow } from '../../../templates/runtime/words/ownPaths.ts'
import { problem } from '../../../templates/runtime/words/problems.ts'

const path = '/.well-known/jwks.json'

function endpointsWith(jwks: object | null) {
  const answers: unknown[] = []
  const unused = () => undefined
  const responder: Responder = {
    head: unused,
    empty: unused,
    problem: unused,
    json: (_exchange, status, body) => answers.push([status, body]),
  }
  return { answers, own: createOwnEndpoints({ paths: ownPathsBelow(null), isReady: () => true, jwks, responder }) }
}

test('the public keys are served unchanged', () => {
  const { answers, own } = endpointsWith({ keys: [{ kty: 'OKP', kid: 'a' }] })
  const exchange = createExchange({ method: 'GET' } as IncomingMessage, {} as ServerResponse)
  exchange.path = path
  expect(own.has(path)).toBe(true)
  expect(own.answer(exchange)).toBe('answered')
  expect(answers).toEqual([[200, '{"keys":[{"kty":"OKP","kid":"a"}]}']])
})

test('a gateway without signing keys has no keys, and no route gets the path', () => {
  const { answers, own } = endpointsWith(null)
  const exchange = createExchange({ method: 'GET' } as IncomingMessage, {} as ServerResponse)
  exchange.path = path
  expect(own.has(path)).toBe(true)
  expect(own.answer(exchange)).toEqual(problem('not-found'))
  expect(answers).toEqual([])
})
