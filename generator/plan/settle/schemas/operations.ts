import { isAnswerHeader } from '../../../../templates/runtime/words/headers.ts'
import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import type { MediaModel, OperationModel, ParameterModel, ResponseModel } from '../../../model/types.ts'
import { compareText } from '../../../support/index.ts'
import type { Listener } from './complaints.ts'
import type { Marks } from './marks.ts'
import type { Satisfiability } from './satisfiability.ts'
import type { Translator } from './translator.ts'
import type { TranslatedAnswer, TranslatedMedia, TranslatedOperation, TranslatedParameter } from './types.ts'

const places: readonly ParameterModel['in'][] = ['path', 'query', 'header', 'cookie']

/** Translates the schemas of an operation: parameters, bodies, and answers except 5xx, which the gateway replaces. */
export function translateOperation(key: string, model: OperationModel, { translate }: Translator): TranslatedOperation {
  const media = (one: MediaModel): TranslatedMedia => ({
    model: one,
    schema: one.schema === null ? null : translate(one.schema),
  })
  const parameter = (one: ParameterModel): TranslatedParameter => ({ model: one, schema: translate(one.schema) })
  const answer = (one: ResponseModel): TranslatedAnswer => ({
    model: one,
    headers: one.headers
      .filter(({ name }) => isAnswerHeader(name))
      .map((header) => ({ model: header, schema: header.schema === null ? null : translate(header.schema) })),
    content: one.content.map(media),
  })
  return {
    key,
    model,
    parameters: [...model.parameters].sort(byPlaceAndName).map(parameter),
    body: model.body === null ? null : { model: model.body, content: model.body.content.map(media) },
    answers: model.responses.filter(({ status }) => !status.startsWith('5')).map(answer),
  }
}

function byPlaceAndName(a: ParameterModel, b: ParameterModel): number {
  return places.indexOf(a.in) - places.indexOf(b.in) || compareText(a.name, b.name)
}

/** Reports answers whose schema as a whole is withheld from clients, which is hardly intended. */
export function checkAnswers({ answers }: TranslatedOperation, marks: Marks, diagnostics: Listener): void {
  for (const { model, content } of answers) {
    const withheld = content.find(({ schema }) => schema !== null && marks.isWithheld(schema))
    if (withheld === undefined) continue
    diagnostics.report({
      code: 'GW3258',
      message: `The answer ${model.status} would be withheld completely: its schema is \`writeOnly\`, \`x-sensitive\` or a password.`,
      origin: withheld.model.schema?.origin ?? withheld.model.origin,
      remedy: 'Mark the members that clients must not get, not the schema of the answer.',
    })
  }
}

/** Reports bodies and required parameters that no value fits: every call would be refused. */
export function checkRequests(
  { parameters, body }: TranslatedOperation,
  { reasonOf }: Satisfiability,
  diagnostics: Listener,
): void {
  const judged = [
    ...parameters.flatMap(({ model, schema }) =>
      model.required
        ? [{ what: `the ${model.in} parameter \`${model.name}\``, schema, origin: model.schema.origin }]
        : [],
    ),
    ...(body?.content ?? []).flatMap(({ model, schema }) =>
      schema !== null && model.schema !== null && isChecked(model.type)
        ? [{ what: `the body ${model.type}`, schema, origin: model.schema.origin }]
        : [],
    ),
  ]
  for (const { what, schema, origin } of judged) {
    const reason = reasonOf(schema)
    if (reason === null) continue
    diagnostics.report({
      code: 'GW3268',
      message: `No value fits ${what}, so every call with it is refused: ${reason}.`,
      origin,
      remedy: 'Correct the schema; in a spec that is not yours, by an overlay.',
    })
  }
}

/** Whether bodies of a media type are checked by their schema. */
function isChecked(type: string): boolean {
  const essence = essenceOf(type)
  return isJson(essence) || essence === 'application/x-www-form-urlencoded' || essence === 'multipart/form-data'
}
