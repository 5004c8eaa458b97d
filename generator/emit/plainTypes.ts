/**
 * Whether a text consists of declarations in the few forms that `syntax.ts` prints: interfaces and aliases of types made of literals,
 * keywords, objects, references, lists and unions. TypeScript parses each such text without errors as declarations of types (rule G1).
 * `false` says nothing: the text has another form, and TypeScript decides. This takes a tenth of TypeScript's time, and makes no tree.
 */
export function isPlainTypes(text: string): boolean {
  return new Reader(text).declarations()
}

/** Levels of objects, lists and parentheses. More would take too much of the stack. */
const deepest = 200

/**
 * JSON's escapes without a backslash before a line break; no character that ends a line for any reader. With more escapes TypeScript
 * decides, because each takes of the stack of regular expressions.
 */
const unescaped = String.raw`[^"\\\u0000-\u001f\u007f-\u009f\u2028\u2029]*`
const string = String.raw`"${unescaped}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${unescaped}){0,10000}"`
const number = String.raw`(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`
const own = String.raw`paths|webhooks|components|operations|\$defs|Recursive_\w+`

/** With `y` an expression matches at its `lastIndex` only. What may follow a name or a number is checked by the next step. */
const patterns = {
  interface: new RegExp(String.raw`(?:export )?interface (?:Open|${own}) \{`, 'y'),
  // No word of the language begins with a capital letter.
  alias: new RegExp(String.raw`(?:export )?type (?:${own}|[A-Z]\w*) = `, 'y'),
  // A name that is a modifier, such as `readonly`, is no modifier before `:` and `?`.
  member: new RegExp(
    String.raw`(?:readonly )?(?:[A-Za-z_$][\w$]*|${string}|${number})\??: |\[(?:name|key): string\]: `,
    'y',
  ),
  generic: /(?:Record|WithRequired|Readable|Writable|NonNullable|\$Read|\$Write)</y,
  simple: new RegExp(
    `string|number|boolean|unknown|never|null|undefined|true|false|any|${own}|${string}|-?${number}`,
    'y',
  ),
  between: / [|&] /y,
}

class Reader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  declarations(): boolean {
    for (;;) {
      if (!this.#blanks()) return false
      if (this.#at === this.#text.length) return true
      if (this.#takes(patterns.interface)) {
        if (!this.#members()) return false
      } else if (!this.#takes(patterns.alias) || !this.#type() || !this.#has(';')) return false
    }
  }

  /** Members up to the closing brace. */
  #members(): boolean {
    for (;;) {
      if (!this.#blanks()) return false
      if (this.#has('}')) return true
      if (!this.#takes(patterns.member) || !this.#type() || !this.#has(';')) return false
    }
  }

  #type(): boolean {
    if (++this.#depth > deepest) return false
    do if (!this.#operand()) return false
    while (this.#takes(patterns.between))
    this.#depth--
    return true
  }

  #operand(): boolean {
    if (!this.#primary()) return false
    // On a line of its own, `[` would begin a member.
    while (this.#has('[')) if (!this.#has(']') && !(this.#type() && this.#has(']'))) return false
    return true
  }

  #primary(): boolean {
    if (this.#has('{')) return this.#members()
    if (this.#has('(')) return this.#type() && this.#has(')')
    if (this.#has('[')) return this.#list(']')
    return this.#takes(patterns.generic) ? this.#list('>') : this.#takes(patterns.simple)
  }

  /** At least one type, up to the end of the list. */
  #list(end: string): boolean {
    do if (!this.#blanks() || !this.#type() || !this.#blanks()) return false
    while (this.#has(','))
    return this.#has(end)
  }

  /** Blanks, line feeds and comments. `false`: a comment does not end. */
  #blanks(): boolean {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit === 0x20 || unit === 0x0a) this.#at++
      else if (unit === 0x2f && this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2)
        if (end < 0) return false
        this.#at = end + 2
      } else return true
    }
  }

  #has(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #takes(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }
}
