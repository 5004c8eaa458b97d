import { concernOf } from '../../../templates/runtime/words/unauthorized.ts'
import type { JsonValue } from '../../read/types.ts'
import { isObject } from '../../support/index.ts'
import { membersOf } from '../draft/schemaFacts.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check } from './check.ts'
import { related, selectorOf } from './wording.ts'

/** Names of operations that check a credential in their body. */
const login = /(?:log|sign)[-_]?(?:in|on)|authenticate|\bauth\b|token|session/i
/** Names of members that hold a credential. */
const secret = /pass(?:word|wd|code|phrase)|secret|credential|^otp|_otp|refresh_?token/i

/**
 * An operation that documents 401 and seems to check a credential in its body, of a route where a 401 becomes 502. An entry that
 * sets `unauthorized` decides it.
 */
export const withheldLogin: Check = {
  of: 'route',
  find: (route) => {
    const { operation, settings, origin } = route
    const documented = operation.responses.find(({ status }) => status === '401')
    if (documented === undefined || settings.unauthorized.from !== 'default' || !seemsLogin(route)) return []
    const kinds = route.credentials.map(({ kind }) => kind)
    if (concernOf(undefined, kinds, false) === 'caller') return []
    return [
      {
        message: `${selectorOf(route)} documents 401 and seems to check a credential in its body, but a 401 is taken for a refusal of the gateway's own credential and answered with 502.`,
        origin,
        related: related(documented.origin, 'documents 401'),
        remedy: `Pass it on, or write \`unauthorized: caller\` if the body has no credential:\n    ${selectorOf(route)}: { unauthorized: pass }`,
      },
    ]
  },
}

/**
 * Whether the 401 of an operation seems to be about its body. The document decides: an operation without `security` has no other
 * credential; where `security` is not documented at all, a member of the body must be one; of others the name must be that of a login.
 */
function seemsLogin({ operation, source }: RouteDraft): boolean {
  const { body, security, operationId, reference } = operation
  if (body === null) return false
  if (security !== null && security.length === 0) return true
  if (security !== null && !login.test(`${operationId ?? ''} ${reference}`)) return false
  return body.content.some(
    ({ schema }) =>
      schema !== null &&
      [...membersOf(schema.schema, source.model.document)].some(([name, member]) => isSecret(name, member)),
  )
}

function isSecret(name: string, member: JsonValue): boolean {
  return secret.test(name) || (isObject(member) && member['format'] === 'password')
}
