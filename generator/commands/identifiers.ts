import { basename, dirname } from 'node:path'

/** File names that do not name a service. */
const generic = /^(?:(?:open)?api|openapi\d*|swagger|spec\d*|schema|index|main|root)$/

/**
 * Ids of services from the paths of their documents: the name of the file, or of its folder if the file has a generic
 * name such as `openapi.yaml`. Equal ids get the folder's name as a prefix, and after that a number.
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

/** The name, of at most 64 characters, with a number if it is taken. */
export function free(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, id = name.slice(0, 64); ; number++) {
    if (!taken.has(id)) return id
    id = `${name.slice(0, 60)}-${number}`
  }
}

/** Text as an id of the manifest (`^[a-z][a-z0-9-]{0,63}$`), or `otherwise` if no characters are left. */
export function identifier(text: string, otherwise: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (words === '') return otherwise
  // Folders are named after ids, and these are names of devices on Windows.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(words) ? `${words}-service` : words
  return (/^[a-z]/.test(safe) ? safe : `api-${safe}`).slice(0, 64).replace(/-+$/, '')
}
