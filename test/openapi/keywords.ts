import { createRequire } from 'node:module'
import { getTypes } from '@redocly/openapi-core'

// Complete lists of keywords from other sources: Redocly's types of OpenAPI, and ajv's meta-schemas of JSON Schema
// 2020-12.

type Version = '3.0' | '3.1' | '3.2'

const dialects = { '3.0': 'oas3_0', '3.1': 'oas3_1', '3.2': 'oas3_2' } as const

/** Sections of the document, and the types of Redocly that they describe. */
const objects: Readonly<Record<string, readonly string[]>> = {
  'OpenAPI Object': ['Root'],
  'Info Object': ['Info'],
  'Contact Object': ['Contact'],
  'License Object': ['License'],
  'Server Object': ['Server'],
  'Server Variable Object': ['ServerVariable'],
  'Components Object': ['Components'],
  'Path Item Object': ['PathItem'],
  'Operation Object': ['Operation'],
  'External Documentation Object': ['ExternalDocs'],
  'Parameter Object': ['Parameter'],
  'Request Body Object': ['RequestBody'],
  'Media Type Object': ['MediaType'],
  'Encoding Object': ['Encoding'],
  'Responses Object': ['Responses'],
  'Response Object': ['Response'],
  'Example Object': ['Example'],
  'Link Object': ['Link'],
  'Header Object': ['Header'],
  'Tag Object': ['Tag'],
  'Discriminator Object': ['Discriminator'],
  'XML Object': ['Xml'],
  'Security Scheme Object': ['SecurityScheme'],
  'OAuth Flows Object': ['OAuth2Flows'],
  'OAuth Flow Object': [
    'ImplicitFlow',
    'PasswordFlow',
    'ClientCredentials',
    'AuthorizationCode',
    'DeviceAuthorization',
  ],
}

/** Keywords of OpenAPI 3.2 that Redocly does not support yet. */
const unknownToRedocly: Readonly<Record<string, readonly string[]>> = {
  'Encoding Object': ['encoding', 'itemEncoding', 'prefixEncoding'],
}

/** `Parameter Object: style` and so on, with the versions that have it. */
export function openapiKeywords(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const version of Object.keys(dialects) as Version[]) {
    const types = getTypes(dialects[version])
    const note = (section: string, keyword: string): void => {
      if (keyword.startsWith('x-')) return
      const key = `${section}: ${keyword}`
      found.set(key, [...new Set([...(found.get(key) ?? []), version])])
    }
    for (const [section, names] of Object.entries(objects)) {
      for (const name of names) for (const keyword of Object.keys(types[name]?.properties ?? {})) note(section, keyword)
      if (version === '3.2') for (const keyword of unknownToRedocly[section] ?? []) note(section, keyword)
    }
    for (const keyword of schemaKeywords(version)) note('Schema Object', keyword)
  }
  return found
}

const require = createRequire(import.meta.url)

function vocabulary(name: string): readonly string[] {
  const { properties } = require(`ajv/dist/refs/json-schema-2020-12/${name}.json`) as { readonly properties: object }
  return Object.keys(properties)
}

/** The vocabularies of JSON Schema 2020-12. */
export const vocabularies = {
  core: vocabulary('meta/core'),
  applicator: vocabulary('meta/applicator'),
  unevaluated: vocabulary('meta/unevaluated'),
  validation: vocabulary('meta/validation'),
  'meta-data': vocabulary('meta/meta-data'),
  'format-annotation': vocabulary('meta/format-annotation'),
  content: vocabulary('meta/content'),
  /** Keywords of older drafts in the meta-schema. */
  bygone: vocabulary('schema'),
} as const

function schemaKeywords(version: Version): readonly string[] {
  const own = Object.keys(getTypes(dialects[version])['Schema']?.properties ?? {})
  return version === '3.0' ? own : [...own, ...Object.values(vocabularies).flat()]
}

/** JSON Schema 2020-12 validation, section 7.3. */
export const formats: readonly string[] = [
  'date-time date time duration',
  'email idn-email hostname idn-hostname ipv4 ipv6',
  'uri uri-reference iri iri-reference uuid uri-template',
  'json-pointer relative-json-pointer regex',
].flatMap((names) => names.split(' '))
