import type { Access, Authenticator, Client } from '../../../../templates/runtime/vocabulary.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'

/** The client's authenticators as security schemes, under their own names. */
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
 * Who may call a route, as OpenAPI says it: each authenticator with each grant is a way in. Scopes and roles stand in one list, as
 * OpenAPI 3.1 has it for schemes that are not OAuth 2.0. What `own` and `when` ask for is not told: it depends on the values.
 */
export function securityOf(access: Access, { authenticators }: Client): readonly JsonValue[] {
  if (access.kind === 'public') return []
  const needs = access.anyOf.map(({ scopes, roles }) => [...new Set([...scopes, ...roles])])
  return Object.keys(authenticators).flatMap((name) => needs.map((need) => ({ [name]: need })))
}
