import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { EnvText, Service } from '../vocabulary.ts'

/** The client certificate for connections to a service: PEM, as options of `node:tls`. */
export interface ClientCertificate {
  readonly cert: Buffer
  readonly key: Buffer
  /** Certificate authorities that are trusted instead of the built-in ones. */
  readonly ca?: Buffer
}

/**
 * Reads a service's certificate, key and authority from their files; `null`: not configured, or refused. Files that cannot be
 * read, are not PEM, or do not match are refused through `environment`. `name` is the service's name.
 */
export function readTls(name: string, service: Service, environment: Environment): ClientCertificate | null {
  if (service.tls === null) return null
  const { tls } = service
  const read = (setting: EnvText, what: string): Buffer | null => {
    const use = `service ${name}: the ${what}`
    const path = requiredText(environment, setting, use)
    if (path === '') return null
    try {
      return readFileSync(path)
    } catch {
      environment.refuse(`${use} (${setting}) cannot be read`)
      return null
    }
  }
  const cert = read(tls.cert, 'client certificate')
  const key = read(tls.key, 'key of the client certificate')
  const ca = tls.ca === null ? undefined : read(tls.ca, 'certificate authority')
  if (cert === null || key === null || ca === null) return null
  const fault = faultOf(cert, key, ca)
  if (fault !== null) {
    environment.refuse(`service ${name}: ${fault}`)
    return null
  }
  return ca === undefined ? { cert, key } : { cert, key, ca }
}

function faultOf(cert: Buffer, key: Buffer, ca: Buffer | undefined): string | null {
  try {
    const certificate = new X509Certificate(cert)
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'the key is not that of the client certificate'
    if (ca !== undefined) new X509Certificate(ca)
    return null
  } catch {
    return 'the client certificate, its key or the certificate authority is not PEM'
  }
}
