import {
  below,
  closest,
  type Diagnostics,
  type JsonObject,
  type JsonValue,
  type Origin,
  pointerSegments,
} from '../support/index.ts'
import type { StructureFinding } from './redocly.ts'
import { isReference } from './tree.ts'
import type { SpecDocument } from './types.ts'

/**
 * Reports where documents do not meet their version of OpenAPI, as Redocly's rule `struct` sees it. What `diagnostics` already has at
 * a place is not reported again.
 */
export async function checkStructure(specs: readonly SpecDocument[], diagnostics: Diagnostics): Promise<void> {
  const { structureFindings } = await import('./redocly.ts')
  // Services may share a document.
  const documents = new Map(specs.map((spec) => [spec.document, spec]))
  const isKnown = knownIn(diagnostics)
  for (const spec of documents.values()) {
    const { file, version } = spec
    try {
      for (const finding of await structureFindings(copied(spec), version)) {
        const { origin, parent, member } = placeOf(spec, finding)
        if (isKnown(origin, parent, member)) continue
        const message = `${file} does not meet OpenAPI ${version}: ${worded(finding.message)}.`
        const meant = finding.key ? closest(member, finding.suggestions) : null
        diagnostics.report({
          code: 'GW1113',
          message,
          origin,
          remedy: meant === null ? null : `Did you mean \`${meant}\`?`,
        })
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `${file} cannot be checked against OpenAPI ${version}: ${reason}.`
      diagnostics.report({ code: 'GW1113', message, origin: { file, pointer: '' } })
    }
  }
}

/** A copy for Redocly: integers of any size are numbers, and references that were refused lead nowhere. */
function copied({ document, refusalOf }: SpecDocument): unknown {
  const copies = new Map<object, unknown>()
  const copy = (node: JsonValue | bigint): unknown => {
    if (typeof node === 'bigint') return Number(node)
    if (typeof node !== 'object' || node === null) return node
    const known = copies.get(node)
    if (known !== undefined) return known
    const made = Array.isArray(node)
      ? node.map((item: JsonValue) => copy(item))
      : Object.fromEntries(Object.entries(node).map(([name, value]) => [name, copy(value)]))
    if (isReference(node) && refusalOf(node) !== null) Object.assign(made, { $ref: 'refused:' })
    copies.set(node, made)
    return made
  }
  return copy(document)
}

interface FindingPlace {
  readonly origin: Origin
  /** The object that the finding is about a member of; `null`: the finding is about the whole document. */
  readonly parent: Origin | null
  readonly member: string
}

function placeOf({ document, file, originOf }: SpecDocument, { pointer, key }: StructureFinding): FindingPlace {
  let node: JsonValue | undefined = document
  let origin: Origin = originOf(document) ?? { file, pointer: '' }
  let parent: Origin | null = null
  let member = ''
  for (const segment of pointerSegments(pointer)) {
    node = memberOf(node, segment)
    parent = origin
    member = segment
    origin = (typeof node === 'object' && node !== null ? originOf(node) : null) ?? below(origin, segment)
  }
  return { origin: key && pointer !== '' ? { ...origin, key } : origin, parent, member }
}

function memberOf(node: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return undefined
  return (node as JsonObject)[name]
}

/** Whether a diagnostic is at this place, or at the object above it and names the member. */
function knownIn({ all }: Diagnostics): (origin: Origin, parent: Origin | null, member: string) => boolean {
  const keyOf = ({ file, pointer }: Origin): string => `${file}#${pointer}`
  const messages = new Map<string, string>()
  for (const { origin, message } of all) {
    if (origin !== null) messages.set(keyOf(origin), `${messages.get(keyOf(origin)) ?? ''}\n${message}`)
  }
  return (origin, parent, member) =>
    messages.has(keyOf(origin)) || (parent !== null && messages.get(keyOf(parent))?.includes(`\`${member}\``) === true)
}

const words: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [/^The field `(.+)` must be present on this level\.$/s, (name) => `\`${name}\` is missing`],
  [/^The field `(.+)` is not allowed here\.$/s, (name) => `\`${name}\` is not allowed beside the other members`],
  [/^Property `(.+)` is not expected here\.$/s, (name) => `\`${name}\` is not a member of this object`],
  [/^Must contain at least one of the following fields: (.+)\.$/s, (names) => `it needs one of ${names}`],
  [/^Expected type `.+` \((.+)\) but got `(.+)`\.?$/s, (wanted, found) => `${a(wanted)} is expected, not ${a(found)}`],
  [/^Expected type `(.+)` but got `(.+)`\.?$/s, (wanted, found) => `${a(wanted)} is expected, not ${a(found)}`],
  [/^`(.+)` can be one of the following only: (.+)\.$/s, (name, values) => `\`${name}\` must be one of ${values}`],
  [
    /^The value of the (.+) field must be greater than or equal to (.+)$/s,
    (name, least) => `\`${name}\` must be at least ${least}`,
  ],
]

/** Redocly's sentence in our words, without a full stop. */
function worded(message: string): string {
  for (const [pattern, say] of words) {
    const [, ...found] = pattern.exec(message) ?? []
    if (found.length > 0) return say(...found)
  }
  return message.replace(/\.$/, '')
}

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'an integer',
  null: '`null`',
  number: 'a number',
  object: 'an object',
  string: 'a text',
  undefined: 'nothing',
}

function a(type = ''): string {
  return nouns[type] ?? `\`${type}\``
}
