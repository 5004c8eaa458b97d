import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import ajvModule from 'ajv/dist/2020.js'
import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../../generator/read/index.ts'
import { validateManifest } from '../../../generator/read/validate/index.ts'
import { below, Diagnostics } from '../../../generator/support/index.ts'

const schema = JSON.parse(readFileSync(new URL('../../../gateway.schema.json', import.meta.url), 'utf8')) as JsonObject
const ajv = new ajvModule.default({ strict: true, strictRequired: false, strictTypes: false, formats: formats() })
const oracle = ajv.compile(schema)

/** Formats that decide where references to the environment are allowed, which JSON Schema alone cannot express. */
function formats(): Record<string, true> {
  const names = ['setting', 'secret', 'key-source', 'file']
  return Object.fromEntries(names.map((name) => [`gatewright-${name}`, true as const]))
}

function codesFor(manifest: JsonValue): readonly string[] {
  const diagnostics = new Diagnostics()
  validateManifest(manifest, schema, 'gateway.yaml', diagnostics)
  return diagnostics.all.map(({ code, origin }) => `${code} ${origin?.pointer}`)
}

const whole: JsonObject = {
  gatewright: 1,
  name: 'shop',
  services: {
    orders: {
      spec: 'orders.yaml',
      overlays: ['overlay.yaml'],
      refs: ['../shared'],
      url: ['http://a.example', '${ORDERS_URL:-http://b.example}'],
      timeout: '300ms',
      security: { oauth: 'principal', key: 'service' },
      credential: [{ exchange: { audience: 'orders' } }, { mtls: { cert: 'c.pem', key: 'k.pem' } }],
      answers: 'enforce',
      undeclared: 'pass',
      concurrency: { max: 10, queue: 0 },
      maxAnswer: '5MB',
    },
    payments: { spec: 'payments.json', credential: { header: { name: 'X-Api-Key', value: 'Key ${PAYMENTS_KEY}' } } },
  },
  authenticators: {
    bearer: { type: 'jwt', issuer: '${OIDC_ISSUER}', audience: 'shop', roles: null, clockSkew: '0s', typ: 'jwt' },
    none: {
      type: 'jwt',
      issuer: '${OIDC_ISSUER}',
      audience: 'none',
      clientIds: ['${WEB_ID}', 'app'],
      accessMarks: { idtyp: 'app', azpacr: ['1', '2'] },
    },
    many: { type: 'jwt', issuers: [{ issuer: 'https://a.example', audience: ['x', 'y'], algorithms: ['ES256'] }] },
    key: { type: 'api-key', keys: 'file:/run/keys.json' },
  },
  clients: {
    web: {
      authenticate: ['bearer'],
      cors: { origins: ['https://shop.example'], credentials: false, maxAge: '10m' },
      trustedProxies: ['10.0.0.0/8'],
      expose: {
        'orders.*': null,
        'orders.getOrder': {
          path: '/x',
          access: { override: { roles: ['a'] }, because: 'SEC-1' },
          bind: { id: '$principal.sub' },
        },
        'orders.list': { access: { public: 'Open' }, credential: 'none', maxBody: '1KiB' },
      },
    },
  },
}

