import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shellQuoted } from '../support/index.ts'

/** A shell variable with a credential of a development user. */
export interface CredentialVariable {
  readonly name: string
  readonly value: string
}

/** The file of shell variables that `dev` writes below the working directory, for pasted commands. */
export const credentialFile = '.gatewright/dev.env'

/**
 * Writes the file so that only its owner can read it (mode 0600), in a folder that git ignores. Replaces an existing file.
 * Returns the function that removes it.
 */
export function writeCredentialFile(cwd: string, variables: readonly CredentialVariable[]): () => void {
  const folder = join(cwd, '.gatewright')
  const file = join(cwd, credentialFile)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  replace(join(folder, '.gitignore'), '*\n')
  const lines = variables.map(({ name, value }) => `${name}=${shellQuoted(value)}`)
  replace(
    file,
    `# Credentials of development users, valid until \`gatewright dev\` ends: . ${credentialFile}\n${lines.join('\n')}\n`,
  )
  return () => rmSync(file, { force: true })
}

/** The new file is made beside the old one, so that a link or a readable file in its place is not written to. */
function replace(path: string, text: string): void {
  const made = `${path}.${randomUUID()}`
  writeFileSync(made, text, { mode: 0o600, flag: 'wx' })
  renameSync(made, path)
}
