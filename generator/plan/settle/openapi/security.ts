import type { Access, Authenticator, Client } from '../../../../templates/runtime/vocabulary.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'

/** The client's authenticators as security schemes. The names are the ids of the authenticators. */
export function securitySchemes({ authenticators }: Client): JsonObject {
  return Object.fromEntries(Object.entries(authenticators).map(([name, one]) => [name, scheme(one)]))
}

function scheme(authenticator: Authenticator): JsonObject {
  switch (authenticator.kind) {
    case 'jwt':
      return { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }
    case 'api-key':
      return { type: 'apiKey', in: 'header', name: authenticator.header }
  }
}

/**
 * The security requirements of a route: one alternative for each authenticator and grant. Scopes and roles are in one
 * list, which OpenAPI 3.1 allows for schemes other than OAuth 2.0. `own` and `when` are not shown: they depend on
 * values. Optional sign-in has the empty requirement first (`{}`).
 */
export function securityOf(access: Access, { authenticators }: Client): readonly JsonValue[] {
  if (access.kind === 'public') {
    return isSignInOptional(access) ? [{}, ...Object.keys(authenticators).map((name) => ({ [name]: [] }))] : []
  }
  const needs = access.anyOf.map(({ scopes, roles }) => [...new Set([...scopes, ...roles])])
  return Object.keys(authenticators).flatMap((name) => needs.map((need) => ({ [name]: need })))
}
