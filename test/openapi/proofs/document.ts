import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { outcomeOfFiles } from '../../support/manifestFolder.ts'
import { asking, at, getting, giving, json, posting, taking } from '../documents.ts'
import { outcomeOf, planOf, probing } from '../probe.ts'
import { documents, isIgnored, isRefused, type Proof, type Proofs, refusesRequests } from '../proof.ts'
import { guards, oauth } from './access.ts'

/** A member of the document itself that is ignored. */
const ignoredAtRoot = (name: string, value: JsonValue, openapi = '3.2.0', pointer = `/${name}`): Proof =>
  isIgnored({ document: getting({}, { openapi, root: { [name]: value } }), at: pointer })

const ignoredIn = (name: string, value: JsonObject, keyword: string): Proof =>
  ignoredAtRoot(name, value, '3.2.0', `/${name}/${keyword}`)

const info = (more: JsonObject, keyword: string): Proof =>
  ignoredIn('info', { title: 'Orders', version: '1', ...more }, keyword)

const text = { schema: { type: 'string', maxLength: 1 } }
const long = { method: 'GET', target: '/probe?x=ab' } as const
const short = { method: 'GET', target: '/probe?x=a' } as const

/** 3.0, 3.1 and 3.2 are read; each other version has a code. */
const versionDecides: Proof = async (codes) => {
  for (const openapi of ['3.0.4', '3.1.1', '3.2.0']) {
    expect((await outcomeOfFiles({ 'spec.yaml': JSON.stringify(getting({}, { openapi })) })).problems).toEqual([])
  }
  const other = await outcomeOfFiles({ 'spec.yaml': JSON.stringify(getting({}, { openapi: '4.0.0' })) })
  expect(other.problems).toEqual([`${codes[0]} spec.yaml:1:12`])
  const swagger = await outcomeOfFiles({ 'spec.yaml': '{"swagger":"2.0"}' })
  expect(swagger.problems).toEqual([`${codes[1]} spec.yaml:1:12`])
}

/** Documented operations reach the service, others do not. */
const isRouted: Proof = () =>
  probing(getting({}), {}, async (probe) => {
    expect((await probe.send({ method: 'GET' })).status).toBe(200)
    expect(await probe.send({ method: 'GET', target: '/other' })).toMatchObject({ status: 404, arrived: null })
    expect(await probe.send({ method: 'POST' })).toMatchObject({ status: 405, arrived: null })
  })

/** The address of the service, if the manifest has none. */
const called =
  (want: string, document: JsonObject): Proof =>
  async () => {
    const { services } = await planOf(document, { url: null })
    expect(services.map(({ service }) => service.url)).toEqual([[want]])
  }

const servers = (server: JsonObject): JsonObject => getting({}, { root: { servers: [server] } })
const variables = (variable: JsonObject): JsonObject =>
  servers({ url: 'https://{region}.example', variables: { region: { default: 'eu', ...variable } } })
const ignoredServer = (document: JsonObject, pointer: string): Proof => isIgnored({ document, at: pointer, url: null })

/** The manifest can select by tags. */
const selects: Proof = async () => {
  const expose = { 'orders#returns': { access: { public: 'For tests' } } }
  expect((await planOf(getting({ tags: ['returns'] }), { expose })).routes).toHaveLength(1)
  expect((await outcomeOf(getting({ tags: ['orders'] }), { expose })).client).toBeNull()
}

const routes =
  (method: string): Proof =>
  async () => {
    const { '/probe': item } = getting({})['paths'] as { '/probe': { get: JsonObject } }
    const document = { ...getting({}), paths: { '/probe': { [method]: item.get } } }
    expect((await planOf(document)).routes.map(({ route }) => route.method)).toEqual([method.toUpperCase()])
  }

