import type { Model, ServiceModel } from '../../model/types.ts'
import { keyOf, suggestion } from '../../support/index.ts'
import { writtenPath } from '../draft/selectors/operationIndex.ts'
import type { Selector } from '../draft/selectors/selector.ts'
import type { Check } from './check.ts'

/** A selector that matches no operation: it is wrong, or its operation was removed. */
export const deadSelector: Check = {
  of: 'client',
  find: ({ manifest, model, selections }) =>
    selections.flatMap(({ entry, selector, matches }) => {
      if (selector === null || matches.length > 0) return []
      const service = model.services.find(({ id }) => id === selector.service)
      return [
        {
          message: `\`${entry.selector}\` in \`${manifest.id}\` matches no operation.`,
          origin: keyOf(entry.origin),
          related: service === undefined ? [] : [{ origin: service.origin, message: 'names its document' }],
          remedy: remedyFor(selector, service, model),
        },
      ]
    }),
}

function remedyFor(selector: Selector, service: ServiceModel | undefined, model: Model): string | null {
  if (service === undefined) {
    const hint = suggestion(
      selector.service,
      model.services.map(({ id }) => id),
    )
    return [`The manifest has no service \`${selector.service}\`.`, ...(hint === null ? [] : [hint])].join(' ')
  }
  const { operations } = service
  switch (selector.kind) {
    case 'service':
      return `\`${service.id}\` has no operations.`
    case 'tag':
      return (
        suggestion(
          selector.tag,
          operations.flatMap(({ tags }) => tags),
        ) ?? 'No operation has a tag.'
      )
    case 'operationId': {
      const ids = operations.flatMap(({ operationId }) => operationId ?? [])
      return (
        suggestion(selector.operationId, ids) ?? `No operation has an operationId: write '${service.id} GET /path'.`
      )
    }
    case 'path': {
      const methods = operations
        .filter((operation) => writtenPath(operation) === selector.path)
        .map(({ method }) => method)
      if (methods.length > 0) return `\`${selector.path}\` has ${methods.join(', ')}.`
      const paths = operations
        .filter(({ method }) => selector.method === null || method === selector.method)
        .map(writtenPath)
      return suggestion(selector.path, paths)
    }
    case 'prefix':
      return suggestion(selector.prefix, operations.map(writtenPath))
  }
}
