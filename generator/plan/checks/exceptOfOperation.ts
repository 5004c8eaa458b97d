import { isSingle } from '../draft/selectors/selector.ts'
import type { Check } from './check.ts'

/** `except` beside a selector of one operation. */
export const exceptOfOperation: Check = {
  of: 'client',
  find: ({ selections }) =>
    selections.flatMap(({ entry, selector }) => {
      const [first] = entry.except
      if (first === undefined || selector === null || !isSingle(selector)) return []
      return [
        {
          message: `\`${entry.selector}\` names one operation, and has \`except\`.`,
          origin: first.origin,
          remedy: 'Remove `except`, or write it beside a selector of several operations, such as `orders.*`.',
        },
      ]
    }),
}
