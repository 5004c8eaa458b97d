import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { root } from '../../../conventions/files.ts'
import { decided } from '../../../support/decided.ts'
import { folderWith, run } from '../console.ts'

// Public documents, in a folder beside the checkout if it exists. `init` must make a manifest for each set that
// generates without errors.

const corpus = join(root, '../shared/specs')
const isThere = existsSync(corpus)

/** Sets of documents for one manifest each, and their numbers of operations. */
const sets: readonly (readonly [name: string, specs: readonly string[], operations: number])[] = [
  ['adyen', ['adyen'], 56],
  ['aws-retail-store', ['aws-retail-store'], 19],
  ['box', ['box'], 296],
  ['dotnet-eshop', ['dotnet-eshop'], 23],
  ['medusa-store', ['medusa-store/openapi.yaml'], 46],
  ['museum', ['museum'], 8],
  ['oai-examples', ['oai-examples'], 20],
  ['open-banking-uk', ['open-banking-uk'], 89],
  ['paypal', ['paypal'], 97],
  ['petstore-3.0', ['petstore/petstore-3.0.yaml'], 19],
  ['petstore-3.1', ['petstore/petstore-3.1.yaml'], 3],
  ['spotify', ['spotify'], 97],
  ['stripe', ['stripe'], 468],
  ['tmforum', ['tmforum'], 92],
  ['twilio', ['twilio'], 415],
]

/** Timeout in ms. The largest set is read and planned several times. */
const patience = 180_000

interface Summary {
  readonly services: readonly { readonly operations: number }[]
  readonly clients: readonly {
    readonly id: string
    readonly operations: number
    readonly withheld: readonly object[]
    readonly leftOut: readonly { readonly code: string; readonly reason: string }[]
  }[]
  readonly decisions: number
}

const report: string[] = []
afterAll(() => {
  if (!isThere) report.push('no corpus of documents beside this checkout: `init` was not tried on any')
  process.stderr.write(`${report.join('\n')}\n`)
})

const suite = isThere ? describe : describe.skip
suite('init makes a manifest that generates', () => {
  test.each(sets)(
    'of %s',
    async (name, specs, operations) => {
      const folder = folderWith({})
      const world = { cwd: folder.path }
      const { code, out, err } = await run(
        ['init', ...specs.map((spec) => join(corpus, spec)), '--name', 'corpus', '--json'],
        world,
      )
      const manifest = join(folder.path, 'gateway.yaml')
      const text = readFileSync(manifest, 'utf8')
      writeFileSync(manifest, decided(text))
      const lint = await run(['lint'], world)
      folder.remove()
      expect([code, err, lint.code]).toEqual([0, '', 0])
      const summary: Summary = JSON.parse(out)
      report.push(line(name, summary))
      expect(summary.services.reduce((sum, service) => sum + service.operations, 0)).toBe(operations)
      // Each operation is exposed to a client, commented out, or left out with a reason.
      for (const { operations: exposed, withheld, leftOut } of summary.clients) {
        expect(exposed + withheld.length + leftOut.length).toBe(operations)
        expect(leftOut.filter(({ reason }) => reason === '')).toEqual([])
      }
    },
    patience,
  )

  test('except of Swagger 2, which is refused with a remedy', async () => {
    const folder = folderWith({})
    const { code, out } = await run(['init', join(corpus, 'negative/catalogue.swagger2.json'), '--json'], {
      cwd: folder.path,
    })
    const written = existsSync(join(folder.path, 'gateway.yaml'))
    folder.remove()
    expect([code, written, JSON.parse(out)]).toMatchObject([1, false, { diagnostics: [{ code: 'GW1108' }] }])
  })
})

/** `box  5 services, 296 operations, 47 decisions; app 292 (GW3105 2, ...)`. */
function line(name: string, { services, clients, decisions }: Summary): string {
  const operations = services.reduce((sum, service) => sum + service.operations, 0)
  const parts = clients.map(({ id, operations: exposed, withheld, leftOut }) => {
    const counts = new Map<string, number>()
    for (const { code } of leftOut) counts.set(code, (counts.get(code) ?? 0) + 1)
    const reasons = [...counts].sort().map(([code, count]) => `${code} ${count}`)
    return `${id} ${exposed} (${withheld.length} commented out)${reasons.length === 0 ? '' : ` (left out: ${reasons.join(', ')})`}`
  })
  return `${name}: ${services.length} services, ${operations} operations, ${decisions} decisions; ${parts.join(', ')}`
}
