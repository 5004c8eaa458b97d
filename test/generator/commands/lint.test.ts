import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { folderWith, run, shop } from './console.ts'

async function lint(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = folderWith(files)
  try {
    return { ...(await run(['lint', ...args], { cwd: folder.path })), left: readdirSync(folder.path).sort() }
  } finally {
    folder.remove()
  }
}

const broken = {
  ...shop,
  'gateway.yaml': (shop['gateway.yaml'] ?? '')
    .replace(/url: .*/, 'url: ftp://orders')
    .replace('orders.listOrders', 'orders.listOrder'),
}

describe('lint', () => {
  test('reports that there are no problems, and writes no files', async () => {
    const { code, out, err, left } = await lint(shop)
    expect(err).toMatch(/^No problems in gateway\.yaml\. \d+\.\d s$/)
    expect([code, out, left]).toEqual([0, '', ['gateway.yaml', 'orders.json']])
  })

  test('shows all problems at once, sorted by place, then counts them', async () => {
    const { code, err } = await lint(broken)
    const codes = [...err.matchAll(/^error (GW\d{4}) /gm)].map(([, found]) => found)
    expect(codes).toEqual(['GW3302', 'GW3101'])
    expect(err).toMatch(/\n\n\d errors in 1 file \(\d+\.\d s\)$/)
    expect(code).toBe(1)
  })

  test('prints the same with --json', async () => {
    const { code, out, err } = await lint(broken, '--json')
    const { ok, diagnostics } = JSON.parse(out)
    expect([code, err, ok]).toEqual([1, '', false])
    expect(diagnostics.map(({ code }: { code: string }) => code)).toContain('GW3302')
    for (const one of diagnostics)
      expect(Object.keys(one)).toEqual(['code', 'severity', 'message', 'place', 'related', 'remedy'])
  })

  test('exits with 0 if there are only warnings', async () => {
    const warned = { ...shop, 'gateway.yaml': `${shop['gateway.yaml']}  idle:\n    expose: {}\n` }
    const { code, err } = await lint(warned)
    expect(err).toMatch(/^warning GW3115 [\s\S]*\n\n1 warning in 1 file /)
    expect(code).toBe(0)
  })

  test('shows where documents do not meet their version of OpenAPI as one entry, or each', async () => {
    const orders = JSON.parse(shop['orders.json'] ?? '')
    const tags = ['a', 'b', 'c'].map((name) => ({ name, colour: 'red' }))
    const files = { ...shop, 'orders.json': JSON.stringify({ ...orders, tags }) }
    const { code, err } = await lint(files)
    expect(err.match(/GW1113/g)).toHaveLength(1)
    expect(err).toMatch(/^warning GW1113 \(3 times\) {2}orders\.json does not meet OpenAPI 3\.\d: /)
    expect(code).toBe(0)
    expect((await lint(files, '--verbose')).err.match(/GW1113/g)).toHaveLength(3)
    const { diagnostics } = JSON.parse((await lint(files, '--json')).out)
    expect(diagnostics.map(({ place }: { place: object }) => place)).toEqual(
      Array(3).fill(expect.objectContaining({ file: 'orders.json', line: 1, length: 8 })),
    )
  })
})
