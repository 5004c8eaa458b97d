import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { audience, scope } from '../../support/orders/specification.mjs'

/**
 * Writes a configuration for one thread in the foreground, and returns the command that starts it. What is asked of the token and of the
 * parameters is what the emitted gateway asks; HAProxy cannot check or change JSON. Each signature is verified; there is no cache.
 */
export function haproxyCommand({ folder, port, upstream, issuer }) {
  const key = join(folder, 'issuer.pem')
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(key, issuer.publicKeyPem)
  const claim = (name, type = '') =>
    `http-request set-var(txn.${name}) var(txn.token),jwt_payload_query('$.${name}'${type})`
  writeFileSync(
    file,
    `global
  nbthread 1
  maxconn 2000
  log stdout format raw local0 info
defaults
  mode http
  log global
  option httplog
  option http-keep-alive
  http-reuse always
  timeout connect 5s
  timeout client 30s
  timeout server 15s
frontend gateway
  bind 127.0.0.1:${port}
  http-request set-var(txn.token) http_auth_bearer
  http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg')
  http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
  http-request deny deny_status 401 unless { var(txn.token),jwt_verify(txn.alg,"${key}") -m int 1 }
  ${claim('iss')}
  ${claim('aud')}
  ${claim('exp', ",'int'")}
  ${claim('scope')}
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.iss) -m str ${issuer.url} }
  http-request deny deny_status 401 unless { var(txn.aud) -m str ${audience} }
  http-request deny deny_status 401 if { var(txn.exp),sub(txn.now) -m int le 0 }
  http-request deny deny_status 403 unless { var(txn.scope) -m reg (^|\\ )${scope}(\\ |$) }
  http-request deny deny_status 404 unless { path -m reg ^/collection-[0-9]{4}/orders/[^/]+$ }
  http-request deny deny_status 400 unless { path -m reg /ord_[a-z0-9]{8}$ }
  http-request deny deny_status 400 unless { url_param(view) -m str full summary }
  http-request deny deny_status 400 unless { url_param(limit) -m int 1:100 }
  http-request del-header authorization
  default_backend orders
backend orders
  server orders ${new URL(upstream).host}
`,
  )
  return ['haproxy', '-db', '-f', file]
}
