import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../generator/read/types.ts'
import { at, getting } from './documents.ts'
import { type Call, outcomeOf, probing } from './probe.ts'
import { type StyleCell, shapes, styleTable } from './styles.ts'

const cells = styleTable()

/** OpenAPI 3.1, Parameter Object, "Style Values"; `cookie` is new in 3.2. */
const places: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
}

const integer = { type: 'integer' }
const list = { type: 'array', items: integer }
const schemas: Readonly<Record<StyleCell['shape'], JsonObject>> = {
  number: integer,
  list,
  object: { type: 'object', properties: { R: integer, G: integer } },
  'list in an object': { type: 'object', properties: { R: list } },
}

function documentOf({ in: place, style, explode, shape }: StyleCell): JsonObject {
  const parameter = { name: 'x', in: place, required: place === 'path', style, explode, schema: schemas[shape] }
  const document = getting({ parameters: [parameter] }, { openapi: style === 'cookie' ? '3.2.0' : '3.1.0' })
  if (place !== 'path') return document
  const { '/probe': item } = document['paths'] as { readonly '/probe': JsonObject }
  return { ...document, paths: { '/probe/{x}': item } }
}

function callOf({ in: place }: StyleCell, wire: string): Call {
  const method = 'GET'
  if (place === 'path') return { method, target: `/probe/${wire}` }
  if (place === 'query') return { method, target: `/probe?${wire}` }
  return { method, headers: { [place === 'header' ? 'x' : 'cookie']: wire } }
}

describe('the table of styles in docs/openapi-support.md', () => {
  test('has every style of every place, with and without `explode`', () => {
    const wanted = Object.entries(places).flatMap(([place, styles]) =>
      styles.flatMap((style) =>
        // These have one form only.
        style === 'deepObject' || style === 'cookie'
          ? [`${place} ${style} true`]
          : [`${place} ${style} false`, `${place} ${style} true`],
      ),
    )
    const told = cells.map(({ in: place, style, explode }) => `${place} ${style} ${explode}`)
    expect(told).toEqual(wanted.flatMap((row) => shapes.map(() => row)))
  })

  const written = cells.filter(({ wire }) => wire !== null)
  test.each(written.map((cell) => [cell.in, cell.style, cell.explode, cell.shape, cell.wire ?? '', cell] as const))(
    'in %s, style %s, explode %s: a %s is written %s',
    async (_place, _style, _explode, _shape, wire, cell) => {
      await probing(documentOf(cell), {}, async (probe) => {
        const { arrived, status } = await probe.send(callOf(cell, wire))
        const { target, headers } = callOf(cell, wire)
        expect(status).toBe(200)
        const url = arrived?.url.replaceAll('%5B', '[').replaceAll('%5D', ']')
        expect([url, arrived?.headers]).toEqual([target ?? '/probe', expect.objectContaining(headers ?? {})])
        // With an invalid last number.
        const broken = await probe.send(callOf(cell, wire.replace(/\d$/, 'no')))
        expect([broken.status, broken.arrived]).toEqual([400, null])
      })
    },
  )

  const refused = cells.filter(({ code }) => code !== null)
  test.each(refused.map((cell) => [cell.in, cell.style, cell.explode, cell.shape, cell.code ?? '', cell] as const))(
    'in %s, style %s, explode %s: a %s is refused by %s',
    async (place, _style, _explode, _shape, code, cell) => {
      const { client, problems } = await outcomeOf(documentOf(cell))
      const operation = place === 'path' ? '/paths/~1probe~1{x}/get' : at.get
      const member = code === 'GW2107' ? 'style' : 'schema'
      expect(client).toBeNull()
      expect(problems).toEqual([`${code} ${operation}/parameters/0/${member}`])
    },
  )
})
