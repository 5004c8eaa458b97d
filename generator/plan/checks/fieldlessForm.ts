import { keyOf } from '../../support/index.ts'
import { factsOf, typeWords } from '../draft/schemaFacts.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

const forms = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i

/** A form whose schema does not allow an object, whose members would be the fields. */
export const fieldlessForm: Check = {
  of: 'route',
  find: (route) =>
    (route.operation.body?.content ?? []).flatMap(({ type, schema, origin }) => {
      if (schema === null || !forms.test(type)) return []
      const { types } = factsOf(schema, route.source.model.document)
      if (types === null || types.has('object')) return []
      return [
        {
          message: `No ${type} fits ${selectorOf(route)}: a form has fields, and its schema is ${typeWords(types)}.`,
          origin: keyOf(origin),
          related: [{ origin: route.origin, message: 'exposes it' }],
          remedy: 'Declare an object, or remove the media type with an overlay.',
        },
      ]
    }),
}
