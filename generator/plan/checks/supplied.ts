import type { SecurityScheme } from '../../model/types.ts'
import type { RouteDraft } from '../draft/types.ts'

// Shared by the checks about schemes that the gateway supplies.

/** A scheme that the gateway must supply; `null`: an alternative of the spec needs none. */
export function neededScheme({ decision }: RouteDraft): SecurityScheme | null {
  const { supplied } = decision.spec
  return supplied.some((schemes) => schemes.length === 0) ? null : (supplied[0]?.[0] ?? null)
}

/** An example credential for a scheme, for remedies. */
export function exampleCredential({ kind, in: place, parameterName }: SecurityScheme, service: string): string {
  const name = service.toUpperCase().replaceAll('-', '_')
  switch (kind) {
    case 'mutualTLS':
      return `{ mtls: { cert: '\${${name}_CERT}', key: '\${${name}_CERT_KEY}' } }`
    case 'http-basic':
      return `{ basic: { username: '\${${name}_USER}', password: '\${${name}_PASSWORD}' } }`
    case 'oauth2':
    case 'openIdConnect':
      return `{ client: { clientId: '\${${name}_CLIENT_ID}', clientSecret: '\${${name}_CLIENT_SECRET}' } }`
    case 'apiKey': {
      if (place === 'cookie') return `{ header: { name: Cookie, value: '${parameterName ?? 'key'}=\${${name}_KEY}' } }`
      const header = place === 'header' ? (parameterName ?? 'X-Api-Key') : 'X-Api-Key'
      return `{ header: { name: ${header}, value: '\${${name}_KEY}' } }`
    }
    default:
      return `{ header: { name: Authorization, value: 'Bearer \${${name}_TOKEN}' } }`
  }
}