describe('a manifest', () => {
  test('that uses every property is accepted', () => {
    expect(codesFor(whole)).toEqual([])
    expect(oracle(whole)).toBe(true)
  })

  test.each<[string, JsonValue, readonly string[]]>([
    ['is not a map', [], ['GW1008 ']],
    ['is empty', {}, ['GW2002 ']],
    [
      'has several faults',
      { ...whole, gatewright: 2, nam: 'x', name: 'Shop' },
      ['GW2013 /gatewright', 'GW2005 /name', 'GW2001 /nam'],
    ],
  ])('that %s is reported', (_what, manifest, want) => {
    expect([...new Set(codesFor(manifest))]).toEqual(want)
  })

  test.each<[string, JsonObject, string]>([
    ['neither issuer nor issuers', { type: 'jwt' }, 'GW2002 /authenticators/a'],
    [
      'both issuer and issuers',
      { type: 'jwt', issuer: 'i', audience: 'a', issuers: [{ issuer: 'i', audience: 'a' }] },
      'GW2007 /authenticators/a/issuers',
    ],
    ['no type', { keys: '${KEYS}' }, 'GW2002 /authenticators/a'],
    [
      'a type of a later release',
      { type: 'oidc-session', issuer: 'i', clientId: 'w' },
      'GW2008 /authenticators/a/type',
    ],
    ['an empty type', { type: null, issuer: 'i', audience: 'a', typ: 'JWT' }, 'GW2004 /authenticators/a/type'],
    ['an unknown type', { type: 'basic' }, 'GW2004 /authenticators/a/type'],
    ['rule K1: keys in the query', { type: 'api-key', keys: '${KEYS}', in: 'query' }, 'GW2012 /authenticators/a/in'],
    [
      'rule K2: a pepper in clear',
      { type: 'api-key', keys: '${KEYS}', pepper: 'salt' },
      'GW2009 /authenticators/a/pepper',
    ],
    ['rule K2: keys in clear', { type: 'api-key', keys: '[{"id":"a"}]' }, 'GW2009 /authenticators/a/keys'],
    ['rule K2: a default for a secret', { type: 'api-key', keys: '${KEYS:-[]}' }, 'GW2009 /authenticators/a/keys'],
  ])('with an authenticator that has %s is reported', (_what, authenticator, want) => {
    expect(codesFor({ ...whole, authenticators: { a: authenticator } })[0]).toBe(want)
  })

  test.each(['at+jwt', 'application/at+jwt', 'AT+JWT'])('with an authenticator of type %s names `typ`', (type) => {
    const diagnostics = new Diagnostics()
    const authenticators = { a: { type, issuer: 'i', audience: 'x' } }
    validateManifest({ ...whole, authenticators }, schema, 'gateway.yaml', diagnostics)
    expect(diagnostics.all).toMatchObject([
      {
        code: 'GW2004',
        message: `authenticators.a.type must be \`jwt\` or \`api-key\`, not \`${type}\`. Did you mean \`typ: at+jwt\`?`,
        origin: { pointer: '/authenticators/a/type' },
      },
    ])
  })

  test.each<[string, JsonValue, string]>([
    ['a misspelt word', 'principle', 'GW2004 /services/s/credential'],
    ['an unknown kind', { bearer: {} }, 'GW2001 /services/s/credential/bearer'],
    ['nothing in it', {}, 'GW2006 /services/s/credential'],
    [
      'rule K2: a password in clear',
      { basic: { username: 'u', password: 'p' } },
      'GW2009 /services/s/credential/basic/password',
    ],
    [
      'rule K2: a key in clear',
      { mtls: { cert: 'c.pem', key: '-----BEGIN PRIVATE KEY-----' } },
      'GW2009 /services/s/credential/mtls/key',
    ],
    [
      'rule K2: a client secret in clear',
      { client: { clientSecret: 's' } },
      'GW2009 /services/s/credential/client/clientSecret',
    ],
  ])('with a credential that has %s is reported', (_what, credential, want) => {
    expect(codesFor({ ...whole, services: { s: { spec: 's.yaml', credential } } })).toContain(want)
  })

  test('with a property at the wrong place gets a remedy that names the right one', () => {
    const diagnostics = new Diagnostics()
    const misplaced = { ...whole, clients: { web: { expose: {}, maxBody: '1MB' } } }
    validateManifest(misplaced, schema, 'gateway.yaml', diagnostics)
    expect(diagnostics.all.map(({ remedy }) => remedy)).toEqual(['`maxBody` belongs in an entry of `expose`.'])
  })
})

