import { describe, expect, test } from '@jest/globals'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { declarations } from '../../../../../generator/emit/declarations.ts'
import { planContract } from '../../../../../generator/plan/settle/openapi/index.ts'
import type { JsonObject } from '../../../../../generator/read/types.ts'
import { client, routeOf } from '../../../../support/contract.ts'
import { corpus, corpusDocument, withoutCorpus } from '../../../../support/corpus.ts'
import { planDocument } from '../../../../support/translation.ts'
import { complaintsOf } from '../../../../support/typescript.ts'

const rules = [
  'struct',
  'no-unresolved-refs',
  'operation-operationId-unique',
  'path-parameters-defined',
  'no-identical-paths',
  'operation-parameters-unique',
  'security-defined',
]
const config = await createConfig({ rules: Object.fromEntries(rules.map((rule) => [rule, 'error' as const])) })

/** Every operation that a gateway can serve. Variants become part of the path, as a manifest would write them. */
function contractOf(name: string): JsonObject {
  const { translation } = planDocument(corpusDocument(name))
  const routes = [...translation.operations.values()]
    .filter(({ model }) => !['OPTIONS', 'TRACE'].includes(model.method))
    .map((operation) => {
      const { text, variant } = operation.model.path
      return routeOf(operation, { path: (text.split(/[?#]/)[0] ?? '') + (variant === null ? '' : `/${variant}`) })
    })
  const services = new Map([[translation.service.id, { translation, credentials: {} }]])
  return planContract({ title: name, client, routes, services })
}

if (corpus.length === 0) test.skip(withoutCorpus, () => {})
else {
  describe('the contract for everything in a real spec', () => {
    test.each(corpus)('%s: is a valid document', async (name) => {
      const problems = await lintFromString({
        source: JSON.stringify(contractOf(name)),
        absoluteRef: '/openapi.json',
        config,
      })
      expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual(
        [],
      )
    })

    test.each(['petstore/petstore-3.0.yaml', 'museum/openapi.yaml', 'paypal/vault_payment_tokens_v3.json'])(
      '%s: has types',
      (name) => {
        expect(complaintsOf(declarations(contractOf(name)))).toEqual([])
      },
    )
  })
}
