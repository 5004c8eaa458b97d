/** One file of an emitted gateway, in memory. */
export interface GeneratedFile {
  /** Relative to the output folder, with forward slashes: `web/src/gateway/routes.ts`. */
  readonly path: string
  readonly contents: string
  /** `once`: created if absent, and never changed again. `generated`: owned by the generator. */
  readonly ownership: 'generated' | 'once'
}
