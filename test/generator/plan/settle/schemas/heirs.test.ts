import { describe, expect, test } from '@jest/globals'
import { planSchemas } from '../../../../../generator/plan/settle/schemas/index.ts'
import { outcomeOfFiles } from '../../../../support/manifestFolder.ts'
import { keysOf } from '../../../../support/serviceModel.ts'

const document = (schema: string, components = '') => `
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200': { description: The pet, content: { application/json: { schema: { $ref: '${schema}' } } } }
${components}
`
const cat = (base: string) =>
  `{ allOf: [{ $ref: '${base}' }, { type: object, properties: { lives: { type: integer } } }] }`
const pet = (mapping: string) =>
  `{ type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind${mapping} } }`

/** The mapping of the only discriminator in the schemas of files. */
async function mappingIn(files: Readonly<Record<string, string>>): Promise<unknown> {
  const { model, problems } = await outcomeOfFiles(files)
  expect(problems).toEqual([])
  const [service] = model?.services ?? []
  if (service === undefined) throw new Error('no service')
  const { schemas } = planSchemas(service, keysOf(service)).schemas
  const found = Object.values(schemas).flatMap((schema) =>
    typeof schema === 'object' && Object.hasOwn(schema, 'discriminator') ? [schema['discriminator']] : [],
  )
  expect(found).toHaveLength(1)
  return Object(found[0]).mapping
}

const here = '#/components/schemas/Pet'
const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, mapping: unknown])[] = [
  [
    'a mapping within another file',
    {
      'spec.yaml': document('pets.yaml#/Pet'),
      'pets.yaml': `Pet: ${pet(", mapping: { c: '#/Cat' }")}\nCat: ${cat('#/Pet')}`,
    },
    { c: '#/schemas/Cat' },
  ],
  [
    'a mapping that names files',
    {
      'spec.yaml': document('pet.yaml'),
      'pet.yaml': pet(", mapping: { c: './cat.yaml' }"),
      'cat.yaml': cat('pet.yaml'),
    },
    { c: '#/schemas/cat' },
  ],
  [
    'a mapping that names a part of a file',
    {
      'spec.yaml': document(here, `components: { schemas: { Pet: ${pet(", mapping: { c: 'cat.yaml#/Cat' }")} } }`),
      'cat.yaml': `Cat: ${cat(`spec.yaml${here}`)}`,
    },
    { c: '#/schemas/Cat' },
  ],
  [
    'a component that is another file',
    {
      'spec.yaml': document(here, `components: { schemas: { Pet: ${pet('')}, Cat: { $ref: 'cat.yaml' } } }`),
      'cat.yaml': cat(`spec.yaml${here}`),
    },
    { Pet: '#/schemas/Pet', cat: '#/schemas/cat', Cat: '#/schemas/cat' },
  ],
  [
    'no heir, because no file refers to it',
    { 'spec.yaml': document('pets.yaml#/Pet'), 'pets.yaml': `Pet: ${pet('')}\nCat: ${cat('#/Pet')}` },
    undefined,
  ],
]

describe('heirs in several files are found by', () => {
  test.each(cases)('%s', async (_, files, mapping) => {
    expect(await mappingIn(files)).toEqual(mapping)
  })
})
