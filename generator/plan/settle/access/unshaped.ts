import { groupedBy } from '../../../support/index.ts'
import type { RouteDraft } from '../../draft/types.ts'
import type { UnshapedPart } from '../../types.ts'
import { type OpenKind, unshapedOf } from '../open/answers.ts'
import type { Translation } from '../schemas/types.ts'

const words: Readonly<Record<OpenKind, string>> = {
  value: 'any value',
  object: 'any members',
  list: 'any items',
  stream: 'its events or lines as the service sends them',
}

/** What passes unshaped in a route's answers, in words. A place of several media types is one part. */
export function unshapedParts(route: RouteDraft, translation: Translation): readonly UnshapedPart[] {
  const { whole, open } = unshapedOf(route, translation)
  const isShaping = route.answers.undeclared === 'drop'
  return [
    ...whole.map(({ status, type }) => ({
      at: `/${status}`,
      passes: isShaping ? `${type} as the service sends it` : `${type} with undeclared members`,
      because: null,
    })),
    ...[...groupedBy(open, ({ pointer, kind }) => `${kind} ${pointer}`).values()]
      .flatMap(([first]) => (first === undefined ? [] : [first]))
      .map(({ pointer, kind, place, because }) => ({
        at: pointer,
        passes: place?.repeats === true ? `${words[kind]}, also where the schema repeats below` : words[kind],
        because,
      })),
  ]
}
