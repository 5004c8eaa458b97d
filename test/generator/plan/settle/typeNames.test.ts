import { describe, expect, test } from '@jest/globals'
import { typeNames } from '../../../../generator/plan/settle/typeNames.ts'
import type { JsonObject } from '../../../../generator/read/types.ts'

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const body = (name: string): JsonObject => ({ content: { 'application/json': { schema: ref(name) } } })
const marked: JsonObject = { type: 'object', properties: { id: { type: 'string', readOnly: true } } }

function contract(schemas: JsonObject, paths: JsonObject = {}): JsonObject {
  return { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths, components: { schemas } }
}

/** `Patient: clinic.Patient (answer)` */
function named(document: JsonObject): readonly string[] {
  return typeNames(document).map(({ name, source }) => {
    if (source.kind === 'schema') return `${name}: ${source.schema} (${source.members})`
    return `${name}: ${source.kind} of ${source.operation}, ${source.mediaType}`
  })
}

describe('a type is named by its schema', () => {
  const given: readonly [schema: string, want: string][] = [
    ['clinic.Patient', 'Patient'],
    ['clinic.patient-record', 'PatientRecord'],
    ['clinic.patient_record', 'PatientRecord'],
    ['clinic.model.Patient', 'ModelPatient'],
    ['clinic.X-Ray', 'XRay'],
    ['clinic.Rate1_0', 'Rate1_0'],
    // Not an identifier without the service.
    ['clinic.404', 'Clinic404'],
    // A type of JavaScript, and one of client.d.ts.
    ['clinic.Date', 'ClinicDate'],
    ['clinic.Readable', 'ClinicReadable'],
    // A schema whose own name no document could have.
    ['clinic.Gr_e-x0123456789ab', 'GrE'],
    ['gatewright.Problem', 'GatewrightProblem'],
  ]
  for (const [schema, want] of given) {
    test(`${schema}: ${want}`, () => {
      expect(named(contract({ [schema]: {} }))).toEqual([`${want}: ${schema} (all)`])
    })
  }
})

describe('schemas that would share a name', () => {
  test('have the name of their service, all of them, whatever their order', () => {
    const want = ['CustomersAddress: customers.Address (all)', 'OrdersAddress: orders.Address (all)']
    expect(named(contract({ 'customers.Address': {}, 'orders.Address': {} }))).toEqual(want)
    expect(named(contract({ 'orders.Address': {}, 'customers.Address': {} }))).toEqual(want)
  })

  test('are spelled as their documents do where the service does not tell them apart', () => {
    expect(named(contract({ 'erp.Item': {}, 'erp.item': {} }))).toEqual([
      'Erp_Item: erp.Item (all)',
      'Erp_item: erp.item (all)',
    ])
  })

  test('have a hash behind their name where no letter or digit tells them apart', () => {
    const names = named(contract({ 'erp.an-item': {}, 'erp.an.item': {} }))
    expect(names).toEqual([
      expect.stringMatching(/^ErpAnItem_[0-9a-f]{8}: erp\.an/),
      expect.stringMatching(/^ErpAnItem_[0-9a-f]{8}: erp\.an/),
    ])
    expect(new Set(names).size).toBe(2)
  })

  test('do not take the name that another one has by its service', () => {
    const types = typeNames(contract({ 'a.Item': {}, 'b.Item': {}, 'c.AItem': {} }))
    expect(new Set(types.map(({ name }) => name)).size).toBe(3)
  })

  test('are named with the others that would have the short name', () => {
    expect(typeNames(contract({ 'a.Item': {}, 'b.Item': {} })).map(({ instead }) => instead)).toEqual([
      { of: 'Item', others: ['b.Item'] },
      { of: 'Item', others: ['a.Item'] },
    ])
    expect(typeNames(contract({ 'a.Item': {} })).map(({ instead }) => instead)).toEqual([null])
  })
})

