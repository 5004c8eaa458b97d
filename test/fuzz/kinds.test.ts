import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type RawResponse, requestText, sendRaw } from '../support/rawClient.ts'
import type { RecordedRequest } from '../support/recordingService.ts'
import { doubtfulDisposition, namesIn, plainDisposition } from './dispositions.ts'
import { foldOf, likenessesIn, variantsOf } from './foldedNames.ts'
import { fuzz, patience } from './runs.ts'
import { literalsOf, rivalsOf, spellingOf } from './siblings.ts'
import { paths, startTraps, type TrapCaller, type Traps } from './traps.ts'

/**
 * Sends requests of the kinds that gateways once passed on although they should not have, and of those that they
 * refused although they should not have. Each property compares what reached the service with the service's document.
 */
let traps: Traps
beforeAll(async () => {
  traps = await startTraps()
}, 60_000)
afterAll(() => traps?.close())

const templates = Object.keys(paths)
const caller = (index: number): TrapCaller => traps.callers[index === 1 ? 1 : 0]

/** Sends a request; with its answer, what reached the service. */
async function ask(
  by: TrapCaller,
  line: string,
  fields: readonly string[] = [],
  body: string | Buffer = '',
): Promise<{ readonly answer: RawResponse; readonly arrived: readonly RecordedRequest[] }> {
  const before = traps.service.requests.length
  const head = Buffer.from(requestText(`${line} HTTP/1.1`, [`X-Api-Key: ${by.key}`, ...fields]))
  const answer = await sendRaw(traps.gateway.port, Buffer.concat([head, Buffer.from(body)]))
  return { answer, arrived: traps.service.requests.slice(before) }
}

describe('siblings of a template', () => {
  const values = fc.oneof(spellingOf(literalsOf(templates)), fc.constantFrom('r-1', 'index', 'x y', 'salaries2'))
  const routes = [
    ['GET', '/reports/{id}', '/reports/?'],
    ['HEAD', '/reports/{id}', '/reports/?'],
    ['PATCH', '/orders/{orderId}', '/orders/?'],
    ['GET', '/customers/{customerId}/addresses/{addressId}', '/me/addresses/?'],
    ['GET', '/files/{name}.json', '/files/?.json'],
    ['GET', '/trees/{x}/leaves', '/trees/?/leaves'],
    ['GET', '/teams/{team}', '/teams/?'],
  ] as const

  test(
    'rules R6, R8: no request leads to a path that the document gives to another operation, in any method',
    async () => {
      const property = fc.asyncProperty(
        fc.constantFrom(...routes),
        values,
        fc.nat({ max: 1 }),
        async (route, value, who) => {
          const [method, template, target] = route
          const { answer, arrived } = await ask(
            caller(who),
            `${method} ${target.replace('?', () => encodeURI(value).replaceAll('%25', '%'))}`,
          )
          for (const { url } of arrived) expect([url, rivalsOf(templates, template, url)]).toEqual([url, []])
          expect(answer.status).toBeLessThan(500)
          expect(arrived.length > 0).toBe(answer.status < 300)
        },
      )
      await fc.assert(property, fuzz(300, 5_000, 1))
    },
    patience,
  )

  test('rule R8: values that are no sibling reach the service', async () => {
    for (const path of [
      '/reports/r-1',
      '/reports/salaries-2026',
      '/teams/new',
      '/me/addresses/a-1',
      '/files/indexes.json',
    ]) {
      expect([path, (await ask(caller(0), `GET ${path}`)).answer.status]).toEqual([path, 200])
    }
    expect((await ask(caller(0), 'PATCH /orders/o-1')).answer.status).toBe(200)
  })

  test('rule R8: a bound value that is a sibling is 403', async () => {
    expect((await ask(caller(1), 'GET /me/addresses/a-1')).answer.status).toBe(403)
  })
})

