import { checkbox, input, select } from '@inquirer/prompts'
import { printable, visible } from '../../support/index.ts'
import type { Dialogue } from '../terminal.ts'

interface Question {
  readonly message: string
  /** Shown for the answer `?`. The question is asked again afterwards. */
  readonly explanation: string
}

interface Choice<Value> {
  readonly value: Value
  readonly name: string
  /** Shown as the answer in place of the name. */
  readonly short?: string
}

/** Questions on a terminal, each with a default and an explanation. They reject with an `ExitPromptError` on Ctrl+C. */
export interface Prompts {
  /** `fault`: what is wrong with an answer, which is then asked for again; `null`: nothing. */
  text(question: Question & { readonly proposal: string; fault(answer: string): string | null }): Promise<string>
  one<Value>(
    question: Question & { readonly choices: readonly Choice<Value>[]; readonly proposal: Value },
  ): Promise<Value>
  /** At least one. */
  several<Value>(
    question: Question & { readonly choices: readonly (Choice<Value> & { readonly checked: boolean })[] },
  ): Promise<readonly Value[]>
  tell(lines: readonly string[]): void
}

const help = '?'
const pageSize = 15

export function createPrompts(dialogue: Dialogue): Prompts {
  const tell = (lines: readonly string[]): void => {
    dialogue.output.write(`${printable(lines.map((line) => `  ${line}`).join('\n'))}\n`)
  }

  /** Asks until the answer is not the key `?`, which `ask` would ignore. */
  async function explained<Value>(
    explanation: string,
    ask: (context: Dialogue & { readonly signal: AbortSignal }) => Promise<Value>,
  ): Promise<Value> {
    for (;;) {
      const stop = new AbortController()
      const onKey = (key: string | undefined): void => {
        if (key === help) stop.abort()
      }
      dialogue.input.on('keypress', onKey)
      try {
        return await ask({ ...dialogue, signal: stop.signal })
      } catch (error) {
        if (!stop.signal.aborted || !(error instanceof Error) || error.name !== 'AbortPromptError') throw error
      } finally {
        dialogue.input.removeListener('keypress', onKey)
      }
      tell(explanation.split('\n'))
    }
  }

  return {
    async text({ message, explanation, proposal, fault }) {
      for (;;) {
        const answer = await input(
          {
            message,
            ...(proposal === '' ? {} : { default: proposal }),
            validate: (text) => text.trim() === help || (fault(text.trim()) ?? true),
          },
          dialogue,
        )
        if (answer.trim() !== help) return answer.trim()
        tell(explanation.split('\n'))
      }
    },
    one: ({ message, explanation, choices, proposal }) =>
      explained(explanation, (context) =>
        select({ message, choices: shown(choices), default: proposal, pageSize, theme }, context),
      ),
    several: ({ message, explanation, choices }) =>
      explained(explanation, (context) =>
        checkbox({ message, choices: shown(choices), required: true, pageSize, theme }, context),
      ),
    tell,
  }
}

/** Names may be those of files. */
function shown<One extends Choice<unknown>>(choices: readonly One[]): One[] {
  return choices.map((choice) => ({ ...choice, name: visible(choice.name) }))
}

const theme = {
  style: {
    keysHelpTip: (keys: readonly [key: string, action: string][]): string =>
      [...keys, [help, 'explain']].map(([key, action]) => `${key} ${action}`).join(' • '),
  },
}
