import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { audience, scope } from '../../support/orders/specification.mjs'

/**
 * Writes a configuration with ten endpoints, and returns the command that starts it on one core. It verifies the token, requires the scope,
 * decodes the answer, removes the undeclared member, and writes its access log. It cannot check parameters or answers.
 */
export function krakendCommand({ folder, port, upstream, issuer }) {
  const file = join(folder, 'krakend.json')
  const validator = {
    alg: 'RS256',
    jwk_url: issuer.jwksUrl,
    disable_jwk_security: true,
    cache: true,
    issuer: issuer.url,
    audience: [audience],
    scopes: [scope],
    scopes_key: 'scope',
    scopes_matcher: 'all',
  }
  const endpoints = Array.from({ length: 10 }, (_, index) => {
    const path = `/collection-${String(index).padStart(4, '0')}/orders/{orderId}`
    return {
      endpoint: path,
      input_query_strings: ['view', 'limit'],
      backend: [{ host: [upstream], url_pattern: path, deny: ['internal'] }],
      extra_config: { 'auth/validator': validator },
    }
  })
  const config = { version: 3, name: 'bench', port, listen_ip: '127.0.0.1', timeout: '15s', endpoints }
  writeFileSync(file, JSON.stringify(config, null, 2))
  return [process.env.KRAKEND, 'run', '-c', file]
}
