import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import picocolors from 'picocolors'
import { runCommandLine } from '../../../generator/commands/program.ts'
import type { Dialogue, Terminal } from '../../../generator/commands/terminal.ts'

/** The output and the exit code of a command. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Lines of progress, in order. */
  readonly progress: readonly string[]
}

export interface World {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly interactive?: boolean
  readonly colours?: boolean
  /** The streams of a simulated user. */
  readonly dialogue?: Dialogue
}

/** Runs one command line in this process, with a simulated terminal. */
export async function run(args: readonly string[], world: World): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const progress: string[] = []
  const paint = picocolors.createColors(world.colours === true)
  const terminal: Terminal = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    progress: (text) => {
      if (world.interactive === true && text !== null) progress.push(text)
    },
    paint,
    paintOut: paint,
    interactive: world.interactive === true,
    dialogue: world.dialogue ?? null,
    cwd: world.cwd,
    env: world.env ?? {},
    node: process.execPath,
    onInterrupt: () => undefined,
    onExit: () => undefined,
  }
  const code = await runCommandLine(args, terminal)
  return { code, out: out.join('\n'), err: err.join('\n'), progress }
}

/** Creates files below a folder. */
export function place(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** A temporary folder with these files. */
export function folderWith(files: Readonly<Record<string, string>>): {
  readonly path: string
  readonly remove: () => void
} {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-')))
  place(path, files)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A document with these operations: `GET /orders` by operationId. */
export function document(
  operations: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
  operationMore: Readonly<Record<string, unknown>> = {},
): string {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [id, route] of Object.entries(operations)) {
    const [method = '', path = ''] = route.split(' ')
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const schema = { type: 'object', properties: { id: { type: 'string' } } }
    const responses = { 200: { description: 'It.', content: { 'application/json': { schema } } } }
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: { operationId: id, parameters, responses, ...operationMore },
    }
  }
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Orders', version: '1' }, paths, ...more }, null, 2)
}

export const shop: Readonly<Record<string, string>> = {
  'gateway.yaml': `gatewright: 1
name: shop
services:
  orders:
    spec: orders.json
    url: \${ORDERS_URL}
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: shop }
clients:
  web:
    authenticate: [bearer]
    expose:
      orders.listOrders: { access: { scopes: ['orders:read'] } }
      orders.getOrder: { access: { scopes: ['orders:read'] } }
  app:
    authenticate: [bearer]
    expose:
      orders.getOrder: { access: { authenticated: true } }
`,
  'orders.json': document({ listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }),
}
