import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// A schema of another file whose name was taken got another name (`Cat-2`), and a discriminator without mapping then demanded
// that name as its value. A circle of references refused the whole document without a place.

const manifest = {
  gatewright: 1,
  name: 'shop',
  services: { shop: { spec: 'spec.json', url: 'http://127.0.0.1:4102' } },
  authenticators: { bearer: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } },
  clients: { web: { authenticate: ['bearer'], expose: { 'shop.x': { access: { authenticated: true } } } } },
}
type Files = Readonly<Record<string, object>>

async function outcome(files: Files, prepare: (folder: string) => void = () => undefined) {
  const texts = Object.entries({ 'gateway.yaml': manifest, ...files })
  const folder = manifestFolder(Object.fromEntries(texts.map(([name, of]) => [name, JSON.stringify(of)])))
  try {
    prepare(folder.path)
    const options = { clients: [], until: 'plan', skipUnsupported: false } as const
    const { diagnostics, plan } = await run({ ...options, manifest: join(folder.path, 'gateway.yaml') })
    // The answers of these documents may have other members, which GW3341 reports.
    const others = diagnostics.all.filter(({ code }) => code !== 'GW3341')
    const problems = others.map(({ code, origin, remedy }) => {
      return [code, `${origin?.file}#${origin?.pointer}`, ...(remedy?.includes('refs:') ? [remedy] : [])].join(' ')
    })
    return { problems, contract: JSON.stringify(plan?.value.clients[0]?.contract) }
  } finally {
    folder.remove()
  }
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const answering = (schema: object) => ({
  operationId: 'x',
  responses: { 200: { description: '', ...json(schema) } },
})
const documentOf = (schema: object, schemas: object = {}) => ({
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  paths: { '/x': { post: { ...answering({}), requestBody: json(schema) } } },
  components: { schemas },
})
const kind = (maximum: number) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string' }, v: { type: 'integer', maximum } },
})
const pets = (...references: readonly string[]) => ({
  oneOf: references.map(($ref) => ({ $ref })),
  discriminator: { propertyName: 'kind' },
})
const animals = { 'a/Cat.json': kind(1), 'a/Dog.json': kind(2) }

describe('the value of a schema whose name is taken is its name in its file', () => {
  test.each<[string, Files]>([
    [
      'by a component',
      { 'spec.json': documentOf(pets('a/Cat.json', 'a/Dog.json'), { Cat: { type: 'string' } }), ...animals },
    ],
    [
      'by a schema of another folder',
      {
        'spec.json': documentOf({ anyOf: [{ $ref: 'b/Cat.json' }, pets('a/Cat.json', 'a/Dog.json')] }),
        ...animals,
        'b/Cat.json': { type: 'string' },
      },
    ],
    [
      'by a schema within a file',
      {
        'spec.json': documentOf(pets('all.json#/own/Cat', 'a/Dog.json'), { Cat: { type: 'string' } }),
        ...animals,
        'all.json': { own: { Cat: kind(1) } },
      },
    ],
    [
      'where an heir has it',
      {
        'spec.json': documentOf({ $ref: 'a/Pet.json' }, { Cat: { type: 'string' } }),
        ...animals,
        'a/Pet.json': {
          ...kind(5),
          properties: { kind: { type: 'string' }, friend: { $ref: 'Cat.json' } },
          discriminator: { propertyName: 'kind' },
        },
        'a/Cat.json': { allOf: [{ $ref: 'Pet.json' }, { properties: { v: {} } }] },
      },
    ],
  ])('%s', async (_what, files) => {
    const { problems, contract } = await outcome(files)
    expect(problems).toEqual([])
    expect(contract).toMatch(/"mapping":{[^}]*"Cat":"#\/components\/schemas\/shop.Cat-2"/)
    expect(contract).not.toContain('"Cat-2":')
  })

  test('and two alternatives of one name are both tried', async () => {
    const { problems, contract } = await outcome({
      'spec.json': documentOf(pets('a/Cat.json', 'b/Cat.json')),
      ...animals,
      'b/Cat.json': kind(3),
    })
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['GW3265'])
    expect(contract).not.toContain('discriminator')
  })
})

describe('references that lead back to themselves', () => {
  const circle = { 'a.json': { $ref: 'b.json' }, 'b.json': { $ref: 'a.json' } }

  test('are reported at their place', async () => {
    const { problems } = await outcome({ 'spec.json': documentOf({ $ref: 'a.json' }), ...circle })
    expect(problems).toEqual(['GW1206 a.json#/$ref'])
  })

  test('refuse nothing that does not need them', async () => {
    const { problems } = await outcome({ 'spec.json': documentOf({}, { A: { $ref: 'a.json' } }), ...circle })
    expect(problems).toEqual([])
  })

  test('refuse a path alone', async () => {
    const document = documentOf({})
    const paths = { ...document.paths, '/y': { $ref: 'a.json' } }
    const { problems } = await outcome({ 'spec.json': { ...document, paths }, ...circle })
    expect(problems).toEqual(['GW2116 a.json#/$ref'])
  })
})

describe('a file behind a symbolic link', () => {
  const linked = (folder: string): void => symlinkSync('../a/x.json', join(folder, 'b/x.json'))

  test('refers to the files beside the link, whichever name comes first', async () => {
    const numbers = {
      'a/y.json': { type: 'integer', maximum: 101 },
      'b/y.json': { type: 'integer', maximum: 102 },
      'a/x.json': { type: 'object', properties: { again: { $ref: '../b/x.json' }, y: { $ref: 'y.json' } } },
    }
    const { problems, contract } = await outcome({ 'spec.json': documentOf({ $ref: 'a/x.json' }), ...numbers }, linked)
    expect(problems).toEqual([])
    expect(contract).toContain('101')
    expect(contract).toContain('102')
  })

  test('outside is refused, with the folder that would have to be allowed', async () => {
    const { problems } = await outcome({ 'spec.json': documentOf({ $ref: 'link.json' }) }, (folder) => {
      symlinkSync('/dev/../etc/hostname', join(folder, 'link.json'))
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^GW1202 spec.json#.*\n {4}refs: \['(?:\.\.\/)+etc'\]$/)
  })

  test('is read if the manifest names the link', async () => {
    const shop = { ...manifest.services.shop, refs: ['../link'], spec: 'spec.json' }
    const folder = manifestFolder({})
    for (const name of ['one', 'real']) mkdirSync(join(folder.path, name))
    symlinkSync('real', join(folder.path, 'link'))
    const files = {
      'one/gateway.yaml': { ...manifest, services: { shop } },
      'one/spec.json': documentOf({ $ref: '../link/n.json' }),
      'real/n.json': { type: 'integer' },
    }
    for (const [name, of] of Object.entries(files)) writeFileSync(join(folder.path, name), JSON.stringify(of))
    const options = { clients: [], until: 'plan', skipUnsupported: false } as const
    const { diagnostics } = await run({ ...options, manifest: join(folder.path, 'one/gateway.yaml') })
    folder.remove()
    expect(diagnostics.all.filter(({ code }) => code !== 'GW3341')).toEqual([])
  })
})
