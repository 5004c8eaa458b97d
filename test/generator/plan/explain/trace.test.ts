import { describe, expect, test } from '@jest/globals'
import { manifest, operation, planned, spec } from '../../../support/planned.ts'

const orders = spec([
  `/orders: { ${operation('post', "operationId: createOrder, requestBody: { content: { 'application/json': { schema: {} } } }")} }`,
])

/** The source of the line of `explain` that starts with the text: a pointer into the manifest, or a sentence. */
function fromOf(text: string, entries: readonly string[], more: Parameters<typeof manifest>[1] = {}): string {
  const trace = planned(manifest(entries, more), { orders }).explain('orders.createOrder')
  const line = trace.find((one) => one.text.startsWith(text))
  if (line === undefined) throw new Error(`There is no line ${text} in ${JSON.stringify(trace)}`)
  return typeof line.from === 'string' ? line.from : line.from.pointer
}

const service = (setting: string) => ({ service: `url: http://orders.internal\n    ${setting}` })
const one = 'orders.createOrder: {}'

/** A setting, its line in `explain`, and a value other than the default. */
const inherited = [
  ['timeout', 'at most ', '2s'],
  ['answers', 'answers ', 'enforce'],
  ['undeclared', 'answers pass', 'pass'],
] as const

describe.each(inherited)('explain shows where `%s` is set', (name, line, value) => {
  test('in the service', () => {
    expect(fromOf(line, [one], service(`${name}: ${value}`))).toBe(`/services/orders/${name}`)
  })

  test('in the entry of the operation', () => {
    const entries = [`orders.createOrder: { ${name}: ${value} }`]
    expect(fromOf(line, entries)).toBe(`/clients/web/expose/orders.createOrder/${name}`)
  })

  test('explain shows a default as a default', () => {
    const entries = [`orders.*: { ${name}: ${value} }`, one]
    expect(fromOf(line, entries, service(`${name}: ${value}`))).toBe(`/clients/web/expose/orders.*/${name}`)
  })
})

describe('explain calls a default a default', () => {
  test.each([
    ['timeout', 'at most 15000 ms'],
    ['answers', 'answers that do not fit are reported'],
    ['undeclared', 'JSON is projected'],
    ['undeclaredQuery', 'other query parameters are dropped'],
    ['maxBody', 'body of at most 1048576 bytes'],
  ])('%s', (_, line) => {
    expect(fromOf(line, [one])).toBe('the default')
  })
})

describe('explain shows where `undeclaredQuery` is set', () => {
  test.each(['refuse', 'drop'])('in the client: %s', (value) => {
    const from = fromOf('other query parameters', [one], { client: `undeclaredQuery: ${value}` })
    expect(from).toBe('/clients/web/undeclaredQuery')
  })

  test('in an entry', () => {
    const entries = ['orders.createOrder: { undeclaredQuery: drop }']
    const from = fromOf('other query parameters', entries, { client: 'undeclaredQuery: refuse' })
    expect(from).toBe('/clients/web/expose/orders.createOrder/undeclaredQuery')
  })
})

test('explain shows where `maxBody` is set', () => {
  const entries = ['orders.*: { maxBody: 2MB }', one]
  expect(fromOf('body of at most 2000000 bytes', entries)).toBe('/clients/web/expose/orders.*/maxBody')
})

test.each([
  ['upload: { idle: 2s }', 'pauses in the request of at most 2000 ms', 'upload/idle'],
  ['stream: { idle: 2s }', 'pauses in the answer of at most 2000 ms', 'stream/idle'],
  ['stream: { lifetime: 2s }', 'an answer that takes at most 2000 ms', 'stream/lifetime'],
])('explain shows where %s is set', (member, text, pointer) => {
  expect(fromOf(text, [`orders.*: { ${member} }`, one])).toBe(`/clients/web/expose/orders.*/${pointer}`)
})

describe('explain shows where `credential` is set', () => {
  test('in the service', () => {
    expect(fromOf('with a secret in X-Api-Key', [one])).toBe('/services/orders/credential')
  })

  test('in an entry', () => {
    const entries = ["orders.createOrder: { credential: [{ identity: { audience: 'orders' } }] }"]
    expect(fromOf('with a signed token', entries)).toBe('/clients/web/expose/orders.createOrder/credential')
  })

  test('with `none`', () => {
    const entries = ['orders.createOrder: { credential: none }']
    expect(fromOf('no credential is sent', entries)).toBe('/clients/web/expose/orders.createOrder/credential')
  })

  test('or that it is not set', () => {
    const without = manifest([one]).replace(/ {4}credential: .*\n/, '')
    const trace = planned(without, { orders }).explain('orders.createOrder')
    expect(trace.find(({ text }) => text === 'no credential is sent')?.from).toBe('the default')
  })
})
