/**
 * Text that may be inserted into a template. Only functions of this folder construct it, so every string of a spec is escaped
 * for its place before it reaches an emitted file.
 */
export class Code {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export function isCode(value: unknown): value is Code {
  return value instanceof Code
}
