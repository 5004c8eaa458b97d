import type { ServerResponse } from 'node:http'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { createRecordingService } from './recordingService.ts'
import { startTestGateway } from './testGateway.ts'

const text: Schema = { type: 'string', maxLength: 200 }
const order: Schema = {
  type: 'object',
  required: ['id', 'total'],
  properties: {
    id: { type: 'string', pattern: '^ord_[0-9]+$' },
    total: { type: 'integer', minimum: 0 },
    status: { enum: ['open', 'paid'] },
    note: text,
    lines: { type: 'array', items: { type: 'object', properties: { sku: text, price: { type: 'number' } } } },
  },
}
/** The schema of the answers. */
export const pageOfOrders: Schema = {
  type: 'object',
  properties: { items: { type: 'array', items: order }, next: text },
}

const one = (at: number, note: string, total: unknown = at) => ({
  id: `ord_${at}`,
  total,
  status: at % 2 === 0 ? 'open' : 'paid',
  note,
  lines: [{ sku: `SKU-${at}`, price: 9.5, cost: 3 }],
  internal: { warehouse: 'LON-2' },
})
const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ')

const spellings = {
  compact: (at: number) => JSON.stringify(one(at, 'a note of some length')),
  spaced: (at: number) => spaced(one(at, 'a note of some length')),
  escaped: (at: number) => JSON.stringify(one(at, 'a "note" of some length')),
  'beyond ASCII': (at: number) => JSON.stringify(one(at, 'Rädchen für große Türen')),
  drifting: (at: number) => JSON.stringify(one(at, 'a note of some length', 'none')),
} as const

export type Spelling = keyof typeof spellings
export const spellingsOfAnswers = Object.keys(spellings) as readonly Spelling[]

/** A page of orders of about so many bytes, with undeclared members. */
export function longAnswer(spelling: Spelling, size: number): string {
  const items: string[] = []
  for (let length = 0; length < size; length += (items.at(-1)?.length ?? 0) + 1)
    items.push(spellings[spelling](items.length))
  return `{"items":[${items.join()}],"next":"x"}`
}

/** Starts a gateway that projects the answers of a service, and logs those that do not fit. `answer`: writes an answer of JSON. */
export async function startLongAnswers(answer: (res: ServerResponse, path: string) => void) {
  const service = await createRecordingService(({ url }, res) => {
    res.setHeader('content-type', 'application/json')
    answer(res, url)
  })
  const gateway = await startTestGateway({
    routes: [
      some.route('GET', '/orders', {
        contract: { service: 'orders', operation: '/orders' },
        timeout: 60_000,
        answers: { check: 'report', undeclared: 'drop', statuses: ['200'] },
      }),
    ],
    services: { orders: some.service(service.url, { maxAnswer: 10_000_000, timeout: 60_000 }) },
    operations: { '/orders': some.operation({ answers: { 200: some.answer(pageOfOrders) } }) },
  })
  return { service, gateway, url: `http://127.0.0.1:${gateway.port}` }
}
