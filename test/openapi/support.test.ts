import { describe, expect, test } from '@jest/globals'
import { numberFormats, stringFormats } from '../../templates/runtime/schema/formats/index.ts'
import { at, taking } from './documents.ts'
import { formats, openapiKeywords } from './keywords.ts'
import { outcomeOf } from './probe.ts'
import { proofs } from './proofs/index.ts'
import { supportTable, type Verdict } from './table.ts'

const rows = supportTable()
const known = openapiKeywords()
const keyOf = ({ section, keyword }: { readonly section: string; readonly keyword: string }) => `${section}: ${keyword}`

/** Sections whose keywords are not in the lists: names chosen by authors, statuses, formats, extensions. */
const open: ReadonlySet<string> = new Set([
  'Paths Object',
  'Responses Object',
  'Callback Object',
  'Reference Object',
  'Security Requirement Object',
  'Specification Extensions',
  'Formats',
])

describe('docs/openapi-support.md', () => {
  test('has a row for every keyword of OpenAPI 3.0, 3.1, 3.2 and JSON Schema 2020-12, each once', () => {
    const keys = rows.map(keyOf)
    expect([...known.keys()].filter((key) => !keys.includes(key))).toEqual([])
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test('has no row for an unknown keyword', () => {
    const strange = rows.filter((row) => !open.has(row.section) && !known.has(keyOf(row)))
    expect(strange.map(keyOf)).toEqual([])
  })

  test('names the versions that have a keyword', () => {
    const told = rows.filter((row) => known.has(keyOf(row))).map((row) => [keyOf(row), row.versions])
    expect(told).toEqual(told.map(([key]) => [key, known.get(String(key))]))
  })

  test('has a row for every format of JSON Schema, and for every format that gateways check', () => {
    const named = rows.filter(({ section }) => section === 'Formats').map(({ keyword }) => keyword)
    const all = [...formats, ...stringFormats.keys(), ...numberFormats.keys()]
    expect(all.filter((format) => !named.includes(format))).toEqual([])
  })

  test('has a proof for each row, and a row for each proof', () => {
    const proven = Object.entries(proofs).flatMap(([section, of]) =>
      Object.entries(of).flatMap(([keyword, verdicts]) =>
        Object.keys(verdicts).map((word) => `${section}: ${keyword} is ${word}`),
      ),
    )
    const claimed = rows.flatMap((row) => row.verdicts.map((verdict) => `${keyOf(row)} is ${verdict}`))
    expect(claimed.filter((claim) => !proven.includes(claim))).toEqual([])
    expect(proven.filter((claim) => !claimed.includes(claim))).toEqual([])
  })
})

const claims = rows.flatMap(({ section, keyword, verdicts, codes }) =>
  verdicts.map((verdict): [string, string, Verdict, readonly string[]] => [section, keyword, verdict, codes]),
)

/** Validation keywords that OpenAPI 3.0 lacks. 3.0 has `$ref` as a Reference Object. */
const later = rows.filter(
  ({ section, keyword, versions, verdicts }) =>
    section === 'Schema Object' && !versions.includes('3.0') && verdicts.includes('enforced') && keyword !== '$ref',
)

describe('a keyword of a later version', () => {
  test.each(later.map(({ keyword }) => keyword))(
    'is not a keyword of OpenAPI 3.0, which is reported: `%s`',
    async (keyword) => {
      const document = taking({ type: 'object', [keyword]: {} }, { openapi: '3.0.3' })
      const { client, problems } = await outcomeOf(document)
      expect(client).not.toBeNull()
      expect(problems).toEqual([`GW3259 ${at.body}/schema/${keyword}`])
    },
  )

  test('of 3.0 is not a keyword of OpenAPI 3.1, which is reported: `nullable`', async () => {
    const { problems } = await outcomeOf(taking({ type: 'string', nullable: true }))
    expect(problems).toEqual([`GW3259 ${at.body}/schema/nullable`])
  })

  test.each([['defaultMapping', { oneOf: [{}], discriminator: { propertyName: 'a', defaultMapping: 'Nobody' } }]])(
    'is ignored in OpenAPI 3.1: `%s`',
    async (_, schema) => {
      expect((await outcomeOf(taking(schema))).problems).toEqual([])
    },
  )
})

describe('the table is correct', () => {
  test.each(claims)('%s: `%s` is %s', async (section, keyword, verdict, codes) => {
    const proof = proofs[section]?.[keyword]?.[verdict]
    if (proof === undefined) throw new Error('There is no proof of it.')
    await proof(codes)
  })
})
