import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readSigningKeys } from '../../templates/runtime/credentials/signingKey.ts'
import { printJson } from './report.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface SecretOptions {
  /** `signing`: the private key of the credential `identity`. `pepper`: that of an authenticator of API keys. */
  readonly kind: 'signing' | 'pepper'
  readonly json: boolean
}

/** Makes a secret of a gateway, and prints it as the value of a variable. It is not stored. */
export async function secretCommand({ kind, json }: SecretOptions, terminal: Terminal): Promise<ExitCode> {
  const { value, what, more } = kind === 'signing' ? signingKey() : pepper()
  if (json) {
    printJson({ ok: true, value, ...more }, terminal)
    return 0
  }
  terminal.err(terminal.paint.dim(what))
  terminal.out(value)
  return 0
}

interface Secret {
  /** One line. */
  readonly value: string
  readonly what: string
  readonly more: { readonly kid?: string }
}

/** PKCS #8 PEM of a new EC P-256 key, with `\n` for its line breaks, which a gateway reads as such. */
function signingKey(): Secret {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const value = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    .trim()
    .replaceAll('\n', '\\n')
  const [{ kid }] = readSigningKeys(value) ?? [{ kid: '' }]
  const what = `The key, for the variable of \`identity.key\`. Its id in the gateway's JWKS is ${kid}. To exchange a key, see docs/operating.md:`
  return { value, what, more: { kid } }
}

/** 256 random bits. */
function pepper(): Secret {
  const what = 'The pepper, for the variable of `pepper`. Every record of an API key is made with it:'
  return { value: randomBytes(32).toString('hex'), what, more: {} }
}
