import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { manifestFolder, manifestOf, outcomeOf, outcomeOfFiles } from '../../support/manifestFolder.ts'

const head = "openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\npaths:\n"
const answering = (schema: string, path = '/orders'): string =>
  `  ${path}: { get: { responses: { '200': { description: Fine, content: { application/json: { schema: ${schema} } } } } } }\n`
const referring = (reference: string): string => head + answering(`{ $ref: '${reference}' }`)

describe('a $ref into another file', () => {
  test('becomes a reference within the bundled document, and keeps its origin', async () => {
    const { inputs, problems } = await outcomeOfFiles({
      'spec.yaml': referring('schemas/order.yaml'),
      'schemas/order.yaml': 'type: object\nproperties:\n  item: { $ref: item.yaml }\n',
      'schemas/item.yaml': 'type: object\n',
    })
    expect(problems).toEqual([])
    const [spec] = inputs?.specs ?? []
    const components = spec?.document['components'] as { schemas: Record<string, object> }
    expect(Object.keys(components.schemas).sort()).toEqual(['item', 'order'])
    expect(spec?.originOf(components.schemas['item'] ?? {})).toEqual({ file: 'schemas/item.yaml', pointer: '' })
  })

  test('adds the hash of the file to the inputs', async () => {
    const { inputs } = await outcomeOfFiles({ 'spec.yaml': referring('order.json'), 'order.json': '{"type":"object"}' })
    expect(Object.keys(inputs?.hashes ?? {})).toEqual(['gateway.yaml', 'order.json', 'spec.yaml'])
    const sha256 = 'a2c799262a3ce3c19ef5cdd983bf3d12b43ab3c426227091b909dcb7054738c0'
    expect(inputs?.hashes['order.json']).toBe(sha256)
  })

  test('that is local to its file is not resolved in the root document', async () => {
    const { problems } = await outcomeOfFiles({
      'spec.yaml': `${referring('order.yaml')}components: { schemas: { Item: { type: object } } }\n`,
      'order.yaml': "properties:\n  item:\n    $ref: '#/components/schemas/Item'\n",
    })
    expect(problems).toEqual(['GW1204 order.yaml:3:11'])
  })

  test('may be percent-encoded', async () => {
    const { problems } = await outcomeOfFiles({
      'spec.yaml': referring('%7Bid%7D.yaml'),
      '{id}.yaml': 'type: object\n',
    })
    expect(problems).toEqual([])
  })

  test('below an extension is ignored', async () => {
    const { problems } = await outcomeOfFiles({
      'spec.yaml': `${head}${answering('{}')}x-samples: { $ref: absent/sample.sh }\n`,
    })
    expect(problems).toEqual([])
  })

  test('is ignored if no operation uses it', async () => {
    const unused = "components: { schemas: { Unused: { $ref: 'http://127.0.0.1:1/x.yaml' } } }\n"
    const { problems } = await outcomeOfFiles({ 'spec.yaml': head + answering('{}') + unused })
    expect(problems).toEqual([])
  })
})

describe('rule G2: a $ref that leaves the folder is refused without opening the file', () => {
  test.each([
    ['http://169.254.169.254/x.yaml', 'GW1201'],
    ['HTTPS://example.com/x.yaml', 'GW1201'],
    ['//example.com/x.yaml', 'GW1201'],
    ['file:///etc/passwd', 'GW1201'],
    ['data:application/json,{}', 'GW1201'],
    ['/etc/passwd', 'GW1203'],
    ['/etc/hosts.yaml', 'GW1202'],
    ['../outside.yaml', 'GW1202'],
    ['schemas/../../outside.yaml', 'GW1202'],
    ['%2e%2e/outside.yaml', 'GW1202'],
  ])('%s', async (reference, code) => {
    const { problems, inputs } = await outcomeOfFiles({ 'spec.yaml': referring(reference) })
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual([code])
    expect(Object.keys(inputs?.hashes ?? {})).toEqual(['gateway.yaml', 'spec.yaml'])
  })

  test.each([
    ['a link to a file', 'link.yaml'],
    ['a link to a folder', 'linked/secret.yaml'],
  ])('%s', async (_what, reference) => {
    const outside = manifestFolder({ 'secret.yaml': 'type: object\n' })
    const folder = manifestFolder({ 'gateway.yaml': manifestOf(), 'spec.yaml': referring(reference) })
    symlinkSync(join(outside.path, 'secret.yaml'), join(folder.path, 'link.yaml'))
    symlinkSync(outside.path, join(folder.path, 'linked'))
    const { problems } = await outcomeOf(folder.path)
    folder.remove()
    outside.remove()
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['GW1202'])
  })

  test('unless the manifest allows the folder', async () => {
    const folder = manifestFolder({})
    mkdirSync(join(folder.path, 'gateways'))
    writeFileSync(join(folder.path, 'gateways/gateway.yaml'), manifestOf('refs: [../shared]'))
    writeFileSync(join(folder.path, 'gateways/spec.yaml'), referring('../shared/order.yaml'))
    mkdirSync(join(folder.path, 'shared'))
    writeFileSync(join(folder.path, 'shared/order.yaml'), 'type: object\n')
    const { problems, inputs } = await outcomeOf(join(folder.path, 'gateways'))
    folder.remove()
    expect(problems).toEqual([])
    expect(Object.keys(inputs?.hashes ?? {})).toContain('../shared/order.yaml')
  })
})

describe('JSON Schema 2020-12 names', () => {
  test('an $id and an $anchor of the same file are found', async () => {
    const schemas = `components:
  schemas:
    Order: { $id: /schemas/order, properties: { id: { $anchor: order-id, type: string } } }
    Item: { $anchor: item, type: object }
`
    const references = ['/schemas/order', '/schemas/order#order-id', '#item', '/schemas/order#/properties/id']
    const paths = references.map((reference, index) => answering(`{ $ref: '${reference}' }`, `/${index}`)).join('')
    const { problems, inputs } = await outcomeOfFiles({ 'spec.yaml': head + paths + schemas })
    expect(problems).toEqual([])
    const text = JSON.stringify(inputs?.specs[0]?.document['paths'])
    expect(text.match(/#\/components\/schemas\/[^"]*/g)).toEqual([
      '#/components/schemas/Order',
      '#/components/schemas/Order/properties/id',
      '#/components/schemas/Item',
      '#/components/schemas/Order/properties/id',
    ])
  })
})