describe('a remedy', () => {
  const remediesFor = (changes: JsonObject): readonly (string | null)[] => {
    const diagnostics = new Diagnostics()
    validateManifest({ ...whole, ...changes }, schema, 'gateway.yaml', diagnostics)
    return diagnostics.all.map(({ remedy }) => remedy)
  }
  const service = (settings: JsonObject): JsonObject => ({ services: { orders: { spec: 'orders.yaml', ...settings } } })

  test.each<[string, JsonObject, string]>([
    ['a number of milliseconds', service({ timeout: 5000 }), 'Write\n    timeout: 5s   # 5000 milliseconds'],
    ['a number of seconds', service({ timeout: 5 }), 'Write\n    timeout: 5s   # 5 seconds'],
    ['a unit in words', service({ timeout: '2 Minutes' }), 'Write\n    timeout: 2m'],
    ['a size in other letters', service({ maxAnswer: '5 mb' }), 'Write\n    maxAnswer: 5MB'],
    ['a text for a list', service({ overlays: 'a.yaml' }), 'Write\n    overlays: [a.yaml]'],
    ['no value that is near', service({ concurrency: 5 }), 'For example\n    concurrency: { max: 64 }'],
    ['a misspelt property', service({ timeuot: '2s' }), 'Write\n    timeout: 2s'],
    ['one whose value is wrong as well', service({ timeuot: '2 Minutes' }), 'Write\n    timeout: 2m'],
    ['one whose value cannot be corrected', service({ concurency: 5 }), 'For example\n    concurrency: { max: 64 }'],
    ['one whose value is a wrong map', service({ concurency: { most: 5 } }), 'Rename it to `concurrency`.'],
  ])('corrects %s', (_what, changes, want) => {
    expect(remediesFor(changes)).toContain(want)
  })

  test('rule K2: does not show a literal secret', () => {
    const misspelt = service({ credential: { basic: { username: 'u', pasword: 's3cret' } } })
    const misplaced = { clients: { web: { expose: {}, credential: { header: { name: 'X-Key', value: 's3cret' } } } } }
    const remedies = [...remediesFor(misspelt), ...remediesFor(misplaced)]
    expect(remedies).toContain('Rename it to `password`.')
    expect(remedies.join('\n')).not.toContain('s3cret')
  })

  test('does not show a long value', () => {
    const long = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`s${index}`, { spec: 'a.yaml' }]))
    expect(remediesFor({ service: long }).join('').length).toBeLessThan(100)
  })
})

describe('the validator', () => {
  /** Every place of the sample manifest, to replace or remove its value. */
  const places: (readonly string[])[] = []
  const visit = (value: JsonValue, path: readonly string[]): void => {
    places.push(path)
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) visit(member as JsonValue, [...path, key])
  }
  visit(whole, [])

  const changed = (value: JsonValue, path: readonly string[], to: JsonValue | undefined): JsonValue => {
    const [key, ...rest] = path
    if (key === undefined) return to ?? null
    if (Array.isArray(value))
      return value.map((item: JsonValue, index) => (String(index) === key ? changed(item, rest, to) : item))
    const entries = Object.entries(value as JsonObject)
    return Object.fromEntries(
      entries.flatMap(([name, member]) => {
        if (name !== key) return [[name, member]]
        return rest.length === 0 && to === undefined ? [] : [[name, changed(member, rest, to)]]
      }),
    )
  }

  test('agrees with ajv on every change of one place', () => {
    const values = fc.constantFrom<JsonValue | undefined>(
      undefined,
      null,
      0,
      -1,
      1,
      true,
      '',
      'text',
      '2s',
      'none',
      [],
      {},
      ['a', 'a'],
      { a: 1 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...places), values, (path, value) => {
        const manifest = changed(whole, path, value)
        // ajv does not implement the formats.
        const own = codesFor(manifest).filter((code) => !/^GW20(?:09|10|11)/.test(code))
        const literal = codesFor(manifest).length > own.length
        return literal || (own.length === 0) === oracle(manifest)
      }),
      { numRuns: 2000 },
    )
  })

  test('reports at a place that exists', () => {
    const { pointer } = below({ file: 'gateway.yaml', pointer: '' }, 'services', 'orders', 'timeout')
    expect(codesFor(changed(whole, ['services', 'orders', 'timeout'], 5))).toEqual([`GW2003 ${pointer}`])
  })
})

describe('gateway.schema.json', () => {
  test('describes every property', () => {
    const silent: string[] = []
    const visit = (node: JsonValue, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      const properties = (node as JsonObject)['properties']
      if (typeof properties === 'object' && properties !== null) {
        for (const [name, property] of Object.entries(properties)) {
          if (typeof (property as JsonObject)['description'] !== 'string') silent.push(`${path}.${name}`)
        }
      }
      for (const [name, member] of Object.entries(node)) visit(member as JsonValue, `${path}/${name}`)
    }
    visit(schema, '')
    expect(silent).toEqual([])
  })
})
