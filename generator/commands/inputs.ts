/** The manifests that are tried without `--manifest`. */
export const manifestNames = ['gateway.yaml', 'gateway.yml', 'specs/gateway.yaml', 'specs/gateway.yml'] as const

/** The options that most commands have, as typed. */
export interface Inputs {
  /** `null`: one of `manifestNames`, in the working directory. */
  readonly manifest: string | null
  /** Folder of the emitted gateways; `null`: the command has none. */
  readonly out: string | null
  /** Ids of clients; empty: all. */
  readonly clients: readonly string[]
  readonly skipUnsupported: boolean
  readonly json: boolean
  /** Print each diagnostic, also where several have one cause. */
  readonly verbose: boolean
}

/** Where gateways are without `--out`. */
export const usualOutput = 'generated'