/** A warning: other operations of the path item are used. */
const leavesOut: Proof = async (codes) => {
  const document = getting({}, { openapi: '3.2.0', item: { additionalOperations: { COPY: operation } } })
  const { client, problems } = await outcomeOf(document)
  expect(problems).toEqual(codes.map((code) => `${code} ${at.item}/additionalOperations/COPY`))
  expect(client?.routes.map(({ route }) => route.method)).toEqual(['GET'])
}

const operation: JsonObject = { operationId: 'other', responses: { 200: { description: 'Fine' } } }

const referred = (kind: string, name: string, component: JsonValue, use: (ref: JsonObject) => JsonObject): Proof =>
  refusesRequests({
    document: { ...use({ $ref: `#/components/${kind}/${name}` }), components: { [kind]: { [name]: component } } },
    at: '/paths',
    fits: [short],
    fails: [long],
    control: 'none',
  })

/** A component of this kind is used where it is referred to: its text is in the contract. */
const counts = (kind: string, component: JsonValue, use: (ref: JsonObject) => JsonObject, openapi = '3.1.0'): Proof => {
  return async () => {
    const document = use({ $ref: `#/components/${kind}/It` })
    const components = { [kind]: { It: component } }
    expect(JSON.stringify((await planOf({ ...document, openapi, components })).contract)).toContain('MARK')
  }
}

const answer = (response: JsonValue): JsonObject => getting({ responses: { 200: response } })

const titled: Proof = documents(
  { document: { ...getting({}), info: { title: 'MARK', version: '1' } }, at: '/info/title' },
  'MARK',
)

/** The meaning of `nullable` depends on the version. */
const dialectDecides: Proof = async () => {
  const status = (openapi: string) =>
    probing(
      taking({ type: 'string', nullable: true }, { openapi }),
      {},
      async (probe) => (await probe.send({ body: 'null' })).status,
    )
  expect([await status('3.0.4'), await status('3.1.1'), await status('3.2.0')]).toEqual([200, 400, 400])
}

export const openapiProofs: Proofs = {
  openapi: { used: dialectDecides, refused: versionDecides },
  info: { documented: titled },
  jsonSchemaDialect: {
    refused: isRefused({
      document: taking({ type: 'string' }, { root: { jsonSchemaDialect: 'http://json-schema.org/draft-07/schema#' } }),
      at: '/jsonSchemaDialect',
    }),
  },
  $self: { ignored: ignoredAtRoot('$self', 'https://shop.example/openapi.yaml') },
  servers: { used: called('https://a.example', servers({ url: 'https://a.example' })) },
  paths: { enforced: isRouted },
  webhooks: { ignored: ignoredAtRoot('webhooks', { paid: { post: operation } }) },
  components: {
    used: counts('schemas', { title: 'MARK' }, (ref) => taking(ref)),
  },
  security: { enforced: guards((security) => getting({}, { root: { security }, components: oauth })) },
  tags: { ignored: ignoredAtRoot('tags', [{ name: 'orders' }]) },
  externalDocs: { ignored: ignoredAtRoot('externalDocs', { url: 'https://docs.example' }) },
}

export const infoProofs: Proofs = {
  title: { documented: titled },
  summary: { ignored: info({ summary: 'All of them' }, 'summary') },
  description: { ignored: info({ description: 'All of them' }, 'description') },
  termsOfService: { ignored: info({ termsOfService: 'https://shop.example/terms' }, 'termsOfService') },
  contact: { ignored: info({ contact: { name: 'Us' } }, 'contact') },
  license: { ignored: info({ license: { name: 'MIT' } }, 'license') },
  version: { ignored: info({}, 'version') },
}

const contact = { name: 'Us', url: 'https://us.example', email: 'us@us.example' }
const license = { name: 'MIT', identifier: 'MIT', url: 'https://us.example' }

export const contactProofs: Proofs = Object.fromEntries(
  Object.keys(contact).map((keyword) => [keyword, { ignored: info({ contact }, `contact/${keyword}`) }]),
)

export const licenseProofs: Proofs = Object.fromEntries(
  Object.keys(license).map((keyword) => [keyword, { ignored: info({ license }, `license/${keyword}`) }]),
)

