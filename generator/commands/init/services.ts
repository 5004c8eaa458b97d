import { envReference } from '../../../templates/runtime/words/envText.ts'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { addressFault, isLoopback } from '../../../templates/runtime/words/webAddresses.ts'
import { secretAddress } from '../../model/index.ts'
import type { OperationModel, ServiceModel } from '../../model/types.ts'
import type { Code } from '../../support/index.ts'
import { identifier } from '../identifiers.ts'
import { proposeCredentials } from './credentials.ts'
import { isFallback, type ServiceDraft, variablePrefix } from './draft.ts'

/** OpenAPI does not define how a query parameter of this kind is written. */
const undefinedQuery: Code = 'GW2121'

/** The first port of services whose documents have no server address; the same as in the sample. */
const firstPort = 4101

/**
 * The service of a document, with open decisions, and one more service for each other server of its operations.
 * `index`: the number of the document, from 0.
 */
export function proposeServices(
  { id, spec, refs }: Pick<ServiceDraft, 'id' | 'spec' | 'refs'>,
  index: number,
  model: ServiceModel,
): readonly ServiceDraft[] {
  const groups = byServers(model)
  const credentials = proposeCredentials(id, model)
  const taken = new Set([id])
  return [...groups].map(([key, operations]) => {
    const servers = operations[0]?.servers ?? []
    const own = key === groups.keys().next().value ? id : otherId(id, servers, model.servers, taken)
    return {
      id: own,
      spec,
      refs,
      title: model.title,
      url: proposeUrl(own, index, servers, secretAddress(model.document)),
      nestedQuery: operations.some(({ faults }) => faults.some(({ code }) => code === undefinedQuery)),
      operations: operations.map((operation) => ({ ...operation, service: own })),
      elsewhere: model.operations.filter((operation) => !operations.includes(operation)),
      ...credentials,
    }
  })
}

/** Operations by their servers. Those of the document's own servers come first, then by number of operations. */
function byServers(model: ServiceModel): ReadonlyMap<string, readonly OperationModel[]> {
  const groups = new Map<string, OperationModel[]>()
  for (const operation of model.operations) {
    const key = operation.servers.join(' ')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [operation])
    else known.push(operation)
  }
  const main = model.servers.join(' ')
  const rank = ([key, operations]: readonly [string, readonly OperationModel[]]): number =>
    key === main ? Number.POSITIVE_INFINITY : operations.length
  return new Map([...groups].sort((a, b) => rank(b) - rank(a)))
}

/** The id of a further service: `box-upload` for operations of `box` at `upload.box.com`. */
function otherId(id: string, servers: readonly string[], main: readonly string[], taken: Set<string>): string {
  const [there, here] = [servers[0] ?? '', main[0] ?? ''].map((server) => parseUrl(server))
  const host = there?.hostname.split('.') ?? []
  const label = host.find((part) => !(here?.hostname.split('.') ?? []).includes(part)) ?? there?.pathname ?? ''
  const base = `${id}-${identifier(label, 'other').replace(/^api-(?=\d)/, '')}`.slice(0, 60)
  let own = base
  for (let number = 2; taken.has(own); number++) own = `${base}-${number}`
  taken.add(own)
  return own
}

/** `secret`: an address of the document whose variable is a secret. */
function proposeUrl(id: string, index: number, servers: readonly string[], secret: string | null): ServiceDraft['url'] {
  const variable = `${variablePrefix(id)}_URL`
  const loopback = `http://127.0.0.1:${firstPort + index}`
  const named = servers.find(isAddress)
  if (named !== undefined) {
    const { hostname } = new URL(named)
    const decision = isLoopback(hostname) ? "the document names a developer's own address only" : null
    return { text: envReference(variable, withoutSlash(named)), decision }
  }
  if (secret !== null) return { text: envReference(variable), decision: `the address has a secret in it: ${secret}` }
  const [path] = servers.filter((server) => server.startsWith('/') && isAddress(loopback + server))
  const address = withoutSlash(`${loopback}${path ?? ''}`)
  return { text: envReference(variable, address), decision: 'the document has no server address' }
}

/** Whether a text is an address that can be called, and can be the default of a reference. */
function isAddress(text: string): boolean {
  return addressFault(text) === null && isFallback(text)
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}
