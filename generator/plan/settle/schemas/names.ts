import { createHash } from 'node:crypto'

/** Names of inherited members of JavaScript objects: a look-up by such a name would find the inherited member. */
const inherited: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
])

const plain = /^[A-Za-z0-9._-]{1,100}$/

/**
 * The end of generated names. A component whose own name ends like this gets a generated name too, so the two cannot
 * collide.
 */
const made = /-x[0-9a-f]{12}$/

/**
 * The name of a schema, which depends only on its place: a component's own name, else the readable part of its pointer
 * and a hash of the whole pointer. Adding or removing other schemas does not change it.
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
