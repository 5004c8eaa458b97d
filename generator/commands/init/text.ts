import { Document, type ToStringOptions, visit } from 'yaml'
import type { JsonValue } from '../../read/types.ts'
import { revealed, visible } from '../../support/index.ts'

// Pieces of a manifest as text.

const layout = { lineWidth: 0, blockQuote: false, singleQuote: true } as const

export function flow(value: JsonValue): string {
  return printed(new Document(value), { collectionStyle: 'flow' })
}

export function scalar(text: string): string {
  return printed(new Document(text), {})
}

/** Invisible characters are escaped. YAML has escapes in double-quoted strings only (YAML 1.2.2 section 5.7). */
export function printed(document: Document, options: ToStringOptions): string {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && revealed(node.value) !== node.value) node.type = 'QUOTE_DOUBLE'
    },
  })
  return revealed(document.toString({ ...layout, ...options }).trimEnd())
}

/**
 * A line with its open questions as a comment. `matters`: whether something that is exposed depends on the answers. If
 * not, they are not counted as open.
 */
export function decided(line: string, decisions: readonly string[], matters = true): string {
  const mark = matters ? 'DECIDE:' : 'Once an operation is exposed:'
  return decisions.length === 0 ? line : `${line} # ${mark} ${decisions.map(remark).join('; ')}`
}

/**
 * Text of a document for a comment: one line of at most 200 characters, without characters that hide or reorder text.
 */
export function remark(text: string): string {
  const line = visible(text)
    .replace(/[\s\ufffd]+/g, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}

/** Lines of several blocks, with an empty line between two. */
export function blocks(all: readonly (readonly string[])[]): readonly string[] {
  return all.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}
