import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { looseSegments } from '../../../../../generator/model/path.ts'
import type { DocumentPath, ServiceManifest, ServiceModel } from '../../../../../generator/model/types.ts'
import { indexPaths } from '../../../../../generator/plan/draft/routes/siblings.ts'
import type { JsonObject } from '../../../../../generator/read/types.ts'
import { entryOf } from '../../../../../templates/runtime/matching/entry.ts'
import { createMatcher, type Matcher } from '../../../../../templates/runtime/matching/matcher.ts'
import { corpus, corpusDocument, withoutCorpus } from '../../../../support/corpus.ts'
import { planned } from '../../../../support/planned.ts'

/** The siblings of a path in a document with these paths, each optionally with the address of its servers. */
function siblings(path: string, others: readonly string[], servers?: Readonly<Record<string, readonly string[]>>) {
  return siblingsAmong([path, ...others], servers)(path)
}

function siblingsAmong(
  all: readonly string[],
  servers: Readonly<Record<string, readonly string[]>> = {},
): (path: string) => readonly string[] {
  const paths = all.map((text): DocumentPath => ({ segments: looseSegments(text), servers: servers[text] ?? [] }))
  const model = { paths } as unknown as ServiceModel
  const index = indexPaths({ model, manifest: { url: [] } as unknown as ServiceManifest })
  return (text) => {
    const path = { text, segments: looseSegments(text), query: null, variant: null }
    return index.siblingsOf({ path, servers: servers[text] ?? [] })
  }
}

describe('siblings of a path', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['/reports/{id}', ['/reports/salaries', '/reports/{id}/lines', '/other/salaries'], ['/reports/salaries']],
    ['/reports/salaries', ['/reports/{id}', '/{kind}/salaries', '/{kind}/{id}'], []],
    ['/Reports/{id}', ['/reports/SALARIES'], ['/reports/SALARIES']],
    ['/reports/{id}', ['/reports/{name}', '/reports/{id}#variant', '/reports/{id}?full=1', '/REPORTS/{id}'], []],
    ['/reports/{id}', ['/reports/salaries#a', '/reports/salaries?x=1'], ['/reports/salaries']],
    ['/{a}/x', ['/y/{b}', '/{a}/{b}', '/y/x'], ['/y/x', '/y/{b}']],
    ['/f/{id}', ['/f/{id}.json', '/f/{a}-{b}'], ['/f/{a}-{b}', '/f/{id}.json']],
    ['/f/{id}.json', ['/f/{id}', '/f/data-{id}', '/f/{id}.xml'], ['/f/data-{id}']],
    ['/f/{a}-{b}', ['/f/{a}-{b}-{c}', '/f/{c}', '/f/-', '/f/a-b'], ['/f/a-b', '/f/{a}-{b}-{c}']],
    ['/f/{id}', ['/f/%73ecret', '/f/{broken', '/f/{a}{b}'], ['/f/%73ecret', '/f/{broken']],
    ['/f/{id}', ['/f/secret/'], ['/f/secret']],
    ['/f/{id}/', ['/f/secret'], ['/f/secret/']],
    ['/f/{id}', ['f/secret'], ['/f/secret']],
  ])('%s beside %j', (path, others, want) => {
    expect(siblings(path, others)).toEqual(want)
  })

  test('count with the base path of their servers', () => {
    const servers = {
      '/reports/{id}': ['https://x.example/api'],
      '/salaries': ['https://x.example/api/reports'],
      '/api/reports/audit': ['https://X.example:443/'],
      '/reports/elsewhere': ['https://y.example/api'],
      '/reports/here': ['https://y.example/', 'https://x.example/api/'],
    }
    expect(siblings('/reports/{id}', Object.keys(servers).slice(1), servers)).toEqual([
      '/reports/audit',
      '/reports/here',
      '/reports/salaries',
    ])
  })

  test('count with one base path where the manifest has the address', () => {
    const { client } = planned(
      `
gatewright: 1
name: shop
services: { orders: { spec: orders.yaml, url: http://orders.internal/v1 } }
clients: { web: { expose: { orders.get: { access: { public: a test } } } } }
`,
      {
        orders: `
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /reports/{id}: { get: { operationId: get, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { 204: { description: Fine } } } }
  /reports/salaries: { servers: [{ url: 'https://y.example' }], trace: { responses: { 204: { description: Fine } } } }
`,
      },
    )
    expect(client.routes.map(({ written }) => written.action.reserved)).toEqual([['/reports/salaries']])
    expect(client.access.map(({ reserved }) => reserved)).toEqual([['/reports/salaries']])
  })
})

