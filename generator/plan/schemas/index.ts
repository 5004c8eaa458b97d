import type { ServiceContract } from '../../../templates/runtime/contract.ts'
import type { OperationModel, ServiceModel } from '../../model/types.ts'
import type { JsonObject } from '../../read/types.ts'
import { compareText, type Diagnostics, sortedBy } from '../../support/index.ts'
import { dataOf } from './data.ts'
import { documentOf } from './document.ts'
import { createMarks } from './marks.ts'
import { checkAnswers, translateOperation } from './operations.ts'
import { createPatterns } from './patterns/index.ts'
import { createTranslator } from './translator.ts'
import type { Translation } from './types.ts'

export type { Translated, TranslatedMedia, TranslatedOperation, TranslatedParameter, Translation } from './types.ts'

export interface ServiceSchemas {
  /** Contents of the service's `schemas.json`. */
  readonly contract: ServiceContract
  /** An OpenAPI 3.1 document with the same names, for openapi-typescript. */
  readonly types: JsonObject
  /** What both were made from, for the client's contract. */
  readonly translation: Translation
}

/**
 * Translates what a client reaches of a service: the operations, each with its key (`getOrder`), and every schema they lead to. Reports
 * each reference, keyword and pattern that has no meaning, once and at its place; with such an error the result is not to be used.
 */
export function planSchemas(
  service: ServiceModel,
  operations: ReadonlyMap<OperationModel, string>,
  diagnostics: Diagnostics,
): ServiceSchemas {
  const patterns = createPatterns()
  const translator = createTranslator(service, patterns, diagnostics)
  const translated = sortedBy(operations, ([, key]) => key).map(([model, key]) =>
    translateOperation(key, model, translator),
  )
  const schemas = new Map([...translator.finish()].sort(([a], [b]) => compareText(a, b)))
  const marks = createMarks(schemas)
  for (const operation of translated) {
    marks.spread(operation)
    checkAnswers(operation, marks, diagnostics)
  }
  const translation: Translation = {
    service,
    operations: new Map(translated.map((operation) => [operation.key, operation])),
    schemas,
  }
  return { contract: dataOf(translation, patterns.linear()), types: documentOf(translation), translation }
}
