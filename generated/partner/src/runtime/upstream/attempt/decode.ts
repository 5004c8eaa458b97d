import { brotliDecompress, gunzip, inflate } from 'node:zlib'

const decoders: ReadonlyMap<string, typeof gunzip> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
])

/** Whether a `Content-Encoding` means that the body is not encoded. */
export function isPlain(encoding: string | string[] | undefined): boolean {
  return encoding === undefined || encoding === '' || encoding === 'identity'
}

/** Whether a body with this encoding may be forwarded to a client that accepts it: one layer of a registered coding. */
export function isPassable(encoding: string | string[] | undefined): boolean {
  return (
    isPlain(encoding) || (typeof encoding === 'string' && (encoding === 'zstd' || decoders.has(encoding.toLowerCase())))
  )
}

/**
 * Decodes a body that is encoded although `identity` was requested. One layer, and at most `cap` bytes of output: 77 bytes of
 * brotli can decode to 50 MB (rule P8). `null`: it cannot be decoded within that.
 */
export function decodeBody(
  bytes: Buffer,
  encoding: string | string[] | undefined,
  cap: number,
  done: (plain: Buffer | null) => void,
): void {
  const decode = typeof encoding === 'string' ? decoders.get(encoding.trim().toLowerCase()) : undefined
  if (decode === undefined) {
    done(null)
    return
  }
  decode(bytes, { maxOutputLength: cap }, (error, plain) => {
    done(error === null ? plain : null)
  })
}
