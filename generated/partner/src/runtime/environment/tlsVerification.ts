/** Whether Node.js verifies the certificates of servers that the process connects to: it reads the variable at each connection. */
export function verifiesTls(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0'
}

export const tlsRefusal =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the verification of certificates: remove it and name private authorities in NODE_EXTRA_CA_CERTS, or write `unverifiedTls: allow` in the manifest'
