import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A key of `expose` that has none of the forms of a selector. */
export const malformedSelector: Check = {
  of: 'client',
  find: ({ selections }) =>
    selections
      .filter(({ selector }) => selector === null)
      .map(({ entry }) => ({
        message: `\`${entry.selector}\` is not a selector.`,
        origin: keyOf(entry.origin),
        remedy: [
          'A selector is one of',
          '    orders.getOrder                  # an operationId',
          "    'orders GET /orders/{orderId}'   # a method, or * for all, and a path of the spec",
          "    'orders GET /orders/*'           # all paths below one",
          "    'orders#history'                 # a tag",
          '    orders.*                         # the whole service',
        ].join('\n'),
      })),
}
