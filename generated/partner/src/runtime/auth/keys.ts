import { createHmac, randomBytes } from 'node:crypto'

/** The parts of an API key as sent in a request. */
export interface ApiKey {
  readonly id: string
  readonly secret: string
}

/** `<prefix>_<id>_<secret>`: only the secret, at least 32 characters, may contain underscores (rule K1). */
const form = /^[A-Za-z0-9-]{1,32}_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{32,256})$/
const identifier = /^[A-Za-z0-9-]{1,64}$/

export function readKey(text: string): ApiKey | null {
  const [, id, secret] = form.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

/** Whether text may be the id of a key. */
export function isKeyId(text: string): boolean {
  return identifier.test(text)
}

/** The stored hash of a key: HMAC-SHA-256 of its secret under the pepper, as lower-case hexadecimal text. */
export function hashKey(pepper: string, secret: string): string {
  return createHmac('sha256', pepper).update(secret).digest('hex')
}

/**
 * Makes a key with a random id and a secret of 256 random bits. `prefix` identifies the owner of a leaked key. It must be 1 to 32
 * letters, digits or hyphens; otherwise a `RangeError` is thrown.
 */
export function createKey(prefix: string): ApiKey & { readonly text: string } {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(prefix)) throw new RangeError('a prefix is 1 to 32 letters, digits or hyphens')
  const id = randomBytes(8).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { id, secret, text: `${prefix}_${id}_${secret}` }
}
