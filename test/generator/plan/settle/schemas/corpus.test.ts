import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { declarations } from '../../../../../generator/emit/declarations.ts'
import { corpus, corpusDocument, withoutCorpus } from '../../../../support/corpus.ts'
import { type Planned, planDocument } from '../../../../support/translation.ts'
import { complaintsOf } from '../../../../support/typescript.ts'

const plans = new Map<string, Planned>()

function planOf(name: string): Planned {
  const known = plans.get(name) ?? planDocument(corpusDocument(name))
  plans.set(name, known)
  return known
}

/** Every `$ref` and mapping in the data. */
function referencesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string' && value.startsWith('#/')) found.add(value)
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) referencesIn(item, found)
  return found
}

if (corpus.length === 0) test.skip(withoutCorpus, () => {})
else {
  describe('every operation of a real spec translates', () => {
    /** ajv needs ten seconds to compile Stripe's schemas; the other documents have the same constructs. */
    const compiled = corpus.filter((name) => !name.startsWith('stripe/'))

    test.each(corpus)('%s: without an error', (name) => {
      const { problems } = planOf(name)
      expect(problems.filter((problem) => !/^GW(3259|3261|3264|3265)/.test(problem))).toEqual([])
    })

    test.each(corpus)('%s: every reference leads to a schema, and every schema is referred to', (name) => {
      const { schemas } = planOf(name)
      const names = Object.keys(schemas.schemas)
        .map((schema) => `#/schemas/${schema}`)
        .sort()
      const prefix = /^#\/schemas\//
      expect([...referencesIn(schemas)].filter((reference) => prefix.test(reference)).sort()).toEqual(names)
    })

    test.each(corpus.filter((name) => /^(adyen|museum|tmforum)/.test(name)))(
      '%s: in the same way each time',
      (name) => {
        const { schemas, document } = planOf(name)
        const again = planDocument(corpusDocument(name))
        expect(JSON.stringify(again.schemas) === JSON.stringify(schemas)).toBe(true)
        expect(JSON.stringify(again.document()) === JSON.stringify(document())).toBe(true)
      },
    )

    test.each(compiled)('%s: into schemas that ajv compiles', (name) => {
      const { schemas } = planOf(name)
      const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: true, logger: false })
      ajv.addSchema({ schemas: schemas.schemas }, 'service')
      const broken = Object.keys(schemas.schemas).filter((schema) => {
        try {
          ajv.compile({ $ref: `service#/schemas/${schema}` })
          return false
        } catch {
          return true
        }
      })
      expect(broken).toEqual([])
    })
  })

  describe('types of a real spec are TypeScript', () => {
    test.each([
      'petstore/petstore-3.0.yaml',
      'museum/openapi.yaml',
      'dotnet-eshop/catalog.v1.json',
      'spotify/fixed-spotify-open-api.yml',
    ])('%s', (name) => {
      expect(complaintsOf(declarations(planOf(name).document()))).toEqual([])
    })
  })
}
