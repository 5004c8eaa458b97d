import { expect } from '@jest/globals'
import type { JsonObject } from '../../../generator/read/types.ts'
import { at, giving, taking } from '../documents.ts'
import { planOf } from '../probe.ts'
import { documents, holdsAnswers, isIgnored, type Proof, type Proofs, refusesRequests } from '../proof.ts'
import { annotates, body, both, shownSchema } from './schema.ts'

const kinds = { required: ['kind'], properties: { kind: { type: 'string' } } }
const pets: JsonObject = {
  Cat: { ...kinds, properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
  Dog: { ...kinds, properties: { kind: { type: 'string' }, bark: { type: 'string' } } },
}
const anyPet = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]

/** A value that one of two schemas allows is validated against the other, because the discriminator selects it. */
const discriminates = (
  keyword: string,
  discriminator: JsonObject,
  kind: string,
  openapi: string,
  control?: 'none',
): Proof =>
  refusesRequests({
    document: taking({ anyOf: anyPet, discriminator }, { openapi, components: { schemas: pets } }),
    at: `${at.body}/schema/discriminator${keyword}`,
    fits: [body({ kind, bark: 'loud' })],
    fails: [body({ kind, bark: 1 })],
    ...(control === undefined ? {} : { control }),
  })

const mapping = { hound: '#/components/schemas/Dog' }
/** Without it, the name is that of a schema that takes the value. */
const renaming = { Cat: '#/components/schemas/Dog' }

export const discriminatorProofs: Proofs = {
  propertyName: {
    enforced: async (codes) => {
      for (const openapi of both) {
        await refusesRequests({
          document: taking(
            { anyOf: anyPet, discriminator: { propertyName: 'kind' } },
            { openapi, components: { schemas: pets } },
          ),
          at: `${at.body}/schema/discriminator`,
          fits: [body({ kind: 'Dog', bark: 'loud' })],
          fails: [body({ kind: 'Dog', bark: 1 })],
        })(codes)
      }
    },
    documented: documents(
      {
        document: taking({ anyOf: anyPet, discriminator: { propertyName: 'kind' } }, { components: { schemas: pets } }),
        at: `${at.body}/schema/discriminator`,
      },
      '"propertyName":"kind"',
    ),
  },
  mapping: {
    enforced: async (codes) => {
      for (const openapi of both) {
        await discriminates('/mapping', { propertyName: 'kind', mapping: renaming }, 'Cat', openapi)(codes)
      }
    },
    documented: documents(
      {
        document: taking(
          { anyOf: anyPet, discriminator: { propertyName: 'kind', mapping } },
          { components: { schemas: pets } },
        ),
        at: `${at.body}/schema/discriminator/mapping`,
      },
      '"hound":"#/components/schemas/orders.Dog"',
    ),
  },
  defaultMapping: {
    enforced: async (codes) => {
      const discriminator = { propertyName: 'kind', defaultMapping: 'Dog' }
      // Without it, no schema is selected, and every such value is refused.
      await discriminates('/defaultMapping', discriminator, 'wolf', '3.2.0', 'none')(codes)
      const wolf = { kind: 'wolf', bark: 'loud', lives: 9 }
      await holdsAnswers({
        document: giving({ anyOf: anyPet, discriminator }, { openapi: '3.2.0', components: { schemas: pets } }),
        at: `${at.answer}/content/application~1json/schema/discriminator/defaultMapping`,
        answers: [[{ body: wolf }, { status: 200, body: JSON.stringify({ kind: 'wolf', bark: 'loud' }) }]],
      })(codes)
    },
  },
}

export const xmlProofs: Proofs = {
  ...Object.fromEntries(
    Object.entries({ name: 'MARK', namespace: 'urn:MARK', prefix: 'MARK', attribute: true, wrapped: true }).map(
      ([keyword, value]): [string, Proofs[string]] => [
        keyword,
        { documented: annotates('xml', { [keyword]: value }, both) },
      ],
    ),
  ),
  nodeType: {
    documented: async () => {
      const { contract } = await planOf(
        taking({ type: 'string', xml: { nodeType: 'attribute' } }, { openapi: '3.2.0' }),
      )
      expect(shownSchema(contract)).toEqual({ type: 'string', xml: { attribute: true } })
    },
    ignored: isIgnored({
      document: taking({ type: 'string', xml: { name: 'a', nodeType: 'text' } }, { openapi: '3.2.0' }),
      at: `${at.body}/schema/xml/nodeType`,
    }),
  },
}
