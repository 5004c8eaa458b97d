import type { Typing } from '../parameters/index.ts'
import { type CompiledSchemas, type Node, reach, stringFormats, textAt } from '../schema/index.ts'
import type { Schema } from '../vocabulary.ts'

/**
 * Reads a file of a form as the value that is checked: a text of one character per byte, so that limits of length count bytes.
 * `member`: of the form, which is the file or a list that has it.
 */
export type FileReader = (member: Typing, content: Buffer) => string

/** Keywords that do not look into a form's members. */
const ofForm = ['$ref', 'type', 'properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties']
/** Keywords that look at the length of a file, or at the number of files, only. */
const ofMember = [
  '$ref',
  'type',
  'format',
  'minLength',
  'maxLength',
  'contentMediaType',
  'contentEncoding',
  'items',
  'minItems',
  'maxItems',
]

/**
 * Makes the reader of files. Where the schema looks at the length only, the text is one repeated character: JavaScript engines keep that
 * as the character and its number, while the bytes as a text are a second copy of the file. Where the form, the list or the file has any
 * other keyword, the text is the bytes.
 */
export function createFileReader(form: Schema, schemas: CompiledSchemas): FileReader {
  const hasOnly = (schema: Schema, keywords: ReadonlySet<string>): boolean =>
    reach(schemas.table, [schema]).every((node) => isOf(node, keywords))
  const isPlain = hasOnly(form, new Set(ofForm))
  const keywords = new Set(ofMember)
  const counted = new WeakMap<Typing, boolean>()
  const isCounted = (member: Typing): boolean => {
    const known = counted.get(member)
    if (known !== undefined) return known
    const found = hasOnly(member.schema, keywords) && hasOnly(member.item(0).schema, keywords)
    counted.set(member, found)
    return found
  }
  return (member, content) => (isPlain && isCounted(member) ? '\0'.repeat(content.length) : content.toString('latin1'))
}

function isOf(node: Node, keywords: ReadonlySet<string>): boolean {
  return Object.keys(node).every((name) => keywords.has(name)) && !stringFormats.has(textAt(node, 'format') ?? '')
}
