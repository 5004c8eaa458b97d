import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Method, path and media type of every route of an emitted gateway, with values for its path parameters. */
export function readRoutes(gateway) {
  const { paths } = JSON.parse(readFileSync(join(gateway, 'openapi.json'), 'utf8'))
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/\{[^}]*\}/g, '1'),
        type: Object.keys(requestBody?.content ?? {})[0] ?? null,
      })),
  )
}

const methods = new Set(['get', 'put', 'post', 'delete', 'patch'])

/** Names of the variables without which a gateway does not start. */
export function readVariables(gateway) {
  const sources = ['client.ts', 'services.ts'].map((name) => readFileSync(join(gateway, 'src/gateway', name), 'utf8'))
  const named = sources.flatMap((text) => [...text.matchAll(/\$\{([A-Z0-9_]+)(?::-[^}]*)?\}/g)].map(([, name]) => name))
  return [...new Set(named)]
}
