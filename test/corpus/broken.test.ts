import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { folderWith, type Outcome, run } from '../generator/commands/console.ts'
import { decided } from '../support/decided.ts'
import { publicDocuments } from './entries.ts'

// Faults are reported with their places, and never with a stack trace. With `--skip-unsupported` the valid operations
// are emitted, and each operation that is left out is named. Tested with generated documents, and with public ones,
// unchanged and with a part removed.

/** A manifest of one client that exposes everything of `api`. */
const manifest = (spec: string): string => `gatewright: 1
name: broken
services:
  api: { spec: '${spec}', url: 'http://api.test', security: {} }
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: broken }
clients:
  app:
    authenticate: [bearer]
    expose:
      api.*: { access: { override: { authenticated: true }, because: 'a test' } }
`

interface Finding {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null
}

const placeOf = ({ place }: Finding): string => (place === null ? '' : `${place.file}:${place.line}:${place.column}`)

interface Generated {
  readonly diagnostics: readonly Finding[]
  readonly clients?: readonly { readonly routes: number }[]
}

/** Runs `generate` for files in a temporary folder. The manifest is `gateway.yaml`. */
async function generated(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = folderWith(files)
  try {
    const world = { cwd: folder.path }
    const outcome = await run(['generate', '--json', ...args], world)
    const text = await run(['generate', ...args], world)
    const access = join(folder.path, 'generated/app/access.json')
    return {
      outcome,
      said: text.err,
      report: JSON.parse(outcome.out) as Generated,
      access: existsSync(access) ? (JSON.parse(readFileSync(access, 'utf8')) as Access) : null,
    }
  } finally {
    folder.remove()
  }
}

interface Access {
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  readonly skipped: readonly { readonly reference: string; readonly code: string }[]
}

const errorsOf = ({ diagnostics }: Generated): readonly Finding[] =>
  diagnostics.filter(({ severity }) => severity === 'error')

/** Valid responses, as a line of YAML. */
const fine = 'responses: { 200: { description: It, content: { application/json: { schema: { type: object } } } } }'

const broken: readonly (readonly [code: string, what: string, path: string, operation: string])[] = [
  ['GW1204', 'refers to nothing', '/a', `get: { responses: { 200: { $ref: '#/components/responses/None' } } }`],
  ['GW1201', 'refers to an address', '/a', `get: { responses: { 200: { $ref: 'https://else.test/x.yaml' } } }`],
  ['GW1203', 'refers to a file that is not there', '/a', `get: { responses: { 200: { $ref: 'parts/answer.yaml' } } }`],
  ['GW2102', 'has braces that do not match', '/a/{b', `get: { ${fine} }`],
  ['GW2103', 'does not declare its path parameter', '/a/{b}', `get: { ${fine} }`],
  [
    'GW2105',
    'has a parameter twice',
    '/a',
    `get: { parameters: [{ name: q, in: query, schema: {} }, { name: q, in: query, schema: {} }], ${fine} }`,
  ],
  [
    'GW2112',
    'has a media type that is none',
    '/a',
    `post: { requestBody: { content: { 'not a type': {} } }, ${fine} }`,
  ],
  ['GW3105', 'is of a method that gateways keep', '/a', `options: { ${fine} }`],
  [
    'GW3252',
    'has a type that is none',
    '/a',
    `get: { parameters: [{ name: q, in: query, schema: { type: date } }], ${fine} }`,
  ],
  [
    'GW3254',
    'has a pattern that takes for ever',
    '/a',
    `get: { parameters: [{ name: q, in: query, schema: { type: string, pattern: '^(a+)+(?=b)$' } }], ${fine} }`,
  ],
]

/** A document with one valid operation and the given one. */
const specOf = (path: string, operation: string): string =>
  `openapi: 3.1.0\ninfo: { title: Api, version: '1' }\npaths:\n  /sound: { get: { operationId: sound, ${fine} } }\n  ${path}:\n    ${operation}\n`

