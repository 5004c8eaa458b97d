import type {
  AnswerSchemas,
  EncodingSchema,
  MediaSchema,
  OperationSchemas,
  ParameterSchema,
  Schema,
  ServiceSchemas,
} from '../../../../templates/runtime/vocabulary.ts'
import type { EncodingModel, ParameterModel } from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'
import { partial } from './discriminator.ts'
import { isAnnotation } from './keywords.ts'
import type { Patterns } from './patterns/index.ts'
import { mapSubschemas, mapValues } from './subschemas.ts'
import type { Translated, TranslatedAnswer, TranslatedMedia, TranslatedOperation, Translation } from './types.ts'
import { isObject, isText } from './values.ts'

/** The data by which a gateway validates and projects: no annotations, and references within the same file. */
export function dataOf({ operations, schemas }: Translation, patterns: Patterns): ServiceSchemas {
  const costs = patterns.costs()
  return {
    operations: record(operations, operationData),
    schemas: record(schemas, bare),
    linear: patterns.linear(),
    ...(Object.keys(costs).length > 0 ? { costs } : {}),
  }
}

function operationData({ parameters, body, answers }: TranslatedOperation): OperationSchemas {
  const inPlace = (place: ParameterModel['in']): Readonly<Record<string, ParameterSchema>> =>
    record(
      new Map(parameters.filter(({ model }) => model.in === place).map((one) => [one.model.name, one])),
      ({ model: { required, style, explode, allowReserved, allowEmptyValue }, schema }) => ({
        required,
        style,
        explode,
        allowReserved,
        ...(allowEmptyValue ? { allowEmptyValue } : {}),
        schema: bare(schema),
      }),
    )
  return {
    path: inPlace('path'),
    query: inPlace('query'),
    header: inPlace('header'),
    cookie: inPlace('cookie'),
    body: body === null ? null : { required: body.model.required, content: contentData(body.content) },
    answers: record(new Map(answers.map((answer) => [answer.model.status, answer])), answerData),
  }
}

function answerData({ content, headers }: TranslatedAnswer): AnswerSchemas {
  const names = new Set(headers.map(({ model }) => model.name.toLowerCase()))
  return { content: contentData(content), headers: [...names].sort() }
}

function contentData(content: readonly TranslatedMedia[]): Readonly<Record<string, MediaSchema>> {
  return record(new Map(content.map((media) => [media.model.type, media])), ({ model, schema }) => ({
    schema: bare(schema ?? true),
    encoding: record(new Map(Object.entries(model.encoding)), encodingData),
  }))
}

function encodingData({ style, explode, allowReserved, contentType }: EncodingModel): EncodingSchema {
  return { style, explode, allowReserved, contentType }
}

/** A schema without the keywords that validation does not need. */
function bare(schema: Translated): Schema {
  return stripped(schema)
}

function stripped(schema: Translated): Translated {
  if (!isObject(schema)) return schema
  const copy = mapSubschemas(schema, stripped, isNeeded)
  if (isText(copy['$ref'])) copy['$ref'] = local(copy['$ref'])
  if (isObject(copy['discriminator'])) copy['discriminator'] = localDiscriminator(copy['discriminator'])
  return copy
}

function isNeeded(keyword: string): boolean {
  return !isAnnotation(keyword)
}

function localDiscriminator(discriminator: JsonObject): JsonObject {
  const { [partial]: _, ...rest } = discriminator
  const { mapping, defaultMapping } = rest
  return {
    ...rest,
    ...(isObject(mapping) ? { mapping: mapValues(mapping, (to) => (isText(to) ? local(to) : to)) } : {}),
    ...(isText(defaultMapping) ? { defaultMapping: local(defaultMapping) } : {}),
  }
}

function local(reference: string): string {
  return reference.replace('#/components/schemas/', '#/schemas/')
}

/** A map as an object, in the same order. */
function record<From, To>(map: ReadonlyMap<string, From>, convert: (value: From) => To): Readonly<Record<string, To>> {
  return Object.fromEntries([...map].map(([name, value]) => [name, convert(value)]))
}
