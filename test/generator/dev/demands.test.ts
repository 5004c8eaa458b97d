import { describe, expect, test } from '@jest/globals'
import { demandsOf } from '../../../generator/dev/demands.ts'
import { developmentUsers } from '../../../generator/dev/users.ts'
import { planned } from '../../support/planned.ts'

const spec = `
openapi: 3.1.0
info: { title: Clinic, version: '1' }
components:
  schemas:
    PatientId: { type: string, pattern: '^pat_[0-9]{6}$' }
    Note:
      allOf:
        - { type: object, properties: { author: { type: integer, minimum: 1000 } } }
        - { type: object, properties: { text: { type: string } } }
paths:
  /patients/{patientId}:
    parameters:
      - { name: patientId, in: path, required: true, schema: { type: string } }
    get: { operationId: loose, responses: { 200: { description: It } } }
  /patients/{patientId}/visits:
    parameters:
      - { name: patientId, in: path, required: true, schema: { $ref: '#/components/schemas/PatientId' } }
    get: { operationId: visits, responses: { 200: { description: Them } } }
  /clinics/{clinic}:
    parameters:
      - { name: clinic, in: path, required: true, schema: { type: string, pattern: '^c-[0-9]{3}$' } }
    get: { operationId: clinic, responses: { 200: { description: It } } }
  /notes:
    post:
      operationId: write
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
      responses: { 204: { description: Done } }
`

const manifest = `
gatewright: 1
name: clinic
services: { clinic: { spec: clinic.yaml, url: 'http://127.0.0.1:1' } }
authenticators: { bearer: { type: jwt, issuer: 'http://127.0.0.1:2', audience: clinic } }
clients:
  app:
    authenticate: [bearer]
    expose:
      clinic.loose: { path: /me, access: { authenticated: true }, bind: { patientId: $principal.patient_id } }
      clinic.visits: { access: { authenticated: true }, own: { patientId: $principal.patient_id } }
      clinic.clinic: { access: { when: $request.path.clinic == $principal.work.clinic } }
      clinic.write: { access: { authenticated: true }, bind: { author: $principal.author } }
`

describe('claims of development users', () => {
  const { plan, diagnostics } = planned(manifest, { clinic: spec })
  const users = plan === null ? [] : developmentUsers(demandsOf(plan))

  test('the manifest of this test is planned', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(users.length).toBeGreaterThan(1)
  })

  test('fit every input that they are bound to: the narrower pattern decides', () => {
    for (const { claims } of users) expect(claims['patient_id']).toMatch(/^pat_[0-9]{6}$/)
  })

  test('fit the input that a condition compares them with', () => {
    for (const { claims } of users) expect(claims['work']).toEqual({ clinic: expect.stringMatching(/^c-[0-9]{3}$/) })
  })

  test('fit the member of a body that they are bound to', () => {
    for (const { claims } of users) expect(claims['author']).toBeGreaterThanOrEqual(1000)
  })

  test('differ between users', () => {
    expect(new Set(users.map(({ claims }) => claims['patient_id'])).size).toBe(users.length)
  })
})
