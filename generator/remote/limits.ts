/** Limits of downloads. A download beyond a limit is refused, never truncated. */
export interface DownloadLimits {
  /** Bytes of one file, decompressed. */
  readonly fileBytes: number
  /** Bytes of all files of a document. */
  readonly documentBytes: number
  /** Files of a document. */
  readonly files: number
  /** Redirects of one request. */
  readonly redirects: number
  /** Milliseconds for one file, redirects included. */
  readonly fileTime: number
  /** Milliseconds for a document with all its files. */
  readonly documentTime: number
}

/** The sizes are those that `generate` reads. */
export const downloadLimits: DownloadLimits = {
  fileBytes: 20_000_000,
  documentBytes: 60_000_000,
  files: 2_000,
  redirects: 5,
  fileTime: 30_000,
  documentTime: 300_000,
}
