import type { Check } from './check.ts'

/**
 * A selector of `except` that names no operation of its entry. The operation that was meant could be exposed. An entry that
 * matches no operation is reported itself.
 */
export const idleExcept: Check = {
  of: 'client',
  find: ({ selections }) =>
    selections
      .filter(({ matched }) => matched > 0)
      .flatMap(({ entry, idleExcepts }) =>
        idleExcepts.map(({ value, origin }) => ({
          message: `\`${value}\` in \`except\` names no operation that \`${entry.selector}\` matches.`,
          origin,
          remedy:
            "Name operations as in `expose`: orders.getOrder, 'orders GET /orders/{orderId}', orders#tag. Or remove it.",
        })),
      ),
}
