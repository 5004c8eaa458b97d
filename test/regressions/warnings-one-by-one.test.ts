import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { folderWith, run } from '../generator/commands/console.ts'

// A document with many operations had a warning of nine lines for each of them, or for each of their parameters,
// although all had one cause.

const many = 60

interface Fault {
  readonly parameters?: readonly object[]
  readonly schema?: object
  readonly operation?: object
  readonly version?: string
  readonly credential?: string
}

/** A manifest of two clients that exposes everything of a document, each of whose operations has the same fault. */
function files({ parameters = [], schema = {}, operation = {}, version = '3.1.0', credential = 'none' }: Fault) {
  const response = { description: 'It.', content: { 'application/json': { schema: { type: 'boolean' } } } }
  const paths = Object.fromEntries(
    Array.from({ length: many }, (_, index) => [
      `/things${index}`,
      {
        post: {
          operationId: `make${index}`,
          parameters,
          requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { a: schema } } } } },
          responses: { 200: response },
          ...operation,
        },
      },
    ]),
  )
  const components = { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } }
  const servers = [{ url: 'https://api.example.com' }]
  const info = { title: 'Api', version: '1' }
  return {
    'api.json': JSON.stringify({ openapi: version, info, servers, components, paths }, null, 1),
    'gateway.yaml': `gatewright: 1
name: shop
services:
  api: { spec: api.json, url: 'http://api.test', security: { key: service }, credential: ${credential} }
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: shop }
clients:
  web: { authenticate: [bearer], expose: { api.*: { access: { authenticated: true } } } }
  app: { authenticate: [bearer], expose: { api.*: { access: { authenticated: true } } } }
`,
  }
}

const header = (name: string) => ({ name, in: 'header', schema: { type: 'string' } })
const other = `{ header: { name: X-Other, value: '\${KEY}' } }`

/** Faults that occur once for each operation, each with its number of causes. */
const kinds: readonly (readonly [code: string, what: string, fault: Fault, causes: number])[] = [
  ['GW3204', 'a header that clients may not send', { parameters: [header('X-Real-IP')] }, 1],
  ['GW3204', 'two headers', { parameters: [header('X-Real-IP'), header('Remote-User')] }, 2],
  ['GW3307', 'a credential of another kind', { operation: { security: [{ key: [] }] }, credential: other }, 1],
  ['GW3304', 'a server of its own', { operation: { servers: [{ url: 'https://files.example.com' }] } }, 1],
  ['GW3259', 'a keyword of another version', { schema: { const: 'a' }, version: '3.0.3' }, 1],
  ['GW3259', 'a misspelt keyword', { schema: { maxlength: 3 } }, 1],
  ['GW3259', '`nullable` in 3.1', { schema: { type: 'string', nullable: true } }, 1],
  ['GW3261', 'a pattern for another engine', { schema: { type: 'string', pattern: '^a\\z' } }, 1],
  ['GW3212', 'a form without fields', form(), 1],
]

function form(): Fault {
  const content = { 'application/x-www-form-urlencoded': { schema: { type: 'string' } } }
  return { operation: { requestBody: { content } } }
}

async function said(fault: Fault, args: readonly string[], json = false) {
  const folder = folderWith(files(fault))
  try {
    const { err, out, code } = await run([...args, ...(json ? ['--json'] : [])], { cwd: folder.path })
    return { err, out, code }
  } finally {
    folder.remove()
  }
}

const entriesIn = (err: string, code: string): readonly string[] =>
  err.split(/\n\n(?=(?:error|warning) GW)/).filter((entry) => entry.startsWith(`warning ${code}`))

