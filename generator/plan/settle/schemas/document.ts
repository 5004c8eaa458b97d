import type { ExampleModel, ExternalDocsModel, PathTemplate } from '../../../model/types.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { looksLikeReference } from './literals.ts'
import type {
  Translated,
  TranslatedAnswer,
  TranslatedMedia,
  TranslatedOperation,
  TranslatedParameter,
  Translation,
} from './types.ts'
import { type Draft, put } from './values.ts'

/** A translation as an OpenAPI 3.1 document. Its schemas have the same names as in the data. */
export function documentOf({ service, operations, schemas }: Translation): JsonObject {
  const paths: { [path: string]: Draft } = {}
  for (const operation of operations.values()) {
    const { path, method } = operation.model
    const key = keyOf(path)
    const item = paths[key] ?? {}
    paths[key] = item
    item[method.toLowerCase()] = operationObject(operation)
  }
  return {
    openapi: '3.1.0',
    info: { title: service.title, version: '1.0.0' },
    paths,
    components: { schemas: Object.fromEntries(schemas) },
  }
}

/** The key of the path item as written. Operations that differ only in `#variant` or `?query` have separate keys. */
function keyOf({ text, query, variant }: PathTemplate): string {
  return `${text}${query === null ? '' : `?${query}`}${variant === null ? '' : `#${variant}`}`
}

function operationObject({ key, model, parameters, body, answers }: TranslatedOperation): JsonObject {
  return {
    operationId: key,
    ...described(model),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map((one) => parameterObject(one, one.schema)) }),
    ...(body === null
      ? {}
      : {
          requestBody: {
            ...description(body.model.description),
            ...(body.model.required ? { required: true } : {}),
            content: contentObject(body.content, (media) => media.schema),
          },
        }),
    responses: responses(answers),
  }
}

function responses(answers: readonly TranslatedAnswer[]): JsonObject {
  const found: Draft = {}
  for (const answer of answers) {
    const { model, headers, content } = answer
    found[model.status] = {
      description: model.description,
      ...(headers.length === 0
        ? {}
        : {
            headers: Object.fromEntries(
              headers.map((header) => [header.model.name, headerObject(header, header.schema)]),
            ),
          }),
      ...(content.length === 0 ? {} : { content: contentObject(content, (media) => media.schema) }),
    }
  }
  return found
}

// These parts are also used by the client's contract.

/** Summary, description, external documentation and `deprecated`, if present. */
export function described(model: {
  readonly summary?: string | null
  readonly description: string | null
  readonly externalDocs?: ExternalDocsModel | null
  readonly deprecated?: boolean
}): JsonObject {
  const { summary = null, externalDocs = null, deprecated = false } = model
  return {
    ...(summary === null ? {} : { summary }),
    ...description(model.description),
    ...(externalDocs === null
      ? {}
      : { externalDocs: { ...description(externalDocs.description), url: externalDocs.url } }),
    ...(deprecated ? { deprecated } : {}),
  }
}

function description(text: string | null): JsonObject {
  return text === null ? {} : { description: text }
}

export function parameterObject({ model }: TranslatedParameter, schema: Translated): JsonObject {
  const { name, in: place, required, style, explode, allowReserved } = model
  const shown = examplesObject(model.examples)
  const head = { name, in: place, ...described(model), ...(required ? { required } : {}) }
  if (style === null) return { ...head, content: { 'application/json': { schema, ...shown } } }
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple'
  return {
    ...head,
    ...(style === usual ? {} : { style }),
    ...(explode === (style === 'form') ? {} : { explode }),
    ...(allowReserved ? { allowReserved } : {}),
    ...(model.allowEmptyValue ? { allowEmptyValue: true } : {}),
    schema,
    ...shown,
  }
}

export function headerObject({ model }: TranslatedAnswer['headers'][number], schema: Translated | null): JsonObject {
  const { required, explode, content } = model
  const shown = examplesObject(model.examples)
  const head = { ...described(model), ...(required ? { required } : {}) }
  if (content !== null) return { ...head, content: { [content]: { schema: schema ?? {}, ...shown } } }
  return { ...head, ...(explode ? { explode } : {}), schema: schema ?? {}, ...shown }
}

/**
 * `example` for a single example without a name or texts, else `examples` by name. Values that readers would take for references are left
 * out.
 */
export function examplesObject(
  given: readonly ExampleModel[],
  edit: (value: JsonValue) => JsonValue = (value) => value,
): JsonObject {
  const all = given.filter(({ value }) => !looksLikeReference(value))
  const [only, ...others] = all
  if (only === undefined) return {}
  const plain = only.summary === null && only.description === null
  if (only.name === null || (others.length === 0 && plain)) return { example: edit(only.value) }
  const found: Draft = {}
  for (const { name, summary, description: text, value } of all) {
    put(found, name ?? '', { ...(summary === null ? {} : { summary }), ...description(text), value: edit(value) })
  }
  return { examples: found }
}

export function contentObject(
  content: readonly TranslatedMedia[],
  schemaOf: (media: TranslatedMedia) => Translated | null,
  more: (media: TranslatedMedia) => JsonObject = () => ({}),
): JsonObject {
  const found: Draft = {}
  for (const media of content) {
    const schema = schemaOf(media)
    put(found, media.model.type, {
      ...(schema === null ? {} : { schema }),
      ...encodingObject(media),
      ...more(media),
    })
  }
  return found
}

function encodingObject({ model }: TranslatedMedia): JsonObject {
  const entries = Object.entries(model.encoding)
  if (entries.length === 0) return {}
  const encoding = entries.map(([name, { contentType, style, explode, allowReserved }]): [string, JsonValue] => [
    name,
    {
      ...(contentType.length === 0 ? {} : { contentType: contentType.join(', ') }),
      ...(style === null ? {} : { style, explode }),
      ...(allowReserved ? { allowReserved } : {}),
    },
  ])
  return { encoding: Object.fromEntries(encoding) }
}
