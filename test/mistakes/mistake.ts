/** Something that a user gets wrong: small edits of the files in `clinic.ts`, and the command that is run then. */
export interface Mistake {
  readonly what: string
  /** Texts of files, each of which occurs once, and what stands there instead. */
  readonly edits?: readonly Edit[]
  /** Files to add or to replace; a name that ends with `/` is a folder. */
  readonly files?: Readonly<Record<string, string>>
  /** Files to remove. */
  readonly without?: readonly string[]
  /** The arguments of `gatewright`; default: `lint`. */
  readonly args?: string
}

export type Edit = readonly [file: string, text: string, instead: string]

/** An edit of the manifest. */
export function manifest(text: string, instead: string): { readonly edits: readonly Edit[] } {
  return { edits: [['gateway.yaml', text, instead]] }
}

/** An edit of the document of `patients`. */
export function patients(text: string, instead: string): { readonly edits: readonly Edit[] } {
  return { edits: [['specs/patients.yaml', text, instead]] }
}
