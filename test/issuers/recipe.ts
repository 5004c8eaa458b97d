import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { model } from '../../generator/model/index.ts'
import { plan } from '../../generator/plan/index.ts'
import type { ClientPlan } from '../../generator/plan/types.ts'
import { read } from '../../generator/read/index.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

/** The recipes of docs/issuers.md: what stands in the block of YAML below each heading. */
export const recipes: ReadonlyMap<string, string> = new Map(
  [
    ...readFileSync(join(import.meta.dirname, '../../docs/issuers.md'), 'utf8').matchAll(
      /^##+ ([^\n]+)\n(?:(?!\n##|\n```)[\s\S])*\n```yaml\n([\s\S]*?)```$/gm,
    ),
  ].map(([, heading = '', yaml = '']) => [heading, yaml]),
)

export interface GeneratedRecipe {
  /** Codes of all diagnostics, warnings too. */
  readonly codes: readonly string[]
  readonly client: ClientPlan | undefined
}

/**
 * Takes a recipe through the generator, from the text of a manifest to a plan. Of two operations one takes the scope, the other
 * the role `support`.
 */
export async function generatedFrom(recipe: string, scope: string): Promise<GeneratedRecipe> {
  const folder = manifestFolder({ 'gateway.yaml': manifestWith(recipe), 'orders.yaml': documentWith(scope) })
  try {
    const diagnostics = new Diagnostics()
    const inputs = await read(join(folder.path, 'gateway.yaml'), {}, diagnostics)
    const found = inputs === null || diagnostics.hasErrors ? null : model(inputs, diagnostics)
    const result = found === null ? null : plan(found, { skipUnsupported: false }, diagnostics)
    return { codes: diagnostics.all.map(({ code, message }) => `${code} ${message}`), client: result?.value.clients[0] }
  } finally {
    folder.remove()
  }
}

function manifestWith(recipe: string): string {
  return `gatewright: 1
name: shop
services:
  orders:
    spec: orders.yaml
    url: \${ORDERS_URL}
    security: { oauth: principal }
${recipe}clients:
  app:
    authenticate: [app]
    expose:
      orders.listOrders: {}
      orders.refund: { access: { roles: [support] } }
`
}

function documentWith(scope: string): string {
  return `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders: { get: { operationId: listOrders, security: [{ oauth: ['${scope}'] }], responses: { 204: { description: Fine } } } }
  /refunds: { post: { operationId: refund, security: [{ oauth: [] }], responses: { 204: { description: Fine } } } }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://id.example/token, scopes: { '${scope}': Read orders } } }
`
}
