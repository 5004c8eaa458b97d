import { brotliDecompress, gunzip, inflate } from 'node:zlib'

const decoders: ReadonlyMap<string, typeof gunzip> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
])

/** Whether a `Content-Encoding` says that the body is as it is. */
export function isPlain(encoding: string | string[] | undefined): boolean {
  return encoding === undefined || encoding === '' || encoding === 'identity'
}

/** Whether a body so encoded may be handed to a client that asked for it: one layer of a registered coding. */
export function isPassable(encoding: string | string[] | undefined): boolean {
  return (
    isPlain(encoding) || (typeof encoding === 'string' && (encoding === 'zstd' || decoders.has(encoding.toLowerCase())))
  )
}

/**
 * Decodes a body that was encoded although it was asked for plainly. One layer, and never more than `cap` bytes: 77 bytes of
 * brotli can be 50 MB (rule P8). `null`: it cannot be done.
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
