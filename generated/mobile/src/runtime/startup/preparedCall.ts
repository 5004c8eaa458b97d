import type { ErrorFields } from '../answers/errorFields.ts'
import type { RedirectTest } from '../answers/redirects.ts'
import { createTreatment } from '../answers/treatment.ts'
import type { Credentials } from '../credentials/index.ts'
import { withCredentials } from '../credentials/policy.ts'
import type { Observer } from '../observe/observer.ts'
import { clientHeaders } from '../requests/outgoing.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { PreparedCall } from '../steps/call.ts'
import type { HeldBytes } from '../support/heldBytes.ts'
import type { Upstream } from '../upstream/index.ts'
import { compose, type ExpectedAnswer, type Transport } from '../upstream/transport.ts'
import type { AnswerSchemas, CallAction, Gateway, OperationSchemas, Route } from '../vocabulary.ts'
import type { AddressSet } from '../words/addresses.ts'
import { isJson, mediaTypeOf } from '../words/mediaTypes.ts'
import { callTimeout, transferLimits, uploadLimits } from './limits.ts'

/** The parts that calls of all services share. */
export interface ServiceParts {
  readonly contracts: ReadonlyMap<string, CompiledSchemas>
  readonly upstreams: ReadonlyMap<string, Upstream>
  /** By service. */
  readonly redirects: ReadonlyMap<string, RedirectTest>
  readonly apply: Credentials['apply']
  readonly trusted: AddressSet
  readonly knownHosts: boolean
  /** Milliseconds. */
  readonly requestTimeout: number
  readonly held: HeldBytes
  readonly observer: Observer
}

/** The parts of one route's call. */
export interface RouteParts {
  readonly contract: CompiledSchemas
  readonly upstream: Upstream
  /** As documented, those of HEAD with the content that they describe. */
  readonly answers: OperationSchemas['answers']
  readonly errors: ErrorFields
  readonly passes: boolean
  readonly expected: ExpectedAnswer
  /** Keys of the service's credentials that are sent. */
  readonly credentials: readonly string[]
}

/** Prepares the call of a route. */
export function prepareCall(
  route: Route,
  { contract, upstream, answers, errors, passes, expected, credentials }: RouteParts,
  { client }: Pick<Gateway, 'client'>,
  { apply, trusted, knownHosts, requestTimeout, observer }: ServiceParts,
): PreparedCall {
  const { action } = route
  const timeout = callTimeout(route)
  return {
    route,
    timeout,
    transfer: transferLimits(route),
    upload: { ...uploadLimits(route, requestTimeout), bytes: route.request.maxBody, patience: timeout },
    transport: transportOf(action, credentials, upstream, apply),
    outgoing: {
      ...clientHeaders(route.request),
      plain: mayBeRead(route, Object.values(answers)),
      whole: mayBeRead(route, successesOf(answers)),
      pseudonym: client.gateway,
      trusted,
      knownHosts,
    },
    passes,
    expected,
    treat: createTreatment(route, contract, { answers, errors, observer }),
  }
}

/** The service's transport, with these credentials. */
function transportOf(
  { service }: CallAction,
  credentials: readonly string[],
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

/** Whether some of a route's answers may be passed on as they arrive. */
export function mayBePassed({ answers: policy }: Route, answers: readonly AnswerSchemas[]): boolean {
  if (policy.undeclared === 'pass' && policy.check === 'off') return true
  const types = answers.flatMap(({ content }) => Object.keys(content))
  return types.some((type) => !isJson(mediaTypeOf(type) ?? ''))
}

/** Only a success can be a range (RFC 9110 section 14.2); if none is documented, `default` describes it. */
function successesOf(answers: OperationSchemas['answers']): readonly AnswerSchemas[] {
  const documented = Object.entries(answers).filter(([status]) => status.startsWith('2'))
  return documented.length > 0 ? documented.map(([, answer]) => answer) : Object.values(answers)
}