const described = { url: 'https://a.example', description: 'There', name: 'there' }

export const serverProofs: Proofs = {
  url: { used: called('https://a.example', servers(described)) },
  description: { ignored: ignoredServer(servers(described), '/servers/0/description') },
  name: { ignored: ignoredServer(servers(described), '/servers/0/name') },
  variables: { used: called('https://eu.example', variables({})) },
}

export const serverVariableProofs: Proofs = {
  default: { used: called('https://us.example', variables({ default: 'us' })) },
  enum: { ignored: ignoredServer(variables({ enum: ['eu', 'us'] }), '/servers/0/variables/region/enum') },
  description: {
    ignored: ignoredServer(variables({ description: 'Where' }), '/servers/0/variables/region/description'),
  },
}

const bodyOf = (ref: JsonObject): JsonObject => posting({ requestBody: ref })
const headerOf = (ref: JsonObject): JsonObject => answer({ description: 'Fine', headers: { 'X-A': ref } })
const exampleOf = (ref: JsonObject): JsonObject => asking({ ...text, examples: { a: ref } })
const ignoredComponent = (kind: string): Proof =>
  isIgnored({ document: getting({}, { components: { [kind]: { It: {} } } }), at: `/components/${kind}` })

export const componentsProofs: Proofs = {
  schemas: { used: counts('schemas', { title: 'MARK' }, (ref) => taking(ref)) },
  responses: { used: counts('responses', { description: 'MARK' }, answer) },
  parameters: {
    used: referred('parameters', 'It', { name: 'x', in: 'query', ...text }, (ref) => getting({ parameters: [ref] })),
  },
  examples: { used: counts('examples', { value: 'MARK' }, exampleOf) },
  requestBodies: { used: counts('requestBodies', { content: json({ title: 'MARK' }) }, bodyOf) },
  headers: { used: counts('headers', { description: 'MARK', schema: {} }, headerOf) },
  securitySchemes: {
    used: async (codes) => {
      const document = getting(
        { parameters: [{ name: 'X-Key', in: 'header', required: false, ...text }] },
        { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } } },
      )
      expect(codes).toEqual([])
      expect((await planOf(document)).routes.map(({ route }) => route.request.header)).toEqual([[]])
    },
  },
  links: { ignored: ignoredComponent('links') },
  callbacks: { ignored: ignoredComponent('callbacks') },
  pathItems: {
    used: counts('pathItems', { get: { ...operation, summary: 'MARK' } }, (ref) => ({
      ...getting({}),
      paths: { '/probe': ref },
    })),
  },
  mediaTypes: {
    used: counts(
      'mediaTypes',
      { schema: { title: 'MARK' } },
      (ref) => posting({ requestBody: { content: { 'application/json': ref } } }),
      '3.2.0',
    ),
  },
}

export const pathsProofs: Proofs = {
  '/{path}': { enforced: isRouted },
}

const inItem = (item: JsonObject): JsonObject => getting({}, { item })

export const pathItemProofs: Proofs = {
  $ref: { used: componentsProofs['pathItems']?.used ?? selects },
  summary: { documented: documents({ document: inItem({ summary: 'MARK' }), at: `${at.item}/summary` }, 'MARK') },
  description: {
    documented: documents({ document: inItem({ description: 'MARK' }), at: `${at.item}/description` }, 'MARK'),
  },
  ...Object.fromEntries(
    ['get', 'head', 'put', 'post', 'delete', 'patch'].map((method) => [method, { enforced: routes(method) }]),
  ),
  ...Object.fromEntries(
    ['options', 'trace'].map((method) => [
      method,
      { refused: isRefused({ document: inItem({ [method]: operation }), at: `${at.item}/${method}` }) },
    ]),
  ),
  query: {
    refused: isRefused({
      document: getting({}, { openapi: '3.2.0', item: { query: operation } }),
      at: `${at.item}/query`,
    }),
  },
  additionalOperations: { refused: leavesOut },
  servers: {
    used: called('https://files.example', inItem({ servers: [{ url: 'https://files.example' }] })),
  },
  parameters: {
    enforced: refusesRequests({
      document: inItem({ parameters: [{ name: 'x', in: 'query', ...text }] }),
      at: `${at.item}/parameters/0/schema/maxLength`,
      fits: [short],
      fails: [long],
    }),
  },
}

