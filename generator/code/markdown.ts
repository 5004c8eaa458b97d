import { oneLine } from './characters.ts'
import { Code } from './code.ts'

/**
 * Markdown (CommonMark with GitHub's tables) that displays `text` literally: no markup, link, image, HTML or table cell. One
 * line, which must not be placed at the start of a line, where it could begin a list or a heading.
 */
export function markdown(text: string): Code {
  return new Code(plain(text).trim())
}

/** A code span. Text that a code span in a table cannot contain is written as entities, which are never markup (CommonMark 6.2). */
export function code(text: string): Code {
  const line = oneLine(text).trim()
  if (line !== '' && !/[`|\\]/.test(line)) return new Code(`\`${line}\``)
  return new Code(`<code>${line.replace(/[^A-Za-z0-9 ]/g, (mark) => `&#${mark.codePointAt(0)};`)}</code>`)
}

/** `markdown`, with text between a pair of backticks as a code span. */
export function prose(text: string): Code {
  const parts = oneLine(text).split('`')
  if (parts.length % 2 === 0) return markdown(text)
  return new Code(parts.map((part, index) => (index % 2 === 0 ? plain(part) : String(code(part)))).join(''))
}

/** Joins code. `separator` must not contain text of an input. */
export function joined(parts: readonly Code[], separator: string): Code {
  return new Code(parts.map(String).join(separator))
}

function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*{}[\]<>|~&!#$_]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/(?<=www)\./gi, '\\.')
    .replace(/@/g, '\\@')
    .replace(/(?<=[A-Za-z0-9])\\_(?=[A-Za-z0-9])/g, '_')
}
