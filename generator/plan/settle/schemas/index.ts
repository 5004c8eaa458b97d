import type { ServiceSchemas } from '../../../../templates/runtime/vocabulary.ts'
import type { OperationModel, ServiceModel } from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'
import { compareText, type Report, sortedBy } from '../../../support/index.ts'
import { dataOf } from './data.ts'
import { documentOf } from './document.ts'
import { leadingTo, type Subject } from './leading.ts'
import { createMarks } from './marks.ts'
import { checkAnswers, checkRequests, translateOperation } from './operations.ts'
import { createPatterns } from './patterns/index.ts'
import { createSatisfiability } from './satisfiability.ts'
import { createTranslator } from './translator.ts'
import type { Translation } from './types.ts'

export type { Translated, TranslatedMedia, TranslatedOperation, TranslatedParameter, Translation } from './types.ts'

export interface TranslatedSchemas {
  /** Contents of the service's `schemas.json`. */
  readonly schemas: ServiceSchemas
  /** Makes an OpenAPI 3.1 document with the same names, and with examples. */
  document(): JsonObject
  /** The translation that both were made from, for the client's contract. */
  readonly translation: Translation
  /** All reports about these schemas. */
  readonly findings: readonly Finding[]
}

export interface Finding {
  readonly report: Report
  /** The operations that lead to the place of the report. */
  operations(): readonly OperationModel[]
}

/**
 * Translates the operations that a client uses of a service, each with its key (`getOrder`), and every schema that they
 * lead to. Each reference, keyword and pattern without a meaning is reported at its place. After an error the result
 * must not be used.
 */
export function planSchemas(service: ServiceModel, operations: ReadonlyMap<OperationModel, string>): TranslatedSchemas {
  const said: { readonly report: Report; readonly about: Subject }[] = []
  let about: Subject = null
  const listener = { report: (report: Report) => void said.push({ report, about }) }
  const patterns = createPatterns()
  const translator = createTranslator(service, patterns, listener)
  const translated = sortedBy(operations, ([, key]) => key).map(([model, key]) => {
    about = model
    return translateOperation(key, model, translator)
  })
  const finished = translator.finish((name) => {
    about = name
  })
  const schemas = new Map([...finished].sort(([a], [b]) => compareText(a, b)))
  const marks = createMarks(schemas)
  const satisfiability = createSatisfiability(schemas)
  for (const operation of translated) {
    marks.spread(operation)
    about = operation.model
    checkAnswers(operation, marks, listener)
    checkRequests(operation, satisfiability, listener)
  }
  const translation: Translation = {
    service,
    operations: new Map(translated.map((operation) => [operation.key, operation])),
    schemas,
    nodeOf: translator.nodeOf,
  }
  const leading = leadingTo(translated, schemas)
  const findings = said.map(({ report, about: subject }) => ({ report, operations: () => leading(subject) }))
  return { schemas: dataOf(translation, patterns), document: () => documentOf(translation), translation, findings }
}
