import { createTreatment } from '../answers/treatment.ts'
import type { Credentials } from '../credentials/index.ts'
import { withCredentials } from '../credentials/policy.ts'
import type { Observer } from '../observe/observer.ts'
import { clientHeaders } from '../requests/outgoing.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { PreparedCall } from '../steps/call.ts'
import type { Upstream } from '../upstream/index.ts'
import { compose, type Transport } from '../upstream/transport.ts'
import type { AnswerSchemas, CallAction, Credential, Gateway, OperationSchemas, Route } from '../vocabulary.ts'
import type { AddressSet } from '../words/addresses.ts'
import { isJson, mediaTypeOf } from '../words/mediaTypes.ts'

/** The parts that calls of all services share. */
export interface ServiceParts {
  readonly contracts: ReadonlyMap<string, CompiledSchemas>
  readonly upstreams: ReadonlyMap<string, Upstream>
  readonly apply: Credentials['apply']
  readonly trusted: AddressSet
  readonly knownHosts: boolean
  readonly observer: Observer
}

/** Prepares the call of a route. */
export function prepareCall(
  route: Route,
  { contract, upstream }: { readonly contract: CompiledSchemas; readonly upstream: Upstream },
  { client, services }: Pick<Gateway, 'client' | 'services'>,
  { apply, trusted, knownHosts, observer }: ServiceParts,
): PreparedCall {
  const { action } = route
  const operation = contract.operation(route.contract.operation)
  const credentials = services[action.service]?.credentials ?? {}
  const principal = action.credentials.some((name) => isCallers(credentials[name]))
  return {
    route,
    transport: transportOf(action, upstream, apply),
    outgoing: {
      ...clientHeaders(route.request),
      plain: mayBeRead(route, Object.values(operation.answers)),
      whole: mayBeRead(route, successesOf(operation)),
      pseudonym: client.gateway,
      trusted,
      knownHosts,
    },
    treat: createTreatment(route, contract, { principal, observer }),
  }
}

/** The service's transport, with the credentials of the action. */
function transportOf(
  { service, credentials }: CallAction,
  { transport }: Upstream,
  apply: Credentials['apply'],
): Transport {
  return credentials.length === 0 ? transport : compose([withCredentials(apply, service, credentials)], transport)
}

/** Whether some of these answers of a route may have to be read; they must then not be compressed or ranges. */
function mayBeRead({ answers: policy }: Route, answers: readonly AnswerSchemas[]): boolean {
  if (policy.undeclared === 'pass' && policy.check === 'off') return false
  const types = answers.flatMap(({ content }) => Object.keys(content))
  return types.some((type) => type.includes('*') || isJson(mediaTypeOf(type) ?? ''))
}

/** Only a success can be a range (RFC 9110 section 14.2); if none is documented, `default` describes it. */
function successesOf({ answers }: OperationSchemas): readonly AnswerSchemas[] {
  const documented = Object.entries(answers).filter(([status]) => status.startsWith('2'))
  return documented.length > 0 ? documented.map(([, answer]) => answer) : Object.values(answers)
}

/** Whether it is the caller's own token: a 401 of the service then concerns the caller. */
function isCallers(credential: Credential | undefined): boolean {
  return credential?.kind === 'principal'
}
