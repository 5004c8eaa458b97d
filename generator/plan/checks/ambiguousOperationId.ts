import { keyOf } from '../../support/index.ts'
import { isAmbiguous } from '../draft/selectors/selection.ts'
import type { Check } from './check.ts'

/** A selector with an operationId that several operations of its service have. */
export const ambiguousOperationId: Check = {
  of: 'client',
  find: ({ selections }) =>
    selections.filter(isAmbiguous).map(({ entry, selector, matches }) => ({
      message: `\`${entry.selector}\` names ${matches.length} operations.`,
      origin: keyOf(entry.origin),
      related: matches.map(({ origin, reference }) => ({ origin, message: `is ${reference}` })),
      remedy: [
        'Name one by method and path:',
        ...matches.map(({ reference }) => `    '${selector?.service ?? ''} ${reference}'`),
      ].join('\n'),
    })),
}
