import { createHash } from 'node:crypto'

/** Names that objects have without having them, so that a look-up by name could find something nobody wrote. */
const inherited: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
])

const plain = /^[A-Za-z0-9._-]{1,100}$/

/** What a made name ends with; a component whose own name ends so gets a made name too, and the two stay apart. */
const made = /-x[0-9a-f]{12}$/

/**
 * The name of a schema, which depends on nothing but where it stands: a component's own name, or else the legible part of its pointer
 * and a hash of all of it. No other schema's coming or going changes it.
 */
export function schemaName(segments: readonly string[]): string {
  const [root, kind, name] = segments
  const isComponent = segments.length === 3 && root === 'components' && kind === 'schemas'
  if (isComponent && name !== undefined && plain.test(name) && !inherited.has(name) && !made.test(name)) return name
  const legible = segments.slice(root === 'components' ? (kind === 'schemas' ? 2 : 1) : 0).join('.')
  const base = legible
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/_?\._?/g, '.')
    .replace(/^[._]+|[._]+$/g, '')
    .slice(0, 80)
  const hash = createHash('sha256').update(JSON.stringify(segments)).digest('hex').slice(0, 12)
  return `${base}-x${hash}`
}
