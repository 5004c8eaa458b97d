import { randomUUID } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blockedPorts } from '../dev/ports.ts'
import { shellQuoted } from '../support/index.ts'

/** A shell variable with a credential of a development user. */
export interface CredentialVariable {
  readonly name: string
  readonly value: string
}

/** A file of shell variables below the working directory, for pasted commands. */
export interface CredentialFile {
  /** From the working directory: `.gatewright/dev.env`. */
  readonly path: string
  /** Removes the file, unless it is no longer the one that was written. */
  remove(): void
}

const folderName = '.gatewright'

/**
 * Writes the file so that only its owner can read it (mode 0600), in a folder that git ignores. Replaces an existing file, except
 * that of another `dev` that runs: then the name has the port. Throws if the file cannot be written.
 *
 * @param page address of the page of `dev`
 */
export async function writeCredentialFile(
  cwd: string,
  page: string,
  variables: readonly CredentialVariable[],
): Promise<CredentialFile> {
  makeFolder(join(cwd, folderName))
  const { port } = new URL(page)
  const usual = `${folderName}/dev.env`
  const path = (await isOfAnother(join(cwd, usual), port)) ? `${folderName}/dev-${port}.env` : usual
  const file = join(cwd, path)
  const lines = variables.map(({ name, value }) => `${name}=${shellQuoted(value)}`)
  const text = `# Credentials of development users, valid until the \`gatewright dev\` of ${page} ends: . ${path}\n${lines.join('\n')}\n`
  replace(file, text)
  return {
    path,
    remove: () => {
      if (textOf(file) === text) rmSync(file, { force: true })
    },
  }
}

/** A link in place of the folder could lead anywhere. */
function makeFolder(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) mkdirSync(folder, { mode: 0o700 })
  else if (!found.isDirectory())
    throw new Error(`${folderName} is ${found.isSymbolicLink() ? 'a link' : 'a file'}, not a folder`)
  const ignore = join(folder, '.gitignore')
  if (lstatSync(ignore, { throwIfNoEntry: false }) === undefined) writeFileSync(ignore, '*\n', { flag: 'wx' })
}

/** Whether a file belongs to a `dev` with another port, which still runs. */
async function isOfAnother(file: string, port: string): Promise<boolean> {
  const [, other] = /^#.* of http:\/\/127\.0\.0\.1:(\d+) ends/.exec(textOf(file) ?? '') ?? []
  return other !== undefined && other !== port && (await blockedPorts([Number(other)])).length > 0
}

/** `null`: there is no such file. */
function textOf(file: string): string | null {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null
}

/** The new file is made beside the old one, so that a link or a readable file in its place is not written to. */
function replace(path: string, text: string): void {
  const made = `${path}.${randomUUID()}`
  try {
    writeFileSync(made, text, { mode: 0o600, flag: 'wx' })
    renameSync(made, path)
  } catch (error) {
    rmSync(made, { force: true })
    throw error
  }
}
