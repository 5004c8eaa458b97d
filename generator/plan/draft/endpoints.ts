import type { EnvText } from '../../../templates/runtime/vocabulary.ts'
import type { OperationModel } from '../../model/types.ts'
import type { Origin } from '../../support/index.ts'
import { digest } from './names.ts'
import type { ServiceSource } from './source.ts'

/**
 * Where the calls of an operation go. A service whose `url` the manifest does not give is called at the `servers` of its spec;
 * operations with servers of their own (uploads, for instance) then make a service of their own in the emitted gateway, with its
 * own connections: `files--upload-example-com`, an id that no service of a manifest can have.
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

/** An address with nothing in it that the running gateway would take for a variable, and without its last slash. */
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
