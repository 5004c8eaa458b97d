import type { Code, JsonObject, Locator, Origin } from '../support/index.ts'

export type { JsonObject, JsonValue } from '../support/index.ts'

/** Why a `$ref` was not followed. */
export interface Refusal {
  readonly code: Code
  /** One sentence. */
  readonly message: string
  readonly remedy: string | null
}

/** One OpenAPI document, bundled: every `$ref` is `#/...` within `document`, or was refused. */
export interface SpecDocument {
  /** The service's key in the manifest. */
  readonly service: string
  /** The root file, relative to the manifest's folder. */
  readonly file: string
  /** `3.0`, `3.1`, `3.2`: the feature version. */
  readonly version: '3.0' | '3.1' | '3.2'
  readonly document: JsonObject
  /** The names in their files of component schemas that bundling renamed, by their names in `document`. */
  readonly renamed: ReadonlyMap<string, string>
  /** Where a node of `document` was written: by object identity, with the nearest known ancestor for scalars. */
  originOf(node: object): Origin | null
  /**
   * Why the `$ref` of this node was refused, although it may look like a pointer within the document; `null` if it was not refused.
   * Refused references stay as written, because one that no client reaches is not an error.
   */
  refusalOf(node: object): Refusal | null
}

/** The result of `read`: plain values, with the origins of their nodes. */
export interface Inputs {
  /** The manifest's file name, as displayed. */
  readonly manifestFile: string
  /** Absolute path of the manifest's folder. Emitted files contain no path below it. */
  readonly folder: string
  readonly manifest: JsonObject
  readonly specs: readonly SpecDocument[]
  /** sha256 (hex) of each file that was read, by its shown name. */
  readonly hashes: Readonly<Record<string, string>>
  /** The real path of each absolute path that was looked up while reading; `null`: it does not exist. */
  readonly asked: ReadonlyMap<string, string | null>
  readonly locator: Locator
}
