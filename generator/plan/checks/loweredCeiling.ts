import type { Reported } from '../draft/head.ts'
import type { Check } from './check.ts'
import { related, selectorOf } from './wording.ts'

const words: Readonly<Record<Reported, { readonly [word in 'setting' | 'what' | 'unit' | 'answer']: string }>> = {
  target: { setting: 'maxTarget', what: 'a target of', unit: ' bytes', answer: '414' },
  queryPairs: { setting: 'maxQueryPairs', what: 'a query of', unit: ' names and values', answer: '400' },
  fields: { setting: 'maxHeaders', what: 'header fields of', unit: ' bytes', answer: '431' },
}

/** Requests that the document allows, and that are longer than a ceiling of the client: one finding for each ceiling. */
export const loweredCeiling: Check = {
  of: 'client',
  find: ({ head, manifest }) =>
    head.excesses.map(({ limit, ceiling, route, needs, others }) => {
      const { setting, what, unit, answer } = words[limit]
      const rest =
        others === 0 ? '' : others === 1 ? ' So does 1 other operation.' : ` So do ${others} other operations.`
      return {
        message: `${selectorOf(route)} allows ${what} ${needs.toLocaleString('en')}${unit}, but \`${setting}\` of \`${manifest.id}\` is ${ceiling.value.toLocaleString('en')}: more is answered with ${answer}.${rest}`,
        subject: manifest.id,
        cause: `${selectorOf(route)} ${limit} ${needs} ${ceiling.value} ${others}`,
        origin: ceiling.from === 'default' ? manifest.origin : ceiling.from,
        related: related(route.operation.origin, 'declares the parameters'),
        remedy: `Raise \`${setting}\` of the client as far as its services accept, or lower \`maxItems\` and \`maxLength\` with an overlay.`,
      }
    }),
}