describe('one broken operation', () => {
  test.each(broken)('%s: an operation that %s is reported with its place', async (code, _, path, operation) => {
    const { outcome, said, report, access } = await generated({
      'gateway.yaml': manifest('spec.yaml'),
      'spec.yaml': specOf(path, operation),
    })
    expect(outcome.code).toBe(1)
    const [error] = errorsOf(report)
    expect([error?.code, error?.place?.file]).toEqual([code, 'spec.yaml'])
    expect(error?.place?.line).toBeGreaterThanOrEqual(5)
    expect(said).toContain(error && placeOf(error))
    expectNoTrace(outcome, said)
    expect(access).toBeNull()
  })

  test.each(broken)(
    '%s: an operation that %s is left out with a message, and the other is emitted',
    async (code, _, path, operation) => {
      const { outcome, said, access } = await generated(
        { 'gateway.yaml': manifest('spec.yaml'), 'spec.yaml': specOf(path, operation) },
        '--skip-unsupported',
      )
      expect(outcome.code).toBe(0)
      const method = operation.slice(0, operation.indexOf(':')).toUpperCase()
      expect(access?.routes.map((route) => `${route.method} ${route.path}`)).toEqual(['GET /sound'])
      expect(access?.skipped.map((one) => [one.reference, one.code])).toEqual([[`api ${method} ${path}`, code]])
      expect(said).toContain(`${method} ${path}`)
      expectNoTrace(outcome, said)
    },
  )
})

test.each(broken)('%s: `init` leaves out an operation that %s, and reports it', async (code, _, path, operation) => {
  const folder = folderWith({ 'things.yaml': specOf(path, operation) })
  const { code: ended, out } = await run(['init', 'things.yaml', '--client', 'app:jwt', '--json'], { cwd: folder.path })
  folder.remove()
  const { clients } = JSON.parse(out) as { readonly clients: readonly { readonly leftOut: readonly object[] }[] }
  const method = operation.slice(0, operation.indexOf(':')).toUpperCase()
  expect([ended, clients.map(({ leftOut }) => leftOut)]).toEqual([
    0,
    [[expect.objectContaining({ operation: `things ${method} ${path}`, code })]],
  ])
})

describe('a document that is broken as a whole', () => {
  test.each([
    ['GW1108', 'is Swagger 2', `swagger: '2.0'\ninfo: { title: Api, version: '1' }\npaths: {}\n`],
    ['GW1102', 'is no YAML', 'openapi: [3.1.0\n'],
    ['GW1110', 'is something else', 'hello: world\n'],
    ['GW1109', 'is of another version', `openapi: 4.0.0\ninfo: { title: Api, version: '1' }\npaths: {}\n`],
  ])('%s: one that %s is reported with its place, also with --skip-unsupported', async (code, _, spec) => {
    for (const args of [[], ['--skip-unsupported']]) {
      const files = { 'gateway.yaml': manifest('spec.yaml'), 'spec.yaml': spec }
      const { outcome, said, report, access } = await generated(files, ...args)
      expect(outcome.code).not.toBe(0)
      const error = errorsOf(report).find((one) => one.code === code)
      expect(error?.place?.file).toBe('spec.yaml')
      expect(said).toContain(error && placeOf(error))
      expectNoTrace(outcome, said)
      expect(access).toBeNull()
    }
  })

  test('`init` reports a document that has webhooks only, and nothing about a missing manifest', async () => {
    const folder = folderWith({ 'spec.yaml': `openapi: 3.1.0\ninfo: { title: Api, version: '1' }\nwebhooks: {}\n` })
    const { code, err } = await run(['init', 'spec.yaml', '--yes'], { cwd: folder.path })
    folder.remove()
    expect([code, err.match(/GW\d{4}/g), err.includes('spec.yaml:1:1')]).toEqual([1, ['GW2101'], true])
  })
})

const report: string[] = []
const isThere = existsSync(publicDocuments)
afterAll(() => {
  if (!isThere) report.push(`No documents in ${publicDocuments}: broken ones of others were not tried.`)
  process.stderr.write(report.join('\n'))
})

