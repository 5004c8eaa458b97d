import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../../read/types.ts'
import { isWithheld } from './causes.ts'
import type { Draft } from './draft.ts'

/** A credential that is written once, as an anchor. */
export interface SharedCredential {
  readonly name: string
  readonly value: JsonValue
  readonly decisions: readonly string[]
  /** Whether an exposed operation uses it. */
  readonly exposed: boolean
}

/**
 * Credentials for calls of clients without tokens are written once, as anchors, as long as all aliases of the manifest
 * are no more than its reader takes.
 */
export function sharedCredentials({ services, clients }: Draft): readonly SharedCredential[] {
  let aliases = 0
  return services.flatMap(({ id, asGateway, asGatewayDecisions }, index) => {
    const value = asGateway?.length === 1 ? asGateway[0] : asGateway
    // Services of one document share their credentials.
    if (services.findIndex((other) => other.asGateway === asGateway) < index) return []
    if (value === null || value === undefined) return []
    const uses = clients
      .flatMap(({ entries }) => entries)
      .filter(({ options }) => isDeepStrictEqual(options['credential'], value))
    if (uses.length === 0 || aliases + uses.length > mostAliases) return []
    aliases += uses.length
    return [{ name: `${id}-as-gateway`, value, decisions: asGatewayDecisions, exposed: !uses.every(isWithheld) }]
  })
}

/** A manifest with more uses of aliases is refused when it is read (rule G3). */
const mostAliases = 900
