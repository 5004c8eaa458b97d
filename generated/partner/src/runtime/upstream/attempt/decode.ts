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

/** Bytes of output that are first made room for: that many times the input, and more. Few bodies of JSON decode to more. */
const likely = { times: 16, more: 1_024 } as const
/** How many times as much, if that was too little. */
const further = 8

/**
 * Decodes a body that is encoded although `identity` was requested. One layer, and at most `cap` bytes of output: 77 bytes of
 * brotli can decode to 50 MB (rule P8). `null`: it cannot be decoded within that. `claim` is asked for room before it is used; where
 * there is none nothing further is called.
 */
export function decodeBody(
  bytes: Buffer,
  encoding: string | string[] | undefined,
  cap: number,
  claim: (bytes: number) => boolean,
  done: (plain: Buffer | null) => void,
): void {
  const decode = typeof encoding === 'string' ? decoders.get(encoding.trim().toLowerCase()) : undefined
  if (decode === undefined) {
    done(null)
    return
  }
  const attempt = (room: number): void => {
    if (!claim(room)) return
    decode(bytes, { maxOutputLength: room }, (error, plain) => {
      if (error === null) done(plain)
      else if (room < cap && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        attempt(Math.min(room * further, cap))
      else done(null)
    })
  }
  attempt(Math.min(bytes.length * likely.times + likely.more, cap))
}
