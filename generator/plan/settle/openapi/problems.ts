import type { Client, Route, Service } from '../../../../templates/runtime/vocabulary.ts'
import { needsCaller } from '../../../../templates/runtime/words/callerCredentials.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import type { JsonObject } from '../../../read/types.ts'

/** A status with which the gateway itself may answer a route. */
export interface ProblemStatus {
  readonly status: string
  readonly description: string
  readonly headers: JsonObject
}

export const problemMedia = 'application/problem+json'
export const problemSchema = 'gatewright.Problem'

const challenge: JsonObject = {
  'WWW-Authenticate': { description: 'How to authenticate (RFC 9110 section 11.6.1).', schema: { type: 'string' } },
}
const retry: JsonObject = {
  'Retry-After': {
    description: 'Seconds to wait before the next attempt, or a date (RFC 9110 section 10.2.3).',
    schema: { type: ['integer', 'string'], minimum: 0 },
  },
}

const all = {
  '400': { description: 'The request is not well-formed or does not fit this contract.', headers: {} },
  '401': { description: 'A valid credential is missing.', headers: challenge },
  '403': { description: 'The caller may not do this.', headers: {} },
  '408': { description: 'The body did not arrive in time.', headers: {} },
  '413': { description: 'The body is larger than allowed.', headers: {} },
  '415': { description: 'The media type of the body is not accepted.', headers: {} },
  '429': {
    description: 'Too many attempts with an API key failed, or too many bodies of the caller are unfinished.',
    headers: retry,
  },
  '4XX': { description: 'The request was refused.', headers: {} },
  '500': { description: 'The gateway failed.', headers: {} },
  '502': { description: 'A service did not answer properly.', headers: {} },
  '503': { description: 'The route is not available right now.', headers: retry },
  '504': { description: 'A service did not answer in time.', headers: {} },
} as const

type Status = keyof typeof all

/** The statuses with which the gateway itself may answer a route, in ascending order. */
export function problemsOf(
  route: Route,
  client: Client,
  credentials: Service['credentials'],
): readonly ProblemStatus[] {
  const known = Object.keys(client.authenticators).length > 0
  const takesBody = route.request.body !== null
  const possible: Readonly<Record<Status, boolean>> = {
    '400': true,
    // An invalid credential is refused on a public route, too.
    '401': known,
    '403': mayForbid(route, credentials),
    '408': takesBody,
    '413': takesBody,
    '415': takesBody,
    // An API key that was tried too often is refused on a public route, too.
    '429': takesBody || Object.values(client.authenticators).some(({ kind }) => kind === 'api-key'),
    '4XX': true,
    '500': true,
    '502': true,
    '503': true,
    '504': true,
  }
  return (Object.keys(all) as Status[])
    .filter((status) => possible[status])
    .map((status) => ({ status, ...all[status] }))
}

function mayForbid({ access, request, action }: Route, credentials: Service['credentials']): boolean {
  // A credential that is made from the caller's token needs a caller with a token, not with an API key.
  const needsToken = action.credentials.some((name) => needsCaller(credentials[name]?.kind))
  if (access.kind === 'public') return isSignInOptional(access) && needsToken
  const asksForMore = access.anyOf.every(({ scopes, roles }) => scopes.length > 0 || roles.length > 0)
  return asksForMore || needsToken || access.own.length > 0 || access.when.length > 0 || request.bind.length > 0
}

/** All problem types of the runtime. A test compares the two lists. */
const names = [
  'malformed-request',
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'insufficient-scope',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'request-timeout',
  'content-too-large',
  'uri-too-long',
  'unsupported-media-type',
  'misdirected-request',
  'too-many-requests',
  'too-many-streams',
  'upgrade-not-supported',
  'headers-too-large',
  'refused',
  'internal',
  'bad-gateway',
  'unavailable',
  'gateway-timeout',
] as const

/** The body of each problem of the gateway (RFC 9457). */
export const problemObject: JsonObject = {
  type: 'object',
  description: 'A problem of the gateway (RFC 9457). Nothing in it comes from a service.',
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', enum: names.map((name) => `urn:gatewright:problem:${name}`) },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    instance: { type: 'string', format: 'uri', description: 'Names the request, as its `X-Request-Id` does.' },
    errors: {
      type: 'array',
      description: 'What is wrong with the request.',
      items: {
        type: 'object',
        required: ['in', 'pointer', 'detail'],
        properties: {
          in: { type: 'string', enum: ['path', 'query', 'header', 'cookie', 'body'] },
          pointer: { type: 'string', description: 'A JSON Pointer into the body, or the name of a parameter.' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

export const problemBody: JsonObject = { $ref: `#/components/schemas/${problemSchema}` }

/** The name of the response component for a status that is only ever a problem. */
export function problemName({ status }: ProblemStatus): string {
  return `gatewright.${status}`
}

export function problemResponse({ description, headers }: ProblemStatus): JsonObject {
  return {
    description,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { [problemMedia]: { schema: problemBody } },
  }
}
