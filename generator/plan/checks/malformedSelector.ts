import type { Model } from '../../model/types.ts'
import { keyOf } from '../../support/index.ts'
import { writtenPath } from '../draft/selectors/operationIndex.ts'
import type { Check } from './check.ts'

/** A key of `expose` that has none of the forms of a selector. */
export const malformedSelector: Check = {
  of: 'client',
  find: ({ selections, model }) =>
    selections
      .filter(({ selector }) => selector === null)
      .map(({ entry }) => ({
        message: `\`${entry.selector}\` is not a selector.`,
        origin: keyOf(entry.origin),
        remedy: meant(entry.selector, model) ?? forms,
      })),
}

const forms = [
  'A selector is one of',
  '    orders.getOrder                  # an operationId',
  "    'orders GET /orders/{orderId}'   # a method, or * for all, and a path of the spec",
  "    'orders GET /orders/*'           # all paths below one",
  "    'orders#history'                 # a tag",
  '    orders.*                         # the whole service',
].join('\n')

/** The selectors that may be meant: a part of one with what it lacks. */
function meant(text: string, { services }: Model): string | null {
  const [, service = '', method = '', path = ''] =
    /^\s*(?:([^\s/]+)\s+)??(?:([A-Za-z]+)\s+)?(\/\S*)?\s*$/.exec(text) ?? []
  const word = text.trim()
  const whole = services.find(({ id }) => id === word)
  if (whole !== undefined) return `For all its operations, write\n    ${whole.id}.*`
  const byId = services.flatMap(({ id, operations }) =>
    operations.filter(({ operationId }) => operationId === word).map(() => `    ${id}.${word}`),
  )
  const byPath = services
    .filter(({ id }) => service === '' || id === service || id === method)
    .flatMap(({ id, operations }) =>
      operations
        .filter((operation) => path !== '' && writtenPath(operation) === path)
        .filter((operation) => id === method || method === '' || operation.method === method.toUpperCase())
        .map(({ reference }) => `    '${id} ${reference}'`),
    )
  const lines = [...byId, ...byPath].slice(0, 8)
  return lines.length === 0 ? null : `Write${lines.length > 1 ? ' one of' : ''}\n${lines.join('\n')}`
}
