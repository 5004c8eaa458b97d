import {
  BaseResolver,
  createConfig,
  getTypes,
  lintDocument,
  type NodeType,
  ResolveError,
  Source,
} from '@redocly/openapi-core'
import type { SpecDocument } from './types.ts'

// The only module that imports @redocly/openapi-core, whose internal interfaces change between minor versions. Loading the library takes
// longer than reading most documents, so this module is imported only where a document is checked.

type Types = Readonly<Record<string, NodeType>>

/** What Redocly found, at a node of a document. */
export interface StructureFinding {
  /** Redocly's sentence. */
  readonly message: string
  /** RFC 6901, within the document. */
  readonly pointer: string
  /** Whether the place is the member's key instead of its value. */
  readonly key: boolean
  /** Names that resemble an unknown one. */
  readonly suggestions: readonly string[]
}

/** Refuses each file and URL: what is checked is one document. */
class ClosedResolver extends BaseResolver {
  override resolveExternalRef(_base: string | null, reference: string): string {
    return reference
  }

  override async loadExternalRef(): Promise<Source> {
    throw new ResolveError(new Error('refused'))
  }
}

const dialects = { '3.0': 'oas3_0', '3.1': 'oas3_1', '3.2': 'oas3_2' } as const

/** Checks a document against its version of OpenAPI. Opens no file and makes no request. Does not change the document. */
export async function structureFindings(
  parsed: unknown,
  version: SpecDocument['version'],
): Promise<readonly StructureFinding[]> {
  const problems = await lintDocument({
    document: { source: new Source('/openapi.json', ''), parsed },
    config: await createConfig({ rules: { struct: 'error' } }),
    customTypes: typesOf(version),
    externalRefResolver: new ClosedResolver(),
  })
  return problems.flatMap(({ message, location: [place], suggest }) => {
    // A schema of OpenAPI 3.1 may be `true` or `false`.
    if (version !== '3.0' && message === 'Expected type `Schema` (object) but got `boolean`') return []
    const pointer = (place?.pointer ?? '').replace(/^#?\/?/, '')
    return [
      {
        message,
        pointer: pointer === '' ? '' : `/${pointer}`,
        key: place?.reportOnKey === true,
        suggestions: suggest,
      },
    ]
  })
}

/** Redocly's types of OpenAPI, with what OpenAPI and gateways allow beyond them. */
function typesOf(version: SpecDocument['version']): Record<string, NodeType> {
  const types = getTypes(dialects[version]) as Types
  if (version === '3.0') return types
  return {
    ...types,
    // JSON Schema 2020-12 allows keywords of any name (section 4.3.1), and OpenAPI 3.1 says so for its schemas.
    Schema: { ...extended(types, 'Schema', { $vocabulary: null }), additionalProperties: { resolvable: false } },
    // Some tools write `itemSchema` into documents of 3.1, and gateways read it there.
    MediaType: extended(types, 'MediaType', { itemSchema: 'Schema' }),
    ...(version === '3.2' ? typesOf32(types) : {}),
  }
}

function typesOf32(types: Types): Types {
  return {
    DeviceAuthorization: extended(types, 'DeviceAuthorization', {
      scopes: types['AuthorizationCode']?.properties['scopes'],
    }),
    Encoding: extended(types, 'Encoding', {
      encoding: 'EncodingMap',
      itemEncoding: 'Encoding',
      prefixEncoding: types['MediaType']?.properties['prefixEncoding'],
    }),
    NamedMediaTypes: { properties: {}, additionalProperties: () => 'MediaType' },
    Parameter: extended(types, 'Parameter', { style: { enum: [...styles, 'cookie'] } }),
    Response: { ...extended(types, 'Response', {}), required: [] },
  }
}

const styles = ['form', 'simple', 'label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'deepObject']

function extended(types: Types, name: string, properties: NodeType['properties']): NodeType {
  const type = types[name]
  return { ...type, properties: { ...type?.properties, ...properties } }
}
