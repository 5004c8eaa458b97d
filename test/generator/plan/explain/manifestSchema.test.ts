import { describe, expect, test } from '@jest/globals'
import ajvModule from 'ajv/dist/2020.js'
import { schemaOf } from '../../../../generator/plan/index.ts'
import { manifestSchema } from '../../../../generator/read/index.ts'
import type { JsonObject } from '../../../../generator/support/index.ts'
import { clinic } from '../../../mistakes/clinic.ts'
import { outcomeOf } from '../../../support/manifestFolder.ts'
import { folderWith } from '../../commands/console.ts'

const folder = folderWith(clinic)
const { inputs, model } = await outcomeOf(folder.path)
folder.remove()
if (inputs === null || model === null) throw new Error('The clinic has errors.')
const schema = schemaOf(model, manifestSchema())
const { $defs, properties } = schema as unknown as {
  readonly $defs: { readonly client: { readonly properties: Record<'expose' | 'authenticate', JsonObject> } }
  readonly properties: { readonly services: { readonly properties: Record<string, JsonObject> } }
}
const formats = Object.fromEntries(
  ['setting', 'secret', 'key-source', 'file'].map((name) => [`gatewright-${name}`, true as const]),
)
const accepts = new ajvModule.default({ strict: false, formats }).compile(schema)

describe('the schema of a manifest', () => {
  test('has the operations of all services as keys of `expose`, by id or by method and path', () => {
    const known = $defs.client.properties.expose['properties'] as Record<string, JsonObject>
    expect(Object.entries(known).map(([key, { description }]) => `${key}: ${description}`)).toEqual([
      'patients.createPatient: POST /patients.',
      'patients.getPatient: GET /patients/{patientId}.',
      'patients.*: All operations of Patients.',
      'slots GET /slots: GET /slots.',
      'slots POST /slots/{slotId}/bookings: POST /slots/{slotId}/bookings.',
      'slots.*: All operations of Slots.',
    ])
  })

  test('has the authenticators, and the security schemes of each service', () => {
    expect($defs.client.properties.authenticate['items']).toMatchObject({ examples: ['labs', 'staff'] })
    expect(properties.services.properties['patients']).toMatchObject({
      $ref: '#/$defs/service',
      properties: { security: { properties: { oauth: { enum: ['principal', 'service'] } } } },
    })
  })

  test('accepts the manifest, and names that it does not know', () => {
    const { clients } = inputs.manifest as { readonly clients: Record<string, JsonObject> }
    const other = {
      ...inputs.manifest,
      clients: { ...clients, app: { authenticate: ['new'], expose: { 'new.list': {} } } },
    }
    expect([accepts(inputs.manifest), accepts(other)]).toEqual([true, true])
  })

  test('refuses what the general schema refuses', () => {
    const wrong = (client: JsonObject): boolean => accepts({ ...inputs.manifest, clients: { web: client } })
    expect(wrong({ expose: { 'patients.getPatient': { acces: {} } } })).toBe(false)
    expect(wrong({ expose: { 'new.list': { timeout: 5 } } })).toBe(false)
  })

  test('does not depend on what is exposed', () => {
    const bare = { ...model, manifest: { ...model.manifest, clients: [] } }
    expect(schemaOf(bare, manifestSchema())).toEqual(schema)
  })
})