describe('a warning that each of many operations has', () => {
  test.each(kinds)(
    '%s, %s, is one entry for each cause, with count and first places',
    async (code, _, fault, causes) => {
      const { err, code: ended } = await said(fault, ['lint'])
      const entries = entriesIn(err, code)
      expect([ended, entries.length]).toEqual([0, causes])
      for (const entry of entries) {
        const [, count = ''] = /\((\d+) times\)/.exec(entry) ?? []
        expect([many, 2 * many]).toContain(Number(count))
        expect(entry.match(/^ {2}(?:also )?\S+:\d+:\d+/gm)?.length).toBeGreaterThanOrEqual(3)
        expect(entry).toContain(`  and ${Number(count) - 3} more\n`)
      }
      expect(err.split('\n').length).toBeLessThan(20 * causes)
      expect(err).toMatch(/\n\n\d+ warnings in \d files? \(\d+\.\d s\)\. --verbose shows each\.$/)
    },
  )

  test.each(kinds)('%s, %s, is printed for each with --verbose', async (code, _, fault) => {
    const { err } = await said(fault, ['lint', '--verbose'])
    expect(entriesIn(err, code).length).toBeGreaterThanOrEqual(many)
    expect(err).not.toMatch(/ times\)|--verbose/)
  })

  test.each(kinds)('%s, %s, is in the JSON document for each', async (code, _, fault) => {
    const { out } = await said(fault, ['lint'], true)
    const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly { readonly code: string }[] }
    expect(diagnostics.filter((one) => one.code === code).length).toBeGreaterThanOrEqual(many)
  })

  test('is printed in the same way every time', async () => {
    const fault = { parameters: [header('X-Real-IP'), header('Remote-User')], schema: { maxlength: 3 } }
    const withoutTime = async () => (await said(fault, ['lint'])).err.replace(/\(\d+\.\d s\)/, '')
    expect(await withoutTime()).toBe(await withoutTime())
  })
})

describe('every command prints it so', () => {
  const folder = folderWith(files({ parameters: [header('X-Real-IP')] }))
  const cwd = folder.path
  beforeAll(async () => {
    await run(['generate', '--json'], { cwd })
  }, 60_000)
  afterAll(() => folder.remove())

  test.each(['generate', 'check', 'check --full', 'lint'])('%s', async (line) => {
    const words = line.split(' ')
    const { err } = await run(words, { cwd })
    expect(entriesIn(err, 'GW3204')).toHaveLength(1)
    const { err: all } = await run([...words, '--verbose'], { cwd })
    expect(entriesIn(all, 'GW3204')).toHaveLength(2 * many)
  })

  test('a run that is remembered', async () => {
    const env = { XDG_CACHE_HOME: join(cwd, 'cache') }
    const first = await run(['check'], { cwd, env })
    const second = await run(['check'], { cwd, env })
    const plain = ({ err }: { readonly err: string }) => err.replaceAll(/\d+\.\d s/g, '')
    expect(plain(second)).toBe(plain(first))
    expect(entriesIn(second.err, 'GW3204')).toHaveLength(1)
  })
})

describe('errors of one cause', () => {
  const undecided = (operations: number) => {
    const { 'gateway.yaml': manifest, ...rest } = files({})
    const names = Array.from({ length: operations }, (_, index) => `api.make${index}: {}`)
    const only = manifest.replace(/ {2}app: .*\n/, '').replace(/expose: .*/, `expose: { ${names.join(', ')} } }`)
    return { ...rest, 'gateway.yaml': only }
  }
  const entriesOf = async (operations: number, ...args: readonly string[]) => {
    const folder = folderWith(undecided(operations))
    const { err, code } = await run([...args], { cwd: folder.path })
    folder.remove()
    expect(code).toBe(1)
    return err.split('\n').filter((line) => line.startsWith('error GW3001'))
  }

  test('are printed one by one where they are few, and as one where they are many', async () => {
    expect(await entriesOf(3, 'lint')).toHaveLength(3)
    expect(await entriesOf(40, 'lint')).toEqual(['error GW3001 (40 times)  api.make0 has no access decision.'])
    expect(await entriesOf(40, 'lint', '--verbose')).toHaveLength(40)
  })

  test.each(['generate', 'check', 'explain POST /things1', 'dev --port 0 --no-watch'])(
    '%s prints them so',
    async (line) => {
      const words = line.split(' ')
      expect(await entriesOf(40, ...words)).toHaveLength(1)
      expect(await entriesOf(40, ...words, '--verbose')).toHaveLength(40)
    },
  )
})
