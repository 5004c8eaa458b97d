import { resolve } from 'node:path'
import type { Note } from '../diff/index.ts'
import { visible } from '../support/index.ts'
import { existing } from '../write/index.ts'
import type { ClientSince } from './base.ts'
import { nameFrom } from './report.ts'

interface Places {
  /** Absolute. */
  readonly out: string
  /** From `cwd`. */
  readonly manifest: string
  readonly cwd: string
}

/** The most annotations; GitHub shows ten of a step and counts the rest. */
const most = 50

/**
 * Workflow commands of GitHub, one for each widening and each change of a contract, which show it in the changed files of a pull
 * request (docs.github.com, "Workflow commands for GitHub Actions").
 */
export function annotations(clients: readonly ClientSince[], places: Places): readonly string[] {
  const found = clients.flatMap((client) =>
    client.notes.filter(({ effect }) => effect !== 'other').map((note) => ({ client, note })),
  )
  const ordered = [...found].sort((a, b) => rank(a.note) - rank(b.note))
  return ordered.slice(0, most).map(({ client, note }) => {
    const { file, line } = placeOf(client, note, places)
    const properties = { file, line: String(line), title: `${client.id}: ${note.kind}` }
    const written = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
    return `::warning ${written.join(',')}::${data(`${note.subject}: ${note.what}`)}`
  })
}

function rank({ effect }: Note): number {
  return effect === 'widening' ? 0 : 1
}

/** The line of ACCESS.md that shows the route or setting; of a gateway that is gone, the manifest. */
function placeOf(
  { id, kind }: ClientSince,
  { subject }: Note,
  { out, manifest, cwd }: Places,
): { readonly file: string; readonly line: number } {
  if (kind === 'gone') return { file: manifest, line: 1 }
  const path = `${id}/ACCESS.md`
  const lines = (existing(out, path) ?? '').split('\n')
  const row = lines.findIndex((line) => line.startsWith(`| \`${subject}\` |`))
  const section = lines.indexOf('## Who is believed')
  const index = /^[A-Z]+ \//.test(subject) ? row : section
  return { file: nameFrom(cwd, resolve(out, path)), line: Math.max(index, 0) + 1 }
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
