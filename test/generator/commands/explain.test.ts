import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { folderWith, run, shop } from './console.ts'

let folder: ReturnType<typeof folderWith>
beforeAll(() => {
  folder = folderWith(shop)
})
afterAll(() => folder.remove())

const explain = (...args: readonly string[]) => run(['explain', ...args], { cwd: folder.path })
const head = (out: string): readonly string[] => out.split('\n').filter((line) => line.includes('  ->  '))

describe('explain', () => {
  test('prints the pipeline on stdout, aligned, with the place of each setting', async () => {
    const { code, out, err } = await explain('GET /orders/{orderId}', '--client', 'web')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^GET \/orders\/\{orderId\} {2}-> {2}orders\.getOrder {2}\(web\)\n/)
    const lines = out.split('\n').slice(1)
    expect(lines.find((line) => line.startsWith('  authorize '))).toMatch(/scope `?orders:read`? {2,}gateway\.yaml:14$/)
    // Step, text and place are aligned. A step is named once.
    const starts = lines.map((line) => /^ {2}(?:\S+ +| +)(?=\S)/.exec(line)?.[0].length)
    expect(new Set(starts).size).toBe(1)
    const steps = lines.flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? [])
    expect(steps).toEqual([...new Set(steps)])
  })

  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['a template', ['GET /orders/{orderId}']],
    ['a template with other names', ['GET /orders/{id}']],
    ['a path as a client calls it', ['GET /orders/123']],
    ['a path with a query', ['GET /orders/123?expand=lines']],
    ['two words', ['GET', '/orders/123']],
    ['a method in small letters', ['get /orders/123']],
    ['HEAD, which GET serves', ['HEAD /orders/123']],
    ['a path alone', ['/orders/123']],
    ['the id of the route', ['orders.getOrder']],
  ]
  test.each(ways)('accepts %s', async (_, args) => {
    const { code, out } = await explain(...args, '--client', 'web')
    expect(head(out)).toEqual(['GET /orders/{orderId}  ->  orders.getOrder  (web)'])
    expect(code).toBe(0)
  })

  test('shows every client that has the route', async () => {
    expect(head((await explain('orders.getOrder')).out)).toEqual([
      'GET /orders/{orderId}  ->  orders.getOrder  (app)',
      'GET /orders/{orderId}  ->  orders.getOrder  (web)',
    ])
  })

  test('suggests a similar route', async () => {
    const { code, err } = await explain('orders.getOrdr')
    expect(err).toMatch(
      /^error GW5003 {2}orders\.getOrdr is not a route of `app`, `web`\.\n\n {2}Did you mean `orders\.getOrder`\?/,
    )
    expect(code).toBe(2)
  })

  test('names the clients that have the route if the given one does not', async () => {
    const { code, err } = await explain('GET /orders', '--client', 'app')
    expect(err).toMatch(/GET \/orders is not a route of `app`\.[\s\S]*It is one of `web`\./)
    expect(code).toBe(2)
  })

  test('prints all results with --json', async () => {
    const { out } = await explain('GET /orders/7', '--client', 'web', '--json')
    const { ok, routes } = JSON.parse(out)
    expect(ok).toBe(true)
    expect(routes).toMatchObject([{ client: 'web', id: 'orders.getOrder', method: 'GET', path: '/orders/{orderId}' }])
    expect(routes[0].steps).toContainEqual(
      expect.objectContaining({
        step: 'authorize',
        place: expect.objectContaining({ file: 'gateway.yaml', line: 14 }),
      }),
    )
  })

  test('refuses with --json too', async () => {
    const { code, out } = await explain('GET /nothing', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([2, { ok: false, diagnostics: [{ code: 'GW5003' }] }])
  })
})
