/** The manifests that are tried without `--manifest`. */
export const manifestNames = ['gateway.yaml', 'specs/gateway.yaml'] as const

/** The options that most commands have, as typed. */
export interface Inputs {
  /** `null`: one of `manifestNames`, in the working directory. */
  readonly manifest: string | null
  /** Folder of the emitted gateways. */
  readonly out: string
  /** Ids of clients; empty: all. */
  readonly clients: readonly string[]
  readonly skipUnsupported: boolean
  readonly json: boolean
  /** Print each diagnostic, also where several have one cause. */
  readonly verbose: boolean
}