describe('names that fold to those that the gateway sets or refuses', () => {
  const victim = 'victim'
  const names = fc
    .constantFrom('customerId', 'role', 'verified', 'id')
    .chain((name) => variantsOf(name).map((variant) => ({ name, variant })))
  const profile = ({ name, variant }: { readonly name: string; readonly variant: string }) => {
    const own = { [variant]: name === 'verified' ? true : victim }
    if (name === 'verified') return { name: 'n', address: { city: 'c', ...own } }
    if (name === 'id') return { name: 'n', items: [{ sku: 's' }, { sku: 't', ...own }] }
    return { name: 'n', ...own }
  }

  /** Members of a received profile that a reader without regard for case takes for those of the gateway. */
  const likenesses = (body: { address?: unknown; items?: readonly unknown[] }): readonly string[] => [
    ...likenessesIn(body, 'customerId'),
    ...likenessesIn(body, 'role'),
    ...likenessesIn(body.address, 'verified'),
    ...(body.items ?? []).flatMap((item) => likenessesIn(item, 'id')),
  ]

  test(
    'rule P13: none reaches the service in JSON, at any level',
    async () => {
      const property = fc.asyncProperty(names, fc.boolean(), async (named, isEscaped) => {
        const plain = JSON.stringify(profile(named))
        const body = isEscaped
          ? plain.replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : plain
        const { answer, arrived } = await ask(caller(0), 'POST /profiles', json(Buffer.byteLength(body)), body)
        for (const one of arrived) expect([one.body, likenesses(JSON.parse(one.body))]).toEqual([one.body, []])
        expect([named.variant, answer.status]).toEqual([named.variant, 400])
      })
      await fc.assert(property, fuzz(200, 4_000, 1))
    },
    patience,
  )

  const pairsOf = (text: string) => Object.fromEntries(new URLSearchParams(text))

  test(
    'rule P13: none reaches the service in a form',
    async () => {
      const property = fc.asyncProperty(variantsOf('role'), fc.boolean(), async (variant, first) => {
        const pair = `${encodeURIComponent(variant)}=${victim}`
        const body = first ? `${pair}&name=n` : `name=n&${pair}`
        const type = 'Content-Type: application/x-www-form-urlencoded'
        const { answer, arrived } = await ask(caller(0), 'POST /forms', [type, `Content-Length: ${body.length}`], body)
        for (const one of arrived) {
          expect([one.body, likenessesIn(pairsOf(one.body), 'role')]).toEqual([one.body, []])
        }
        expect(answer.status).toBe(400)
      })
      await fc.assert(property, fuzz(150, 3_000, 1))
    },
    patience,
  )

  test(
    'rule P13: none reaches the service in an exploded object of the query',
    async () => {
      const property = fc.asyncProperty(variantsOf('customerId'), async (variant) => {
        const { answer, arrived } = await ask(caller(0), `GET /search?city=c&${encodeURIComponent(variant)}=${victim}`)
        for (const { url } of arrived)
          expect([url, likenessesIn(pairsOf(url.split('?')[1] ?? ''), 'customerId')]).toEqual([url, []])
        expect(answer.status).toBeLessThan(500)
      })
      await fc.assert(property, fuzz(150, 3_000, 1))
    },
    patience,
  )

  test(
    'rule P13: none reaches the service in multipart',
    async () => {
      const property = fc.asyncProperty(variantsOf('role'), async (variant) => {
        const body = multipart([`form-data; name="name"`, `form-data; name="${variant}"`])
        const { answer, arrived } = await ask(caller(0), 'POST /uploads', multipartFields(body), body)
        // A call of an earlier request may arrive late on a busy machine.
        expect(arrived.filter(({ method }) => method === 'POST').map((one) => one.body)).toEqual([])
        expect(answer.status).toBe(400)
      })
      await fc.assert(property, fuzz(150, 3_000, 1))
    },
    patience,
  )

  test('rule P13: other names reach the service', async () => {
    for (const name of ['customer', 'roles', 'customerIds', 'Name2', 'ıd2']) {
      expect(foldOf(name)).not.toBe(foldOf('customerId'))
      const body = JSON.stringify({ name: 'n', [name]: 'x' })
      expect((await ask(caller(0), 'POST /profiles', json(Buffer.byteLength(body)), body)).answer.status).toBe(200)
    }
  })
})

const json = (length: number) => ['Content-Type: application/json', `Content-Length: ${length}`]
const boundary = 'fuzz-boundary'
const multipart = (dispositions: readonly string[], more = '') =>
  `${more}${dispositions.map((one) => `--${boundary}\r\nContent-Disposition: ${one}\r\n\r\nx\r\n`).join('')}--${boundary}--\r\n`
