import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { Dialogue } from '../../../../generator/commands/terminal.ts'

/** Somebody at a terminal. */
export interface Person extends Dialogue {
  /** The questions that were asked, in order. */
  readonly asked: readonly string[]
  /** The keys that were pressed. An arrow is one key. */
  readonly keys: number
  /** All that was shown, without control sequences. */
  readonly shown: string
}

export const down = '\u001b[B'
export const enter = '\r'

/**
 * Answers each question when it is asked, and again when its answer is refused, with the next keys of its list. Keys of `answers` are beginnings of questions; other
 * questions, and those whose list is empty, are answered with Enter.
 */
export function person(answers: Readonly<Record<string, readonly string[]>> = {}): Person {
  const input = new PassThrough()
  // Each question ends its output stream; a terminal ignores that.
  const output = Object.assign(new PassThrough(), { end: () => output })
  const left = new Map(Object.entries(answers).map(([question, keys]) => [question, [...keys]]))
  const asked: string[] = []
  let shown = ''
  let keys = 0
  let open: string | null = null
  let wasRefused = false
  output.on('data', (chunk: Buffer) => {
    const text = stripVTControlCharacters(chunk.toString())
    shown += text
    const [, question] = /(?:^|\n)\? (.+?[?:])(?= |\n|$)/.exec(text) ?? []
    // An answered question begins with a check mark, and an explanation with spaces. A question is drawn again for each key.
    if (question === undefined) {
      if (/^(?:✔| {2})/.test(text)) open = null
      return
    }
    const refused = /\n> /.test(text)
    if (question === open && (!refused || wasRefused)) {
      wasRefused = refused
      return
    }
    wasRefused = refused
    if (question !== open) asked.push(question)
    open = question
    const list = [...left].find(([start]) => question.startsWith(start))?.[1]
    const answer = list?.shift() ?? enter
    keys += answer.replaceAll(down, '.').length
    setImmediate(() => input.write(answer))
  })
  return {
    input,
    output,
    asked,
    get keys() {
      return keys
    },
    get shown() {
      return shown
    },
  }
}
