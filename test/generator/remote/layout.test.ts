import { describe, expect, test } from '@jest/globals'
import type { CollectedFile } from '../../../generator/remote/collect.ts'
import { layOut, movedLinks } from '../../../generator/remote/layout.ts'

const file = (url: string, links: Readonly<Record<string, string>> = {}, isJson = false): CollectedFile => ({
  url,
  text: '',
  isJson,
  etag: null,
  links: Object.entries(links).map(([reference, target]) => ({ pointer: `/${reference}/$ref`, reference, target })),
})
const api = 'https://orders.example/api'
const pathOf = (url: string): string => new URL(url).pathname
const pathsOf = (...files: readonly CollectedFile[]): readonly string[] => [
  ...layOut(files, 'orders', new Map(), pathOf).values(),
]

describe('files lie', () => {
  test.each([
    [`${api}/openapi.yaml`, false, 'orders.yaml'],
    [`${api}/v3/api-docs`, true, 'orders.json'],
    [`${api}/openapi.json`, false, 'orders.yaml'],
  ])('in one file, if there is one: %s, JSON: %s', (url, isJson, path) => {
    expect(pathsOf(file(url, {}, isJson))).toEqual([path])
  })

  test('to each other as at their origin, below the folder that they have in common', () => {
    expect(
      pathsOf(file(`${api}/v1/openapi.yaml`), file(`${api}/v1/schemas/a.yaml`), file(`${api}/common/b.yaml`)),
    ).toEqual(['orders/v1/openapi.yaml', 'orders/v1/schemas/a.yaml', 'orders/common/b.yaml'])
  })

  test('below the host of another origin', () => {
    expect(pathsOf(file(`${api}/openapi.yaml`), file('https://schemas.example:8443/x/a.yaml'))).toEqual([
      'orders/openapi.yaml',
      'orders/schemas.example-8443/x/a.yaml',
    ])
  })

  test('under names that a file can have everywhere, never outside of their folder', () => {
    const urls = [
      '/..%2f..%2fetc/passwd',
      '/.git/config.yaml',
      '/con.yaml',
      '/Gr%C3%BC%C3%9Fe.yaml',
      '/a%20b?x=1',
      '/A%20b?y=2',
    ]
    expect(pathsOf(file(`${api}/openapi.yaml`), ...urls.map((path) => file(api + path)))).toEqual([
      'orders/openapi.yaml',
      'orders/-..-etc/passwd.yaml',
      'orders/git/config.yaml',
      'orders/file-con.yaml',
      'orders/Gru-e.yaml',
      'orders/a-b.yaml',
      'orders/A-b-2.yaml',
    ])
  })

  test('below folders without values of the environment', () => {
    const files = [file(`${api}/abc-secret/openapi.yaml`), file(`${api}/common/a.yaml`)]
    const named = (url: string): string => pathOf(url).replace('abc-secret', 'TOKEN')
    expect([...layOut(files, 'orders', new Map(), named).values()]).toEqual([
      'orders/TOKEN/openapi.yaml',
      'orders/common/a.yaml',
    ])
  })

  test('where they lay before', () => {
    const known = new Map([[`${api}/openapi.yaml`, 'orders.yaml']])
    expect([
      ...layOut([file(`${api}/openapi.yaml`), file(`${api}/schemas/a.yaml`)], 'orders', known, pathOf).values(),
    ]).toEqual(['orders.yaml', 'orders/schemas/a.yaml'])
  })
})

describe('a reference', () => {
  const target = `${api}/schemas/a.yaml`
  const moved = (reference: string, known: ReadonlyMap<string, string> = new Map()): string | undefined => {
    const root = file(`${api}/openapi.yaml`, { [reference]: target })
    return movedLinks(root, layOut([root, file(target)], 'orders', known, pathOf)).get(`/${reference}/$ref`)
  }

  test.each(['schemas/a.yaml', './schemas/a.yaml#/A', 'schemas/%61.yaml'])(
    'stays as it is written if it leads there: %s',
    (reference) => {
      expect(moved(reference)).toBeUndefined()
    },
  )

  test.each([
    [`${target}#/A~1b`, 'schemas/a.yaml#/A~1b'],
    ['/api/schemas/a.yaml', 'schemas/a.yaml'],
    ['schemas/a.yaml?raw=1#/A', 'schemas/a.yaml#/A'],
  ])('is written as the way to the file otherwise: %s', (reference, way) => {
    expect(moved(reference)).toBe(way)
  })

  test('leads from a document that lies elsewhere', () => {
    expect(moved('schemas/a.yaml#/A', new Map([[`${api}/openapi.yaml`, 'orders.yaml']]))).toBe(
      'orders/schemas/a.yaml#/A',
    )
  })
})
