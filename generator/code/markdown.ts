import { oneLine } from './characters.ts'
import { Code } from './code.ts'

/**
 * Markdown (CommonMark with GitHub's tables) that shows `text` as it is: no markup, link, image, HTML or new cell. One line,
 * but not to start one with: a list or a heading may begin there.
 */
export function markdown(text: string): Code {
  return new Code(plain(text).trim())
}

/** A code span. Text that a span inside a table cannot hold becomes entities, which cannot be markup (CommonMark 6.2). */
export function code(text: string): Code {
  const line = oneLine(text).trim()
  if (line !== '' && !/[`|\\]/.test(line)) return new Code(`\`${line}\``)
  return new Code(`<code>${line.replace(/[^A-Za-z0-9 ]/g, (mark) => `&#${mark.codePointAt(0)};`)}</code>`)
}

/** `markdown`, where what stands between a pair of backticks is a code span. */
export function prose(text: string): Code {
  const parts = oneLine(text).split('`')
  if (parts.length % 2 === 0) return markdown(text)
  return new Code(parts.map((part, index) => (index % 2 === 0 ? plain(part) : String(code(part)))).join(''))
}

/** Code of other makers with words between them, which are ours. */
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
