import { basename, dirname } from 'node:path'

/** File names that say what a file is, and not of which service. */
const generic = /^(?:(?:open)?api|openapi\d*|swagger|spec\d*|schema|index|main|root)$/

/**
 * Ids of services from the files of their documents: the file's name, or its folder's where files are called `openapi.yaml`. The
 * folder goes in front where two would be the same, and a number behind where that does not help.
 */
export function serviceIds(files: readonly string[]): readonly string[] {
  const names = files.map(nameOf)
  const taken = new Set<string>()
  return files.map((file, index) => {
    const name = names[index] ?? 'service'
    const alone = names.filter((other) => other === name).length === 1
    const id = free(alone ? name : identifier(`${basename(dirname(file))}-${name}`, name), taken)
    taken.add(id)
    return id
  })
}

function nameOf(file: string): string {
  const stem = basename(file)
    .replace(/\.(?:ya?ml|json)$/i, '')
    .replace(/[._-]openapi$/i, '')
  const name = identifier(stem, '')
  return name !== '' && !generic.test(name) ? name : identifier(basename(dirname(file)), name === '' ? 'service' : name)
}

function free(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, id = name; ; number++) {
    if (!taken.has(id)) return id
    id = `${name.slice(0, 60)}-${number}`
  }
}

/** Text as an id of the manifest (`^[a-z][a-z0-9-]{0,63}$`), or `otherwise` where nothing is left of it. */
export function identifier(text: string, otherwise: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (words === '') return otherwise
  // Folders are named after ids, and these names are devices on Windows.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(words) ? `${words}-service` : words
  return (/^[a-z]/.test(safe) ? safe : `api-${safe}`).slice(0, 64).replace(/-+$/, '')
}
