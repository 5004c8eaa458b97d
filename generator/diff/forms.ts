/** How the value of a member is compared. */
export type Form =
  /** A JSON Schema, or a list of them. */
  | 'schema'
  /** Schemas by name. */
  | 'schemas'
  /** An object of OpenAPI (operation, parameter, media type, response), or a list of them. */
  | 'object'
  /** Objects of OpenAPI by name. */
  | 'objects'
  /** A reference to a schema, written as a plain string. */
  | 'target'
  /** `target`s by name. */
  | 'targets'
  /** A list whose order does not matter. */
  | 'set'
  /** Plain data, member by member. */
  | 'data'
  /** Text for people, without effect on messages. */
  | 'text'

const texts = new Set([
  '$comment',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'operationId',
  'summary',
  'tags',
  'title',
])

const schemaForms: Readonly<Record<string, Form>> = {
  $defs: 'schemas',
  additionalProperties: 'schema',
  allOf: 'schema',
  anyOf: 'schema',
  contains: 'schema',
  contentSchema: 'schema',
  dependentSchemas: 'schemas',
  discriminator: 'object',
  else: 'schema',
  enum: 'set',
  if: 'schema',
  items: 'schema',
  not: 'schema',
  oneOf: 'schema',
  patternProperties: 'schemas',
  prefixItems: 'schema',
  properties: 'schemas',
  propertyNames: 'schema',
  required: 'set',
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, in a table that is only looked into
  then: 'schema',
  type: 'set',
  unevaluatedItems: 'schema',
  unevaluatedProperties: 'schema',
}

/** What contracts say for `defaultMapping` of a discriminator, which OpenAPI 3.1 does not have (`plan/settle/openapi/facing.ts`). */
export const defaultMapping = 'x-default-mapping'

const objectForms: Readonly<Record<string, Form>> = {
  content: 'objects',
  encoding: 'objects',
  headers: 'objects',
  itemSchema: 'schema',
  // Of a discriminator.
  mapping: 'targets',
  parameters: 'object',
  requestBody: 'object',
  responses: 'objects',
  schema: 'schema',
  [defaultMapping]: 'target',
  // Security is compared as access, from access.json.
  security: 'text',
}

/** How the member `name` of a schema, or of an object of OpenAPI, is compared. */
export function formOf(name: string, parent: 'schema' | 'object'): Form {
  const forms = parent === 'schema' ? schemaForms : objectForms
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (form !== undefined) return form
  return texts.has(name) || name.startsWith('x-') ? 'text' : 'data'
}
