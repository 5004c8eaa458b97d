/** One file of an emitted gateway, in memory. */
export interface GeneratedFile {
  /** Relative to the output folder, with forward slashes: `web/src/gateway/routes.ts`. */
  readonly path: string
  readonly contents: string
  /** `once`: created when absent and never touched again (extensions); else owned by the generator. */
  readonly ownership: 'generated' | 'once'
}
