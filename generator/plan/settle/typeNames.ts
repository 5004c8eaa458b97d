import { createHash } from 'node:crypto'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { groupedBy, sortedBy } from '../../support/index.ts'
import type { NamedType, TypeSource } from '../types.ts'
import { spread } from './openapi/direction.ts'
import { referredName } from './schemas/references.ts'
import { isList, isObject, isText, listOf, member } from './schemas/values.ts'

/** What a schema is used for: answers, or requests by what their method does. */
type Use = 'answer' | 'create' | 'update' | 'input'

/** The ends of the names of what is sent, where answers have other members. */
const suffixes = { create: 'Create', update: 'Update', input: 'Input' } as const

const uses: Readonly<Record<string, Use>> = { post: 'create', put: 'update', patch: 'update' }

/** Names of types that `client.d.ts` needs itself, or that JavaScript and TypeScript have everywhere. */
const taken: ReadonlySet<string> = new Set([
  ...['Open', 'Readable', 'Writable', 'WithRequired'],
  ...['Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object'],
  ...['Promise', 'Proxy', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'WeakMap', 'WeakRef', 'WeakSet'],
  ...['Awaited', 'Capitalize', 'Exclude', 'Extract', 'InstanceType', 'NoInfer', 'NonNullable', 'Omit', 'Parameters'],
  ...['Partial', 'Pick', 'Readonly', 'Record', 'Required', 'ReturnType', 'ThisType'],
])

/** A type before its name is decided. */
interface Candidate {
  readonly source: TypeSource
  /** What it is named after: a schema or an operation, as the contract names it. */
  readonly origin: string
  /** From the shortest name to one that no other type has. */
  readonly names: readonly string[]
}

/**
 * Names for the schemas of a contract, for use in a client's own code: `Patient` for `clinic.Patient`. Where requests and
 * answers have different members, `Patient` is what answers contain, and `PatientCreate` (POST), `PatientUpdate` (PUT,
 * PATCH) or `PatientInput` (others) what is sent. A name that several schemas would have has the service's name before
 * it, in all of them; if that does not tell them apart either, they are spelled as the schema is, and at last have a hash. So the
 * order of services and schemas does not change a name, and a name never becomes that of another type when a schema is added. Objects without a name, as bodies with bound members are, are named by
 * their operation: `BookAppointmentBody`, `ListAppointmentsAnswer`. Those of one service follow each other, in code-unit order of names: branches that
 * change two services do not conflict.
 */
export function typeNames(contract: JsonObject): readonly NamedType[] {
  const schemas = membersOf(membersOf(contract, 'components'), 'schemas')
  const used = usesIn(contract, schemas)
  const differing = differingIn(schemas)
  const found: Candidate[] = []
  for (const schema of Object.keys(schemas)) {
    const of = used.get(schema) ?? new Set<Use>()
    const differs = differing.has(schema)
    const answers = of.has('answer') || of.size === 0
    found.push(
      candidate(schema, '', { kind: 'schema', schema, members: differs ? (answers ? 'answer' : 'request') : 'all' }),
    )
    if (!differs || !answers) continue
    for (const use of ['create', 'update', 'input'] as const)
      if (of.has(use)) found.push(candidate(schema, suffixes[use], { kind: 'schema', schema, members: 'request' }))
  }
  return sortedBy(
    named([...found, ...unnamedIn(contract)], taken),
    ({ name, source }) => `${serviceOf(source)} ${name}`,
  )
}

/** The beginning of a name of the contract, which is that of its service. */
function serviceOf(source: TypeSource): string {
  const origin = source.kind === 'schema' ? source.schema : source.operation
  return origin.split('.', 1)[0] ?? ''
}

/** `origin`: a name of the contract, which begins with that of its service. */
function candidate(origin: string, suffix: string, source: TypeSource): Candidate {
  const at = origin.indexOf('.')
  // Schemas without a name of their own end with a hash.
  const short = pascal(origin.slice(at + 1).replace(/-x[0-9a-f]{12}$/, '')) + suffix
  const long = pascal(origin.slice(0, at)) + short
  const hash = createHash('sha256').update(origin).digest('hex').slice(0, 8)
  const isShort = /^[A-Z]/.test(short) && !origin.startsWith('gatewright.')
  const spelled = `${pascal(origin.slice(0, at))}_${origin.slice(at + 1).replace(/[^A-Za-z0-9]+/g, '_')}${suffix === '' ? '' : `_${suffix}`}`
  return { source, origin, names: [...(isShort ? [short] : []), long, spelled, `${long}_${hash}`] }
}

