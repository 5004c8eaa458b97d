import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../generator/emit/declarations.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import { manifest, planned } from '../support/planned.ts'
import { complaintsAmong } from '../support/typescript.ts'

// Where one part of an `allOf` marks a member as `readOnly`, and another part declares or requires it, the gateway refused the member,
// but the contract allowed it, or even required it. Likewise `writeOnly` in answers.

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const text: JsonObject = { type: 'string' }
const base: JsonObject = { type: 'object', properties: { id: text, name: text } }
type Mark = 'readOnly' | 'writeOnly'
const marking = (mark: Mark): JsonObject => ({ properties: { id: { ...text, [mark]: true } } })

const forms: readonly (readonly [what: string, of: (mark: Mark) => Readonly<Record<string, JsonValue>>])[] = [
  ['in a part behind the base', (mark) => ({ A: { allOf: [ref('B'), marking(mark)] }, B: base })],
  ['in a part before the base', (mark) => ({ A: { allOf: [marking(mark), ref('B')] }, B: base })],
  ['beside the parts', (mark) => ({ A: { allOf: [ref('B')], ...marking(mark) }, B: base })],
  [
    'required by the base',
    (mark) => ({ A: { allOf: [ref('B'), marking(mark)] }, B: { ...base, required: ['id', 'name'] } }),
  ],
  ['required by another part', (mark) => ({ A: { allOf: [marking(mark), { required: ['id'] }, ref('B')] }, B: base })],
  ['in the base', (mark) => ({ A: { allOf: [ref('B'), base] }, B: marking(mark) })],
  ['in a part of a part', (mark) => ({ A: { allOf: [ref('B'), { allOf: [ref('C')] }] }, B: base, C: marking(mark) })],
  [
    'by a reference to a marked schema',
    (mark) => ({ A: { allOf: [ref('B'), { properties: { id: ref('Id') } }] }, B: base, Id: { ...text, [mark]: true } }),
  ],
  [
    'in all parts',
    (mark) => ({ A: { allOf: [marking(mark), marking(mark), ref('B')] }, B: { properties: { name: text } } }),
  ],
]

function documentOf(schemas: Readonly<Record<string, JsonValue>>) {
  const scheme = { type: 'http', scheme: 'bearer' }
  const content = { 'application/json': { schema: ref('A') } }
  const fine = { description: 'Fine' }
  // The base is used elsewhere, where the member is not marked.
  const other = { 'application/json': { schema: ref('B') } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'a', version: '1' },
    paths: {
      '/orders': { post: { operationId: 'add', requestBody: { content }, responses: { 204: fine } } },
      '/order': { get: { operationId: 'fetch', responses: { 200: { ...fine, content } } } },
      '/others': { post: { operationId: 'other', requestBody: { content: other }, responses: { 204: fine } } },
      '/other': { get: { operationId: 'others', responses: { 200: { ...fine, content: other } } } },
    },
    components: { schemas, securitySchemes: { oauth: scheme, staff: scheme, key: scheme } },
  }
  return document
}

/** What the contract says of an operation, and what the gateway does. */
function sidesOf(schemas: Readonly<Record<string, JsonValue>>, id: 'add' | 'fetch') {
  const document = documentOf(schemas)
  const text = manifest([
    `orders.${id}: { access: { authenticated: true } }`,
    `orders.other${id === 'add' ? '' : 's'}: { access: { authenticated: true } }`,
  ])
  const { client } = planned(text, { orders: JSON.stringify(document) })
  const contract = client.contract as unknown as {
    readonly paths: Readonly<Record<string, JsonObject>>
    readonly components: { readonly schemas: Readonly<Record<string, JsonValue>> }
  }
  const operation = (
    id === 'add' ? contract.paths['/orders']?.['post'] : contract.paths['/order']?.['get']
  ) as JsonObject
  const shown = Object.values(
    schemaIn(id === 'add' ? operation['requestBody'] : (operation['responses'] as JsonObject)['200']),
  )
  const said = { declared: new Set<string>(), required: new Set<string>() }
  const visit = (schema: JsonValue | undefined): void => {
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
    const { $ref, allOf, properties, required } = schema as JsonObject
    for (const name of Object.keys(properties ?? {})) said.declared.add(name)
    if (Array.isArray(required)) for (const name of required) said.required.add(String(name))
    if (typeof $ref === 'string') visit(contract.components.schemas[$ref.split('/').pop() ?? ''])
    if (Array.isArray(allOf)) for (const part of allOf) visit(part)
  }
  for (const schema of shown) visit(schema)
  const [service] = client.services
  if (service === undefined) throw new Error('There is no service.')
  return { client, said, compiled: compileSchemas(service.schemas), data: service.schemas.operations[id] }
}

function schemaIn(node: JsonValue | undefined): JsonObject {
  const content = (node as { readonly content: Readonly<Record<string, { readonly schema: JsonObject }>> }).content
  return { schema: content['application/json']?.schema ?? {} }
}

describe.each(forms)('%s', (_, of) => {
  test('a readOnly member is neither in the contract of a request nor accepted', () => {
    const { said, compiled, data } = sidesOf(of('readOnly'), 'add')
    const checker = compiled.checker(data?.body?.content['application/json']?.schema ?? true, 'request')
    expect([checker.fits({ name: 'a' }), checker.fits({ id: '1', name: 'a' })]).toEqual([true, false])
    expect([said.declared.has('id'), said.required.has('id'), said.declared.has('name')]).toEqual([false, false, true])
  })

  test('a writeOnly member is neither in the contract of an answer nor sent', () => {
    const { said, compiled, data } = sidesOf(of('writeOnly'), 'fetch')
    const schema = data?.answers['200']?.content['application/json']?.schema ?? true
    expect(compiled.projector(schema)({ id: '1', name: 'a' })).toEqual({ name: 'a' })
    expect(compiled.checker(schema, 'response').fits({ name: 'a' })).toBe(true)
    expect([said.declared.has('id'), said.required.has('id'), said.declared.has('name')]).toEqual([false, false, true])
  })
})

test('the contract keeps the member where it is not marked, and its types compile', () => {
  const contracts = forms.map(([, of]) => sidesOf(of('readOnly'), 'add').client.contract)
  expect(JSON.stringify(contracts[0])).toContain('"id"')
  expect(complaintsAmong(contracts.map((contract) => declarations(contract))).flat()).toEqual([])
}, 60_000)