const suite = isThere ? describe : describe.skip
suite('public documents', () => {
  const textOf = (name: string): string => readFileSync(join(publicDocuments, name), 'utf8')

  test('Swagger 2 is refused at its first line, with a remedy', async () => {
    const files = { 'gateway.yaml': manifest('spec.json'), 'spec.json': textOf('negative/catalogue.swagger2.json') }
    const { outcome, said, report: told } = await generated(files, '--skip-unsupported')
    expect(outcome.code).toBe(1)
    expect(errorsOf(told).map((one) => [one.code, placeOf(one)])).toEqual([['GW1108', 'spec.json:1:17']])
    expect(said).toContain('npx swagger2openapi')
    expectNoTrace(outcome, said)
  })

  test.each([
    // References that seem to be dangling lead to an `$id`. An `enum` beside a `schema` is not a keyword there.
    ['petstore/petstore-3.1.yaml', 3, []],
    ['paypal/customer_disputes_v1.json', 15, []],
    ['box/openapi.json', 294, ['OPTIONS /events', 'OPTIONS /files/content']],
  ])(
    '%s makes %i routes, and names the others with their places',
    async (name, routes, leftOut) => {
      const [spec, text] = [name.endsWith('.json') ? 'things.json' : 'things.yaml', textOf(name)]
      const wished = leftOut.map((reference) => `      things ${reference}: {}\n`).join('')
      const exposing = (await manifestByInit(spec, text)).replace(/^ {4}expose:\n/m, (line) => `${line}${wished}`)
      const files = { 'gateway.yaml': exposing, [spec]: text }
      const { outcome, said, report: told, access } = await generated(files, '--skip-unsupported')
      expect([errorsOf(told), outcome.code, access?.routes.length]).toEqual([[], 0, routes])
      const skipped = access?.skipped.map(({ reference }) => reference.slice(reference.indexOf(' ') + 1))
      expect(skipped?.sort()).toEqual(leftOut)
      for (const reference of leftOut) {
        const about = told.diagnostics.find(({ message }) => message.includes(reference))
        expect([about && placeOf(about), said.includes(reference)]).toEqual([
          expect.stringMatching(/^things\.json:\d+:\d+$/),
          true,
        ])
      }
      expectNoTrace(outcome, said)
    },
    180_000,
  )

  test.each([
    ['museum/openapi.yaml', 'SpecialEvent'],
    ['petstore/petstore-3.0.yaml', 'Order'],
    ['paypal/invoicing_v2.json', 'template'],
    ['open-banking-uk/vrp.json', 'OBDomesticVRPResponse'],
    ['spotify/fixed-spotify-open-api.yml', 'AudioAnalysisObject'],
  ])(
    '%s without its schema %s loses exactly the operations that use it',
    async (name, lost) => {
      const whole = load(textOf(name)) as PublicDocument
      const { [lost]: gone, ...schemas } = whole.components.schemas
      const spec = { ...whole, components: { ...whole.components, schemas } }
      const files = {
        'gateway.yaml': await manifestByInit('spec.json', JSON.stringify(whole)),
        'spec.json': JSON.stringify(spec, null, 2),
      }
      const strict = await generated(files)
      expect([gone === undefined, strict.outcome.code]).toEqual([false, 1])
      const errors = errorsOf(strict.report)
      expect(new Set(errors.map(({ code, place }) => `${code} ${place?.file}`))).toEqual(new Set(['GW1204 spec.json']))
      expect(errors.filter(({ place, message }) => (place?.line ?? 0) < 2 || !message.includes(lost))).toEqual([])
      expectNoTrace(strict.outcome, strict.said)

      const { outcome, said, access } = await generated(files, '--skip-unsupported')
      const [needs, does] = dividedBy(whole, `#/components/schemas/${lost}`)
      expect(outcome.code).toBe(0)
      expect(needs.length).toBeGreaterThan(0)
      expect(access?.skipped.map(({ reference }) => reference.slice(reference.indexOf(' ') + 1)).sort()).toEqual(needs)
      expect(access?.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(does)
      expect(needs.filter((reference) => !said.includes(reference))).toEqual([])
      expectNoTrace(outcome, said)
    },
    120_000,
  )
})

function expectNoTrace({ out, err }: Outcome, said: string): void {
  expect(`${out}\n${err}\n${said}`).not.toMatch(/^\s+at .*:\d+:\d+|internal error|TypeError|undefined/m)
}

/** The manifest that `init` writes for a document. */
async function manifestByInit(spec: string, text: string): Promise<string> {
  const folder = folderWith({ [spec]: text })
  try {
    await run(['init', spec, '--client', 'app:jwt', '--name', 'broken', '--json'], { cwd: folder.path })
    return decided(readFileSync(join(folder.path, 'gateway.yaml'), 'utf8'))
  } finally {
    folder.remove()
  }
}

interface PublicDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

/** The operations that use a reference, directly or not, and those that do not. */
function dividedBy(document: PublicDocument, wanted: string): readonly [string[], string[]] {
  const leads = (node: unknown, seen: Set<string>): boolean => {
    if (typeof node !== 'object' || node === null) return false
    return Object.entries(node).some(([key, value]) => {
      if (key !== '$ref') return leads(value, seen)
      if (value === wanted) return true
      if (seen.has(value)) return false
      seen.add(value)
      const steps = String(value).split('/').slice(1)
      return leads(
        steps.reduce<unknown>((inner, step) => (inner as Readonly<Record<string, unknown>>)[step], document),
        seen,
      )
    })
  }
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([key]) => ['get', 'put', 'post', 'patch', 'delete'].includes(key))
      .map(([method, operation]) => [`${method.toUpperCase()} ${path}`, leads(operation, new Set())] as const),
  )
  const which = (isLed: boolean): string[] =>
    all
      .filter(([, leading]) => leading === isLed)
      .map(([reference]) => reference)
      .sort()
  return [which(true), which(false)]
}
