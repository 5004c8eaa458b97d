import { closest } from '../support/index.ts'

/**
 * What to write instead of the name of a file that cannot be read; `null`: nothing is near.
 *
 * @param name relative to the manifest's folder, with forward slashes
 * @param documents those that exist, in the same form
 * @param as the form in which a name is written
 */
export function suggestedFile(
  name: string,
  documents: readonly string[],
  as: (name: string) => string = (one) => one,
): string | null {
  const inside = documents.filter((one) => one.startsWith(`${name.replace(/\/$/, '')}/`))
  if (inside.length > 0) return `Name a file of this folder: ${listed(inside)}.`
  const base = baseOf(name)
  const sameName = documents.filter((one) => baseOf(one) === base)
  const sameStem = documents.filter((one) => stemOf(one) === stemOf(name))
  const [meant] = sameName.length > 0 ? sameName : sameStem.length > 0 ? sameStem : nearest(name, documents)
  return meant === undefined ? null : `Did you mean \`${as(meant)}\`?`
}

/** Files whose last part is near, its ending aside. */
function nearest(name: string, documents: readonly string[]): readonly string[] {
  const stem = closest(
    stemOf(baseOf(name)),
    documents.map((one) => stemOf(baseOf(one))),
  )
  return documents.filter((one) => stemOf(baseOf(one)) === stem)
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``)
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '')
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function stemOf(name: string): string {
  return name.replace(/\.[^./]*$/, '')
}
