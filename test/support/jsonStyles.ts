import { JsonNumber, type JsonValue } from '../../templates/runtime/json/index.ts'

/** Whole numbers from 0, below `below`: the same ones for the same seed. */
export type Choose = (below: number) => number

export function createChoose(seed: number): Choose {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const blanks = ['', '', ' ', '\n', '\t', '\r\n', '  \n\t ']
const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Values that no schema declares, as text. */
const others = [
  '"a \\"b\\" \\\\ \\/ \\u00e9 \\ud83d\\ude00 \\ud800"',
  '"é😀}],"',
  '9007199254740993',
  '-1.50e-7',
  '1e400',
  `${'['.repeat(63)}${']'.repeat(63)}`,
  `${'[{"a":'.repeat(40)}1${'}]'.repeat(40)}`,
  '{"id":{"id":[true,false,null]},"\\u0069d":"x"}',
  '[ ]',
  '{ }',
]
/** Values that are not JSON, or that some parsers accept. */
const broken = [
  '01',
  '-',
  '.5',
  '5.',
  '1e',
  '+1',
  'NaN',
  'tru',
  'nul',
  '"\\x"',
  '"\\u12g4"',
  '"\\u12"',
  '"\n"',
  '"\t"',
  '"',
  "'a'",
  '[1,]',
  '{"a":1,}',
  '{a:1}',
  '[',
  '{',
  '',
  '\u00a01',
  '1//',
]

export interface Style {
  /** White space between values, and escapes of characters that need none: 0 never, 4 always possible. */
  readonly blanks: number
  readonly escapes: number
  /** Members that are added or come twice, and values that are not JSON: one of so many; 0 never. */
  readonly added: number
  readonly twice: number
  readonly broken: number
}

export function styleOf(choose: Choose): Style {
  return {
    blanks: choose(5),
    escapes: choose(5),
    added: choose(2) * (2 + choose(4)),
    twice: choose(6) === 0 ? 5 : 0,
    broken: choose(6) === 0 ? 12 : 0,
  }
}

/** The JSON text of a value in one of many spellings. */
export function spell(value: JsonValue, style: Style, choose: Choose): string {
  const one = (of: readonly string[]): string => of[choose(of.length)] ?? ''
  const rarely = (of: number): boolean => of > 0 && choose(of) === 0
  const blank = (): string => (choose(4) < style.blanks ? one(blanks) : '')
  const unit = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

  const character = (char: string): string => {
    if (choose(8) < style.escapes)
      return short[char] ?? (choose(2) === 0 ? unit(char) : unit(char).replace('\\U', '\\u'))
    return char < ' ' || char === '"' || char === '\\' || /\p{Surrogate}/u.test(char) ? unit(char) : char
  }
  const text = (of: string): string =>
    `"${[...of].map((char) => (char.length === 2 && choose(8) < style.escapes ? char.split('').map(unit).join('') : char.length === 2 ? char : character(char))).join('')}"`

  const number = (of: number): string => {
    const plain = JSON.stringify(of)
    if (choose(4) > 0 || !/^-?\d+$/.test(plain)) return plain
    return one([`${plain}.0`, `${plain}e0`, `${plain}0E-1`, `${plain}.000000000000000000`])
  }
  const print = (of: JsonValue): string => {
    if (rarely(style.broken)) return one(broken)
    if (of instanceof JsonNumber) return of.text
    if (typeof of === 'string') return text(of)
    if (typeof of === 'number') return number(of)
    if (typeof of !== 'object' || of === null) return String(of)
    if (Array.isArray(of)) return `[${blank()}${of.map((item: JsonValue) => blank() + print(item) + blank()).join()}]`
    const members = Object.entries(of).flatMap(([name, inner]) => {
      const own: (readonly [string, string])[] = [[name, print(inner as JsonValue)]]
      if (rarely(style.added)) own.unshift([one(['undeclared', 'é', '__proto__', 'constructor', '', '"']), one(others)])
      if (rarely(style.added)) own.push([one(['x', 'undeclared', 'toString']), one(others)])
      if (rarely(style.twice)) own.push([name, choose(2) === 0 ? print(inner as JsonValue) : one(others)])
      return own
    })
    return `{${blank()}${members.map(([name, inner]) => `${blank()}${text(name)}${blank()}:${blank()}${inner}${blank()}`).join()}}`
  }
  return blank() + print(value) + blank()
}

/** Bytes of a text; some of them with a fault of encoding, or with a part that is missing or repeated. */
export function encode(text: string, choose: Choose): Buffer {
  const bytes = Buffer.from(text)
  const at = choose(bytes.length + 1)
  switch (choose(24)) {
    case 0:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])
    case 1:
      return bytes.subarray(0, at)
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([[0xff, 0xc0, 0x80, 0xed][choose(4)] ?? 0]),
        bytes.subarray(at),
      ])
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
    case 4:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from('{}[],:"\\0 \n\ufeff'.charAt(choose(13))),
        bytes.subarray(at),
      ])
    case 5:
      return Buffer.concat([bytes, Buffer.from([' x', '}', ']', ',', '\u0000', ' \n'][choose(6)] ?? '')])
    default:
      return bytes
  }
}