describe('a schema with members of one direction', () => {
  const answers = { responses: { 200: body('clinic.Patient') } }
  const schemas = { 'clinic.Patient': marked }

  test('has a type for answers, and one for what each kind of request sends', () => {
    const item = {
      post: { requestBody: body('clinic.Patient'), ...answers },
      put: { requestBody: body('clinic.Patient') },
    }
    expect(named(contract(schemas, { '/patients': item }))).toEqual([
      'Patient: clinic.Patient (answer)',
      'PatientCreate: clinic.Patient (request)',
      'PatientUpdate: clinic.Patient (request)',
    ])
  })

  test('has one type where only answers or only requests use it', () => {
    expect(named(contract(schemas, { '/a': { get: answers } }))).toEqual(['Patient: clinic.Patient (answer)'])
    expect(named(contract(schemas, { '/a': { post: { requestBody: body('clinic.Patient') } } }))).toEqual([
      'Patient: clinic.Patient (request)',
    ])
  })

  test('shares the name of a request with a schema that has it in its document: neither has it', () => {
    const both = { ...schemas, 'clinic.PatientCreate': {} }
    const post = {
      requestBody: body('clinic.Patient'),
      responses: { 200: body('clinic.Patient'), 201: body('clinic.PatientCreate') },
    }
    expect(named(contract(both, { '/a': { post } }))).toEqual([
      'Clinic_PatientCreate: clinic.PatientCreate (all)',
      'Clinic_Patient_Create: clinic.Patient (request)',
      'Patient: clinic.Patient (answer)',
    ])
  })

  test('has the name of the service if a schema of another service has that of its request', () => {
    const both = { ...schemas, 'labs.PatientCreate': {} }
    const post = { requestBody: body('clinic.Patient'), ...answers }
    expect(named(contract(both, { '/a': { post } }))).toEqual([
      'ClinicPatientCreate: clinic.Patient (request)',
      'Patient: clinic.Patient (answer)',
      'LabsPatientCreate: labs.PatientCreate (all)',
    ])
  })

  test('gives two types to what contains it, and one to what is only in members that requests do not have', () => {
    const nested = {
      'clinic.Ward': {
        type: 'object',
        properties: { patient: ref('clinic.Patient'), history: { ...ref('clinic.History'), readOnly: true } },
      },
      'clinic.Patient': marked,
      'clinic.History': marked,
    }
    const post = { requestBody: body('clinic.Ward'), responses: { 200: body('clinic.Ward') } }
    expect(named(contract(nested, { '/wards': { post } }))).toEqual([
      'History: clinic.History (answer)',
      'Patient: clinic.Patient (answer)',
      'PatientCreate: clinic.Patient (request)',
      'Ward: clinic.Ward (answer)',
      'WardCreate: clinic.Ward (request)',
    ])
  })

  test('ends, with schemas that refer to each other', () => {
    const circle = {
      'a.One': { properties: { id: { readOnly: true }, two: ref('a.Two') } },
      'a.Two': { properties: { one: ref('a.One') } },
    }
    const post = { requestBody: body('a.One'), responses: { 200: body('a.Two') } }
    expect(named(contract(circle, { '/a': { post } }))).toEqual([
      'One: a.One (answer)',
      'OneCreate: a.One (request)',
      'Two: a.Two (answer)',
      'TwoCreate: a.Two (request)',
    ])
  })
})

describe('an object without a name', () => {
  const object: JsonObject = { type: 'object', properties: { a: {} } }
  const content = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } })

  test('is named by its operation, as body and as the answer of a success', () => {
    const post = {
      operationId: 'clinic.bookAppointment',
      requestBody: content(object),
      responses: { 201: content(object), 202: content(object), 400: content(object) },
    }
    expect(named(contract({}, { '/a': { post } }))).toEqual([
      'BookAppointmentAnswer: answer of clinic.bookAppointment, application/json',
      'BookAppointmentBody: body of clinic.bookAppointment, application/json',
    ])
  })

  test('has the name of the service where a schema or another operation has the short one', () => {
    const post = (service: string) => ({ operationId: `${service}.book`, requestBody: content(object), responses: {} })
    const both = { '/a': { post: post('a') }, '/b': { post: post('b') } }
    expect(named(contract({}, both)).map((line) => line.split(':')[0])).toEqual(['ABookBody', 'BBookBody'])
    const schema = { 'c.BookBody': {} }
    expect(named(contract(schema, { '/a': { post: post('a') } })).map((line) => line.split(':')[0])).toEqual([
      'ABookBody',
      'CBookBody',
    ])
  })

  const given: readonly [what: string, schema: JsonObject][] = [
    ['a named schema', ref('a.A')],
    ['a list', { type: 'array', items: ref('a.A') }],
    ['a text', { type: 'string' }],
  ]
  for (const [what, schema] of given) {
    test(`is not ${what}`, () => {
      const get = { operationId: 'a.list', responses: { 200: content(schema) } }
      expect(named(contract({ 'a.A': {} }, { '/a': { get } }))).toEqual(['A: a.A (all)'])
    })
  }
})
