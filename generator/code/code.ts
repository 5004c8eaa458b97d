/**
 * Text that may be placed into a template. Only the makers of this folder construct it, so a string of a specification cannot
 * reach an emitted file without having been made safe for its place.
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
