import type { Model, OperationModel, ServiceModel } from '../../model/types.ts'
import { closest, compareText, keyOf, suggestion } from '../../support/index.ts'
import { writtenPath } from '../draft/selectors/operationIndex.ts'
import type { Selector } from '../draft/selectors/selector.ts'
import type { Check, Finding } from './check.ts'
import { selectorFor } from './wording.ts'

/** A selector that matches no operation: it is wrong, its operation was removed, or `except` names all that it matches. */
export const deadSelector: Check = {
  of: 'client',
  find: ({ manifest, model, selections }) =>
    selections.flatMap(({ entry, selector, matches, matched }): readonly Finding[] => {
      if (selector === null || matches.length > 0) return []
      if (matched > 0) {
        const all = matched === 1 ? 'its only operation' : `all of its ${matched} operations`
        return [
          {
            message: `\`except\` of \`${entry.selector}\` in \`${manifest.id}\` names ${all}, so the entry exposes nothing.`,
            origin: keyOf(entry.origin),
            remedy: 'Remove from `except` what clients may call, or remove the entry.',
          },
        ]
      }
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
        ) ?? `No operation has a tag.\n${choice(selector.tag, operations, service)}`
      )
    case 'operationId': {
      const ids = operations.flatMap(({ operationId }) => operationId ?? [])
      const meant = closest(selector.operationId, ids)
      if (meant !== null) return `Did you mean \`${service.id}.${meant}\`?`
      const none = ids.length === 0 ? `No operation of ${service.file} has an operationId. ` : ''
      return none + choice(selector.operationId, operations, service)
    }
    case 'path': {
      const ofPath = operations.filter((operation) => writtenPath(operation) === selector.path)
      if (ofPath.length > 0)
        return `Write one of\n${ofPath.map(({ reference }) => line(service, reference)).join('\n')}`
      const known = operations.filter(({ method }) => selector.method === null || method === selector.method)
      const meant = closest(selector.path, (known.length > 0 ? known : operations).map(writtenPath))
      if (meant === null) return choice(selector.path, operations, service)
      const method = selector.method ?? '*'
      return `Did you mean\n${line(service, `${method} ${meant}`)}`
    }
    case 'prefix':
      return suggestion(selector.prefix, operations.map(writtenPath))
  }
}

/** The most operations that are listed. */
const most = 8

/** Operations as the manifest names them, the nearest to a wrong name first. */
function choice(wrong: string, operations: readonly OperationModel[], service: ServiceModel): string {
  const words = wordsIn(wrong)
  const common = ({ reference, operationId }: OperationModel): number =>
    wordsIn(`${reference} ${operationId ?? ''}`).filter((word) =>
      words.some((one) => word.startsWith(one) || one.startsWith(word)),
    ).length
  const sorted = [...operations].sort((a, b) => common(b) - common(a) || compareText(a.reference, b.reference))
  const shown = sorted.slice(0, most).map((operation) => `    ${selectorFor(operation, service)}`)
  const left = operations.length - shown.length
  return ['Its operations are', ...shown, ...(left > 0 ? [`    and ${left} more`] : [])].join('\n')
}

/** `bookSlot`: `book`, `slot`. */
function wordsIn(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2)
}

function line(service: ServiceModel, reference: string): string {
  return `    '${service.id} ${reference}'`
}