/** Whether a document gives a path to `other` rather than to `own`: `other` matches, and has more of it in literals somewhere. */
function isOthers(path: string, own: string, other: string): boolean {
  const [texts, mine, theirs] = [path, own, other].map((text) => text.slice(1).split('/'))
  if (texts === undefined || mine === undefined || theirs === undefined || texts.length !== theirs.length) return false
  const pattern = (segment: string): RegExp =>
    new RegExp(
      `^${segment
        .split(/\{[^{}]*\}/)
        .map((literal) => decoded(literal).replaceAll(/[.*+?^${'$'}{}()|[\]\\]/g, '\\$&'))
        .join('.+')}$`,
      'isu',
    )
  const weight = (segment: string): number =>
    segment.includes('{') ? segment.replaceAll(/\{[^{}]*\}/g, '').length : Number.POSITIVE_INFINITY
  return (
    texts.every((text, i) => pattern(theirs[i] ?? '').test(decoded(text))) &&
    theirs.some((segment, i) => weight(segment) > weight(mine[i] ?? ''))
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Makes the matchers of single paths of a document, as gateways of clients to which only these are exposed. */
function gatewaysOf(paths: readonly string[]): (path: string) => Matcher<string> {
  const siblingsOf = siblingsAmong(paths)
  return (path) => createMatcher([entryOf({ method: 'GET', action: { path, reserved: siblingsOf(path) } }, path, path)])
}

const segment = fc.constantFrom('a', 'b', 'B', '%61', 'a.json', '{x}', '{x}.json', 'a{x}', '{x}-{y}', 'a-b', 'é')
const named = (segments: readonly string[]): string =>
  `/${segments.map((text, i) => text.replaceAll(/\{(\w)\}/g, (_, name: string) => `{${name}${i}}`)).join('/')}`
const documents = fc.uniqueArray(fc.array(segment, { minLength: 1, maxLength: 3 }).map(named), {
  minLength: 2,
  maxLength: 8,
})
const texts = fc.constantFrom(
  'a',
  'A',
  'b',
  'a.json',
  'A.JSON',
  'ab',
  'a-b',
  'c-d',
  'x.json',
  '%41',
  '%C3%89',
  '%C3%A9',
  'zz',
)

describe('no request of a route makes a path that the document gives to another operation (rule R8)', () => {
  test('for documents made at random', () => {
    fc.assert(
      fc.property(documents, fc.array(texts, { minLength: 1, maxLength: 3 }), (paths, values) => {
        const path = `/${values.join('/')}`
        const gatewayOf = gatewaysOf(paths)
        for (const own of paths) {
          if (gatewayOf(own).find('GET', path).kind === 'missing') continue
          expect(paths.filter((other) => isOthers(path, own, other))).toEqual([])
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('and only paths that another template matches are refused', () => {
    fc.assert(
      fc.property(documents, fc.array(texts, { minLength: 1, maxLength: 3 }), (paths, values) => {
        const path = `/${values.join('/')}`
        const gatewayOf = gatewaysOf(paths)
        for (const own of paths) {
          const alone = createMatcher([{ method: 'GET', path: own, value: own }]).find('GET', path).kind
          if (alone === 'missing' || gatewayOf(own).find('GET', path).kind === 'found') continue
          const matching = paths.filter((other) => other !== own && isOthers(path, '/{}'.repeat(values.length), other))
          expect(matching).not.toEqual([])
        }
      }),
      { numRuns: 2_000 },
    )
  })

  if (corpus.length === 0) test.skip(withoutCorpus, () => undefined)
  else
    test.each(corpus)('for %s', (name) => {
      const { paths: node = {} } = corpusDocument(name)
      const paths = [...new Set(Object.keys(node as JsonObject).map((key) => key.replace(/[?#].*$/, '')))]
      const gatewayOf = gatewaysOf(paths)
      for (const own of paths.filter((path) => path.includes('{'))) {
        const mine = own.split('/')
        const gateway = gatewayOf(own)
        for (const other of paths) {
          const theirs = other.split('/')
          if (theirs.length !== mine.length || other === own) continue
          const path = mine.map((text, i) => plainOf(text, theirs[i] ?? '')).join('/')
          if (gateway.find('GET', path).kind === 'missing') continue
          expect([own, path, isOthers(path, own, other)]).toEqual([own, path, false])
        }
      }
    })
})

/** A segment that matches a template, and the other template's literal where it may. */
function plainOf(own: string, other: string): string {
  if (!own.includes('{')) return own
  return /^\{[^{}]*\}$/.test(own) && !other.includes('{') ? other : own.replaceAll(/\{[^{}]*\}/g, 'x1')
}
