import { planSchemas, type TranslatedSchemas } from '../../generator/plan/settle/schemas/index.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import { keysOf, serviceModel } from './serviceModel.ts'

/** The plan of a document's schemas, and the diagnostics: `GW3251 /components/schemas/A/type`. */
export interface Planned extends TranslatedSchemas {
  readonly problems: readonly string[]
}

export function planDocument(document: JsonObject): Planned {
  const service = serviceModel(document)
  const diagnostics = new Diagnostics()
  const schemas = planSchemas(service, keysOf(service))
  for (const { report } of schemas.findings) diagnostics.report(report)
  return { ...schemas, problems: diagnostics.all.map(({ code, origin }) => `${code} ${origin?.pointer}`) }
}

/** A document whose one operation, `getOrder`, answers with this schema as JSON. */
export function answering(schema: JsonValue, components: JsonObject = {}, openapi = '3.1.0'): JsonObject {
  return {
    openapi,
    paths: {
      '/order': {
        get: {
          operationId: 'getOrder',
          responses: { 200: { description: 'The order', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: { schemas: components },
  }
}

/** The translation of the schema of an answer. */
export function translated(schema: JsonValue, components: JsonObject = {}, openapi = '3.1.0'): unknown {
  return answerSchema(planDocument(answering(schema, components, openapi)))
}

export function answerSchema({ schemas }: Planned): unknown {
  return schemas.operations['getOrder']?.answers['200']?.content['application/json']?.schema
}
