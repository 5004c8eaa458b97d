import type { EnvText } from '../../../templates/runtime/vocabulary.ts'
import type { OperationModel } from '../../model/types.ts'
import type { Origin } from '../../support/index.ts'
import { digest } from './names.ts'
import type { ServiceSource } from './source.ts'

/**
 * The addresses that an operation is called at. A service without `url` in the manifest is called at the `servers` of its spec.
 * Operations with other servers than the rest (uploads, for instance) then become a separate service of the emitted gateway, with
 * its own connections. Its id, `files--upload-example-com`, cannot be the id of a service of the manifest.
 */
export interface Endpoints {
  /** Key of the emitted gateway's `services`. */
  readonly id: string
  readonly url: readonly EnvText[]
  readonly from: 'manifest' | 'spec'
  readonly origin: Origin
}

export function endpointsOf(operation: OperationModel, { model, manifest }: ServiceSource): Endpoints {
  const { id } = manifest
  if (manifest.url.length > 0) {
    return {
      id,
      url: manifest.url.map(({ text }) => text),
      from: 'manifest',
      origin: manifest.url[0]?.origin ?? manifest.origin,
    }
  }
  const servers = operation.servers.map(asSetting)
  const main = mainServers(model.servers, model.operations)
  const own = main.join(' ') !== operation.servers.join(' ')
  return {
    id: own ? `${id}--${slug(operation.servers)}` : id,
    url: servers,
    from: 'spec',
    origin: own ? operation.origin : model.origin,
  }
}

/** Servers of the spec as a whole, or those that all of its operations share. */
function mainServers(root: readonly string[], operations: readonly OperationModel[]): readonly string[] {
  if (root.length > 0) return root
  const [first, ...others] = operations
  if (first === undefined) return []
  const text = first.servers.join(' ')
  return others.every(({ servers }) => servers.join(' ') === text) ? first.servers : []
}

/** An address without trailing slashes, and with `${` escaped, which the running gateway would read as a variable. */
function asSetting(server: string): EnvText {
  return server.replace(/\/+$/, '').replaceAll('${', () => '$${')
}

function slug(servers: readonly string[]): string {
  const text = servers.join(' ')
  const host = text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return host.length > 0 && host.length <= 24 && servers.length === 1
    ? host
    : `${host.slice(0, 24).replace(/-$/, '')}-${digest(text)}`
}
