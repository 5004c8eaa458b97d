import { checkbox, input } from '@inquirer/prompts'
import type { Dialogue } from '../terminal.ts'
import { defaultClients, readClients } from './clients.ts'
import { identifier } from './identifiers.ts'

export interface Answers {
  readonly specs: readonly string[]
  readonly name: string
  readonly clients: readonly string[]
}

/**
 * Asks for what the command line did not set. `found`: documents to choose from. Returns `null` if the user cancels.
 */
export async function askQuestions(
  given: { readonly specs: readonly string[]; readonly name: string | null; readonly clients: readonly string[] },
  proposals: { readonly found: readonly string[]; readonly name: string },
  dialogue: Dialogue,
): Promise<Answers | null> {
  try {
    return {
      specs: given.specs.length > 0 ? given.specs : await askSpecs(proposals.found, dialogue),
      name: given.name ?? (await askName(proposals.name, dialogue)),
      clients: given.clients.length > 0 ? given.clients : await askClients(dialogue),
    }
  } catch (error) {
    // The library throws this on Ctrl+C.
    if (error instanceof Error && error.name === 'ExitPromptError') return null
    throw error
  }
}

async function askSpecs(found: readonly string[], dialogue: Dialogue): Promise<readonly string[]> {
  if (found.length > 0) {
    return checkbox(
      {
        message: 'Which documents describe your services?',
        choices: found.map((value) => ({ value, checked: true })),
        required: true,
        pageSize: 15,
      },
      dialogue,
    )
  }
  const text = await input(
    { message: 'OpenAPI documents of your services (files, separated by spaces):', required: true },
    dialogue,
  )
  return text.trim().split(/\s+/)
}

function askName(proposal: string, dialogue: Dialogue): Promise<string> {
  const validate = (text: string): boolean | string =>
    identifier(text, '') === text || 'Lower-case letters, digits and hyphens; a letter first.'
  return input({ message: 'Name of the system:', default: proposal, validate }, dialogue)
}

async function askClients(dialogue: Dialogue): Promise<readonly string[]> {
  const split = (text: string): readonly string[] => text.trim().split(/[\s,]+/)
  const text = await input(
    {
      message: 'Client types (NAME:jwt or NAME:api-key, :external for partners):',
      default: defaultClients.join(' '),
      validate: (answer) => readClients(split(answer)).faults[0]?.message ?? true,
    },
    dialogue,
  )
  return split(text)
}
