/** What an object of an OpenAPI document is, as far as it may refer to others. `plain`: nothing below it has a meaning of its own. */
export type Kind =
  | 'document'
  | 'components'
  | 'path item'
  | 'operation'
  | 'parameter'
  | 'header'
  | 'request body'
  | 'response'
  | 'media type'
  | 'encoding'
  | 'schema'
  | 'example'
  | 'security scheme'
  | 'plain'

/** What a member holds. `map`: things by their names; `extended`: likewise, and extensions (`x-...`). Lists need no word. */
export interface Shape {
  readonly kind: Kind
  readonly form: 'one' | 'map' | 'extended'
}

const one = (kind: Kind, ...names: readonly string[]): readonly Entry[] => shaped(kind, 'one', names)
const map = (kind: Kind, ...names: readonly string[]): readonly Entry[] => shaped(kind, 'map', names)
type Entry = readonly [name: string, shape: Shape]

function shaped(kind: Kind, form: Shape['form'], names: readonly string[]): readonly Entry[] {
  return names.map((name) => [name, { kind, form }])
}

const described = [...one('schema', 'schema'), ...map('media type', 'content'), ...map('example', 'examples')]
const parts = [...map('encoding', 'encoding'), ...one('encoding', 'prefixEncoding', 'itemEncoding')]

/**
 * The members that are followed, in the order in which they are. Calls that a service makes (`webhooks`, `callbacks`), links, values
 * (`example`, `default`, `enum`, `const`) and extensions are not: a `$ref` in a value is data.
 */
const members: Readonly<Record<Exclude<Kind, 'plain'>, readonly Entry[]>> = {
  document: [
    ...one('plain', 'info', 'servers', 'security', 'tags', 'externalDocs'),
    ...shaped('path item', 'extended', ['paths']),
    ...one('components', 'components'),
  ],
  components: [
    ...map('parameter', 'parameters'),
    ...map('schema', 'schemas'),
    ...map('response', 'responses'),
    ...map('example', 'examples'),
    ...map('request body', 'requestBodies'),
    ...map('header', 'headers'),
    ...map('security scheme', 'securitySchemes'),
    ...map('path item', 'pathItems'),
    ...map('media type', 'mediaTypes'),
  ],
  'path item': [
    ...one('plain', 'servers'),
    ...one('parameter', 'parameters'),
    ...one('operation', 'get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'),
    ...map('operation', 'additionalOperations'),
  ],
  operation: [
    ...one('plain', 'externalDocs'),
    ...one('parameter', 'parameters'),
    ...one('plain', 'security', 'servers'),
    ...one('request body', 'requestBody'),
    ...shaped('response', 'extended', ['responses']),
  ],
  parameter: described,
  header: described,
  'request body': map('media type', 'content'),
  response: [...map('header', 'headers'), ...map('media type', 'content')],
  'media type': [...one('schema', 'schema', 'itemSchema'), ...map('example', 'examples'), ...parts],
  encoding: [...map('header', 'headers'), ...parts],
  schema: [
    ...one('plain', 'externalDocs'),
    ...one('schema', 'allOf', 'anyOf', 'oneOf', 'not'),
    ...map('schema', 'properties'),
    ...one('schema', 'items', 'additionalProperties', 'prefixItems', 'contains', 'if', 'then', 'else'),
    ...one('schema', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema'),
    ...map('schema', 'patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions'),
  ],
  example: [],
  'security scheme': one('plain', 'flows'),
}

/** The members that hold things by their names, in whatever object. */
export const mapMembers: ReadonlySet<string> = new Set(
  Object.values(members).flatMap((entries) => entries.flatMap(([name, { form }]) => (form === 'map' ? [name] : []))),
)

const shapes = new Map(Object.entries(members).map(([kind, entries]) => [kind, new Map(entries)]))
const none: ReadonlyMap<string, Shape> = new Map()
const plain: Shape = { kind: 'plain', form: 'one' }

/** The members of an object that are followed, with what they hold. */
export function followedOf(node: object, { kind, form }: Shape): Iterable<readonly [name: string, shape: Shape]> {
  if (form === 'one' && kind !== 'plain') return shapes.get(kind) ?? none
  const names = Object.keys(node).filter((name) => form === 'map' || !name.startsWith('x-'))
  const shape: Shape = form === 'one' ? plain : { kind, form: 'one' }
  return names.map((name) => [name, shape] as const)
}

const sections: ReadonlyMap<Kind, string> = new Map([
  ['schema', 'schemas'],
  ['parameter', 'parameters'],
  ['response', 'responses'],
  ['example', 'examples'],
  ['request body', 'requestBodies'],
  ['header', 'headers'],
  ['security scheme', 'securitySchemes'],
])

/** The member of `components` that can hold it; `null`: it can only be copied to the place of a reference. */
export function sectionOf({ kind, form }: Shape): string | null {
  return form === 'one' ? (sections.get(kind) ?? null) : null
}
