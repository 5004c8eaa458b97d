import type { Route, Schema } from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../../test/support/gatewayParts.ts'
import { startTestGateway } from '../../../test/support/testGateway.ts'
import { report } from './parts.ts'

// A gateway for `/ping`, whose answer it reads and checks, and `/events`, which it passes on.

const [, , service = '', streams = ''] = process.argv
const route = (path: string, more: Partial<Route> = {}): Route =>
  some.route('GET', path, {
    contract: { service: 'orders', operation: path },
    answers: { check: 'enforce', undeclared: 'drop', statuses: ['200'] },
    streamsPerCaller: Number(streams),
    ...more,
  })
const answering = (type: string, schema: Schema) =>
  some.operation({ answers: { 200: { headers: [], content: { [type]: { schema, encoding: {} } } } } })

const { port } = await startTestGateway({
  routes: [route('/ping'), route('/events', { answers: { check: 'off', undeclared: 'drop', statuses: ['200'] } })],
  services: {
    orders: some.service(service, {
      concurrency: { max: 128, queue: 10_000, wait: 2_000, streams: Number(streams) },
    }),
  },
  operations: {
    '/ping': answering('application/json', { type: 'object', properties: {} }),
    '/events': answering('text/event-stream', true),
  },
  log: 'own',
})
report({ port })