const multipartFields = (body: string) => [
  `Content-Type: multipart/form-data; boundary=${boundary}`,
  `Content-Length: ${Buffer.byteLength(body)}`,
]

describe('dispositions of parts', () => {
  const fields = new Set(['name', 'file'])

  test(
    'rule P14: each part that reaches the service names one field for every reader',
    async () => {
      const doubtful = fc.oneof(
        doubtfulDisposition('name', 'role'),
        doubtfulDisposition('name', 'file'),
        doubtfulDisposition('file', 'role'),
      )
      const property = fc.asyncProperty(doubtful, fc.boolean(), async (disposition, first) => {
        const plain = 'form-data; name="name"'
        const body = multipart(
          disposition.includes('"name"') ? [disposition] : first ? [disposition, plain] : [plain, disposition],
        )
        const { answer, arrived } = await ask(caller(0), 'POST /uploads', multipartFields(body), body)
        for (const one of arrived) {
          for (const part of one.body.split(`--${boundary}`).slice(1, -1)) {
            const names = namesIn(part.split('\r\n\r\n')[0] ?? '')
            expect([part, names.size, [...names].every((name) => fields.has(name))]).toEqual([part, 1, true])
          }
        }
        expect([disposition, answer.status]).toEqual([disposition, 400])
      })
      await fc.assert(property, fuzz(200, 4_000, 1))
    },
    patience,
  )

  test(
    'rule P14: parts as common platforms write them reach the service',
    async () => {
      const property = fc.asyncProperty(
        plainDisposition('file'),
        fc.constantFrom('', 'preamble\r\n'),
        async (disposition, preamble) => {
          const body = multipart(['form-data; name="name"', disposition], preamble)
          const { answer, arrived } = await ask(caller(0), 'POST /uploads', multipartFields(body), body)
          expect([disposition, preamble, answer.status, arrived.length]).toEqual([disposition, preamble, 200, 1])
        },
      )
      await fc.assert(property, fuzz(50, 2_000, 1))
    },
    patience,
  )
})

describe('bodies of zero bytes', () => {
  const empty = (framing: 'length' | 'chunked' | 'none') =>
    framing === 'length'
      ? { fields: ['Content-Length: 0'], body: '' }
      : framing === 'chunked'
        ? { fields: ['Transfer-Encoding: chunked'], body: '0\r\n\r\n' }
        : { fields: [], body: '' }
  const told = async (line: string, framing: Parameters<typeof empty>[0], type: readonly string[]) => {
    const { fields, body } = empty(framing)
    const { answer, arrived } = await ask(caller(0), line, [...type, ...fields], body)
    return [answer.status, arrived.length, arrived.map((one) => one.body)]
  }
  const lines = [
    'GET /reports/r-1',
    'HEAD /reports/r-1',
    'DELETE /pings',
    'POST /pings',
    'POST /notes',
    'PUT /notes',
    'PUT /texts',
    'PUT /imports',
    'POST /profiles',
    'POST /uploads',
  ]

  test(
    'rules P1, P10: without `Content-Type` they are no body, however they are framed',
    async () => {
      const property = fc.asyncProperty(
        fc.constantFrom(...lines),
        fc.constantFrom('length', 'chunked'),
        async (line, framing) => {
          expect([line, framing, await told(line, framing, [])]).toEqual([line, framing, await told(line, 'none', [])])
        },
      )
      await fc.assert(property, fuzz(60, 3_000, 1))
    },
    patience,
  )

  test.each<[string, string, number]>([
    ['PUT /imports', 'application/octet-stream', 200],
    ['PUT /texts', 'text/plain', 200],
    ['POST /notes', 'application/json', 200],
    ['PUT /notes', 'application/json', 400],
    ['POST /profiles', 'application/json', 400],
    ['POST /forms', 'application/x-www-form-urlencoded', 400],
    ['POST /uploads', `multipart/form-data; boundary=${boundary}`, 400],
  ])('%s with `Content-Type: %s`: %d, however they are framed (rule P10)', async (line, type, status) => {
    const field = [`Content-Type: ${type}`]
    const arrived = status === 200 ? 1 : 0
    expect((await told(line, 'length', field)).slice(0, 2)).toEqual([status, arrived])
    expect((await told(line, 'chunked', field)).slice(0, 2)).toEqual([status, arrived])
  })
})