const marks = (keyword: string, value: JsonValue): Proof =>
  documents({ document: getting({ [keyword]: value }), at: `${at.get}/${keyword}` }, 'MARK')

export const operationProofs: Proofs = {
  tags: { used: selects },
  summary: { documented: marks('summary', 'MARK') },
  description: { documented: marks('description', 'MARK') },
  externalDocs: { documented: marks('externalDocs', { url: 'https://docs.example/MARK' }) },
  operationId: {
    used: async () => {
      const expose = { 'orders.probe': { access: { public: 'For tests' } } }
      expect((await planOf(getting({}), { expose })).routes.map(({ route }) => route.id)).toEqual(['orders.probe'])
    },
    documented: documents({ document: getting({ operationId: 'MARK' }), at: `${at.get}/operationId` }, 'orders.MARK'),
  },
  parameters: {
    enforced: refusesRequests({
      document: asking({ required: true, ...text }),
      at: `${at.get}/parameters`,
      fits: [short],
      fails: [{ method: 'GET' }],
    }),
  },
  requestBody: {
    enforced: refusesRequests({
      document: taking({ type: 'string' }),
      at: `${at.body}/schema`,
      fits: [{ body: '"a"' }],
      fails: [{ body: '1' }],
    }),
  },
  responses: {
    enforced: () =>
      probing(giving({ type: 'object', properties: { a: {} } }), {}, async (probe) => {
        const { body } = await probe.send({ method: 'GET' }, { body: { a: 1, b: 2 } })
        expect(body).toBe('{"a":1}')
      }),
  },
  callbacks: {
    ignored: isIgnored({
      document: getting({ callbacks: { paid: { '{$request.query.x}': { post: operation } } } }),
      at: `${at.get}/callbacks`,
    }),
  },
  deprecated: {
    documented: documents({ document: getting({ deprecated: true }), at: `${at.get}/deprecated` }, '"deprecated":true'),
  },
  security: { enforced: guards((security) => getting({ security }, { components: oauth })) },
  servers: {
    used: called('https://files.example', getting({ servers: [{ url: 'https://files.example' }] })),
  },
}

export const externalDocsProofs: Proofs = {
  url: { documented: marks('externalDocs', { url: 'https://docs.example/MARK' }) },
  description: {
    documented: documents(
      {
        document: getting({ externalDocs: { url: 'https://docs.example', description: 'MARK' } }),
        at: `${at.get}/externalDocs/description`,
      },
      'MARK',
    ),
  },
}

const tag = {
  name: 'orders',
  summary: 'Orders',
  description: 'All of them',
  externalDocs: { url: 'https://docs.example' },
  parent: 'shop',
  kind: 'nav',
}

export const tagProofs: Proofs = Object.fromEntries(
  Object.keys(tag).map((keyword) => [
    keyword,
    { ignored: ignoredAtRoot('tags', [tag], '3.2.0', `/tags/0/${keyword}`) },
  ]),
)

const overriding = (keyword: string): Proof =>
  documents(
    {
      document: getting(
        { responses: { 200: { $ref: '#/components/responses/It', [keyword]: 'MARK' } } },
        { openapi: '3.2.0', components: { responses: { It: keyword === 'summary' ? {} : { description: 'Fine' } } } },
      ),
      at: `${at.get}/responses/200/${keyword}`,
    },
    'MARK',
  )

export const referenceProofs: Proofs = {
  $ref: { used: componentsProofs['responses']?.used ?? selects },
  summary: { documented: overriding('summary') },
  description: { documented: overriding('description') },
}
