import { decodeBytes, decodePercent } from './percent.ts'

const plain = 1
const slash = 2
const percent = 3
const semicolon = 4
const dot = 5

/** Characters of a path (RFC 3986 section 3.3) by character code; 0: not allowed. */
const pathCharacters = new Uint8Array(256)
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@") {
  pathCharacters[character.charCodeAt(0)] = plain
}
pathCharacters[0x2f] = slash
pathCharacters[0x25] = percent
pathCharacters[0x3b] = semicolon
pathCharacters[0x2e] = dot

/** Escapes that a second decoding would turn into a dot, a slash, a backslash, a percent sign or a control character. */
const encodedTwice = /%(?:2[ef5]|5c|[01][0-9a-f]|7f)/i

/**
 * Whether an encoded path has exactly one interpretation: only the characters of RFC 3986, well-formed escapes of UTF-8, no empty
 * segment except the last, no dot segment, no encoded slash, backslash or control character, nothing encoded twice. `;` is
 * accepted here: the matched route decides whether it begins a matrix parameter. With `slashes` an encoded slash is accepted too, where the
 * pieces beside it are neither empty nor dot segments: some services split a value there. The matched route decides who may have one.
 */
export function isCleanPath(path: string, slashes: boolean = false): boolean {
  if (path.charCodeAt(0) !== 0x2f) return false
  /** `length`: characters of the segment so far. `dots`: the same number while all of them are dots, else -1. */
  let length = 0
  let dots = 0
  let twice = false
  let utf8 = false
  /** The last slash was an encoded one. */
  let split = false

  for (let i = 1; i < path.length; i++) {
    let kind = pathCharacters[path.charCodeAt(i)] ?? 0
    if (kind === plain) {
      length++
      dots = -1
      continue
    }
    if (kind === 0) return false
    if (kind === slash) {
      if (length === 0 || dots === 1 || dots === 2) return false
      length = 0
      dots = 0
      split = false
      continue
    }
    if (kind === percent) {
      if (!isHex(path.charCodeAt(i + 1)) || !isHex(path.charCodeAt(i + 2))) return false
      const code = Number.parseInt(path.slice(i + 1, i + 3), 16)
      if (slashes && code === 0x2f) {
        if (length === 0 || dots === 1 || dots === 2) return false
        length = 0
        dots = 0
        split = true
        i += 2
        continue
      }
      if (code < 0x20 || code === 0x2f || code === 0x5c || code === 0x7f) return false
      twice ||= code === 0x25
      utf8 ||= code > 0x7f
      kind = code === 0x2e ? dot : code === 0x3b ? semicolon : plain
      i += 2
    }
    if (kind === semicolon && (dots === 1 || dots === 2)) return false
    length++
    dots = kind === dot && dots >= 0 ? dots + 1 : -1
  }
  if (dots === 1 || dots === 2 || (split && length === 0)) return false
  return !(twice && encodedTwice.test(decodeBytes(path))) && !(utf8 && decodePercent(path) === null)
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)
}