/** The bodies, and the answers of the first success, that are objects without a name. */
function unnamedIn(contract: JsonObject): readonly Candidate[] {
  return operationsIn(contract).flatMap(([, operation]) => {
    const id = member(operation, 'operationId')
    if (!isText(id)) return []
    const body = unnamedContent(membersOf(operation, 'requestBody'))
    const responses = membersOf(operation, 'responses')
    const status = Object.keys(responses).find((one) => /^2(\d\d|XX)$/.test(one)) ?? ''
    const answer = unnamedContent(membersOf(responses, status))
    return [
      ...(body === null ? [] : [candidate(id, 'Body', { kind: 'body', operation: id, mediaType: body })]),
      ...(answer === null
        ? []
        : [candidate(id, 'Answer', { kind: 'answer', operation: id, mediaType: answer, status })]),
    ]
  })
}

/** The first media type whose schema is an object without a name. */
function unnamedContent(described: JsonObject): string | null {
  const found = Object.entries(membersOf(described, 'content')).find(([, media]) => {
    const schema = isObject(media) ? membersOf(media, 'schema') : {}
    return !('$ref' in schema) && ['properties', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema)
  })
  return found?.[0] ?? null
}

function operationsIn(contract: JsonObject): readonly (readonly [method: string, operation: JsonObject])[] {
  return Object.values(membersOf(contract, 'paths')).flatMap((item) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) =>
      isObject(operation) ? [[method, operation] as const] : [],
    ),
  )
}

/** Candidates that share a name, or have one of `reserved`, get their next one until no two share one. */
function named(candidates: readonly Candidate[], reserved: ReadonlySet<string>): readonly NamedType[] {
  const levels = new Map(candidates.map((one) => [one, 0]))
  const nameOf = ({ names }: Candidate, level: number): string => names[Math.min(level, names.length - 1)] ?? ''
  for (;;) {
    const groups = groupedBy(candidates, (one) => nameOf(one, levels.get(one) ?? 0))
    const shared = [...groups]
      .filter(([name, group]) => group.length > 1 || reserved.has(name))
      .flatMap(([, group]) => group)
      .filter((one) => (levels.get(one) ?? 0) < one.names.length - 1)
    if (shared.length === 0) break
    for (const one of shared) levels.set(one, (levels.get(one) ?? 0) + 1)
  }
  const sharing = groupedBy(candidates, (one) => nameOf(one, 0))
  return candidates.map((one) => {
    const { source, origin } = one
    const short = nameOf(one, 0)
    const name = nameOf(one, levels.get(one) ?? 0)
    const others = (sharing.get(short) ?? []).map((other) => other.origin).filter((other) => other !== origin)
    return { name, source, instead: name === short ? null : { of: short, others } }
  })
}

function pascal(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return words
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
    .replace(/(\d) (?=\d)/g, '$1_')
    .replaceAll(' ', '')
}

/** For each schema what it is used for, itself or within another one. */
function usesIn(contract: JsonObject, schemas: JsonObject): ReadonlyMap<string, ReadonlySet<Use>> {
  const found = new Map<string, Set<Use>>()
  const responses = membersOf(membersOf(contract, 'components'), 'responses')
  const visit = (start: JsonValue | undefined, use: Use): void => {
    for (const name of referredIn(start, use === 'answer' ? 'writeOnly' : 'readOnly')) {
      const before = found.get(name) ?? new Set<Use>()
      if (before.has(use)) continue
      found.set(name, before.add(use))
      visit(member(schemas, name), use)
    }
  }
  for (const [method, operation] of operationsIn(contract)) {
    visit(operation['requestBody'], uses[method] ?? 'input')
    for (const parameter of listOf(operation['parameters'])) visit(parameter, 'input')
    visit(operation['responses'], 'answer')
  }
  visit(responses, 'answer')
  return found
}

/** The schemas that a value refers to, without members that the direction does not have. */
function referredIn(start: JsonValue | undefined, absent: 'readOnly' | 'writeOnly' | null): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (value: JsonValue | undefined): void => {
    if (isText(value) && value.startsWith('#/components/schemas/')) names.add(referredName(value))
    else if (isList(value)) value.forEach(visit)
    else if (isObject(value) && (absent === null || value[absent] !== true)) Object.values(value).forEach(visit)
  }
  visit(start)
  return names
}

/**
 * The schemas that are printed with marks, or lead to one: members of one direction. Tuples are among them, because
 * openapi-fetch reads each as a list of its values.
 */
function differingIn(schemas: JsonObject): ReadonlySet<string> {
  const components = new Map(
    Object.entries(schemas).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  )
  return spread(components, (schema) => ({ own: isMarked(schema), names: [...referredIn(schema, null)] }))
}

function isMarked(value: JsonValue): boolean {
  if (isList(value)) return value.some(isMarked)
  if (!isObject(value)) return false
  if (value['readOnly'] === true || value['writeOnly'] === true || isList(value['prefixItems'])) return true
  return Object.values(value).some(isMarked)
}

function membersOf(node: JsonObject, name: string): JsonObject {
  const members = member(node, name)
  return isObject(members) ? members : {}
}
