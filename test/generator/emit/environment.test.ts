import { parseEnv } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { template } from '../../../generator/emit/template.ts'
import { environmentView, meaningOf } from '../../../generator/emit/views/environment.ts'
import type { ClientPlan, VariableRow } from '../../../generator/plan/types.ts'
import { readConfiguration } from '../../../templates/runtime/environment/configuration.ts'
import { createEnvironment } from '../../../templates/runtime/environment/environment.ts'
import { planned } from '../../support/planned.ts'

const spec = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
components: { securitySchemes: { k: { type: apiKey, in: header, name: X-Key } } }
paths: { /PATH: { get: { operationId: get, security: [{ k: [] }], responses: { 200: { description: ok }, 302: { description: moved } } } } }
`

/** One of each credential, by the name of its service. All texts are variables. */
const credentials = {
  header: "{ header: { name: X-Key, value: '${KEY}' } }",
  basic: "{ basic: { username: '${USER}', password: '${PASSWORD}' } }",
  client: "{ client: { tokenUrl: '${TOKEN_URL}', clientId: '${ID}', clientSecret: '${SECRET}', audience: '${AUD}' } }",
  exchange:
    "{ exchange: { tokenUrl: '${TOKEN_URL}', clientId: '${ID}', clientSecret: '${SECRET}', audience: '${AUD}' } }",
  identity: "{ identity: { issuer: '${SELF}', audience: '${AUD}', key: '${SIGNING}' } }",
  mtls: "{ mtls: { cert: '${CERT}', key: '${CERT_KEY}', ca: '${CA}' } }",
}

const manifest = `
gatewright: 1
name: shop
services:
${Object.entries(credentials)
  .map(
    ([id, credential]) =>
      `  ${id}: { spec: ${id}.yaml, url: '\${URL}', redirectHosts: ['\${REDIRECTS}'], security: { k: service }, credential: ${credential} }`,
  )
  .join('\n')}
authenticators:
  bearer: { type: jwt, issuer: '\${ISSUER}', audience: '\${AUDIENCE}', clientIds: ['\${IDS}'], jwks: '\${JWKS}' }
  keys: { type: api-key, name: X-Api-Key, keys: '\${KEYS}', pepper: '\${PEPPER}' }
clients:
  web:
    authenticate: [bearer, keys]
    cors: { origins: ['\${ORIGIN:-http://localhost:5173}'] }
    publicHosts: ['\${HOSTS}']
    trustedProxies: ['\${PROXIES:-10.0.0.0/8}']
    expose:
${Object.keys(credentials)
  .map((id) => `      ${id}.get: { access: { authenticated: true }, redirect: pass }`)
  .join('\n')}
`

const { client } = planned(
  manifest,
  Object.fromEntries(Object.keys(credentials).map((id) => [id, spec.replace('PATH', id)])),
)
const written = (plan: Pick<ClientPlan, 'variables'>) =>
  template('project/env.example')(environmentView(plan as ClientPlan))
const text = written(client)

describe('.env.example', () => {
  test('has every required variable without a value, and the others as comments with their defaults', () => {
    const required = client.variables.filter(({ fallback }) => fallback === null).map(({ name }) => name)
    expect(required).toHaveLength(21)
    expect(parseEnv(text)).toEqual(Object.fromEntries(required.map((name) => [name, ''])))
    expect(text).toContain('\n# clients.web.cors.origins\n')
    expect(text).toContain('\n# ORIGIN=http://localhost:5173\n')
    expect(text).toContain('\n# PROXIES=10.0.0.0/8\n')
  })

  test('says what each means: the uses of a variable are all settings that may have one', () => {
    const used = new Set(client.variables.flatMap(({ settings }) => settings))
    expect([...used].sort()).toEqual(Object.keys(meaningOf).sort())
    expect(text).toContain('Make one: npx gatewright key --signing\nSIGNING=\n')
    expect(text).toContain('Make one: npx gatewright key --pepper\nPEPPER=\n')
  })

  test('has every variable of the process with its default', () => {
    const asked: string[] = []
    const environment = createEnvironment({})
    readConfiguration({
      ...environment,
      text: (setting) => {
        asked.push(setting)
        return environment.text(setting)
      },
    })
    expect(asked).toHaveLength(7)
    for (const setting of asked) {
      const [, name, fallback] = /^\$\{(\w+):-(.*)\}$/.exec(setting) ?? []
      expect(text).toContain(`\n# ${name}=${fallback}\n`)
    }
  })

  test('is one line for each value, whatever a default is', () => {
    const row: VariableRow = { name: 'A', fallback: 'x\nB=1\u2028C=2', usedBy: ['a\nD=3'], settings: [] }
    expect(parseEnv(written({ variables: [row] }))).toEqual({})
  })
})
