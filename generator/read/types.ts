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
  /** Every file that it was made of: the root file, overlays, and files that `$ref`s lead to. By name, sorted. */
  readonly files: readonly string[]
  /** `3.0`, `3.1`, `3.2`: the feature version. */
  readonly version: '3.0' | '3.1' | '3.2'
  readonly document: JsonObject
  /** Where a node of `document` was written: by object identity, with the nearest known ancestor for scalars. */
  originOf(node: object): Origin | null
  /**
   * Why the `$ref` that this node holds leads nowhere, although it may look as if it did; `null` when reading has nothing against it.
   * Refused references stay as they were written: what no client reaches does no harm.
   */
  refusalOf(node: object): Refusal | null
}

/** What `read` hands on: plain values whose nodes know where they were written. */
export interface Inputs {
  /** The manifest's file name, as shown to people. */
  readonly manifestFile: string
  /** Absolute folder of the manifest; nothing below it appears in an emitted file. */
  readonly folder: string
  readonly manifest: JsonObject
  readonly specs: readonly SpecDocument[]
  /** sha256 (hex) of each file that was read, by its shown name. */
  readonly hashes: Readonly<Record<string, string>>
  /** By absolute path as it was asked for while reading, the real path that it led to; `null`: there was nothing. */
  readonly asked: ReadonlyMap<string, string | null>
  readonly locator: Locator
}
