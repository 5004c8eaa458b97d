import type { At, ClientManifest, ExposeEntry, OperationModel } from '../../../model/types.ts'
import { compareText } from '../../../support/index.ts'
import type { OperationIndex } from './operationIndex.ts'
import { isMoreSpecific, isSingle, parseSelector, type Selector } from './selector.ts'

/** An entry of `expose` with a valid selector. */
export interface Layer {
  readonly entry: ExposeEntry
  readonly selector: Selector
  /** The number of operations that the selector matches. */
  readonly reach: number
}

/** An entry of `expose`, and the operations that it matches. */
export interface Selection {
  readonly entry: ExposeEntry
  /** `null`: it cannot be parsed. */
  readonly selector: Selector | null
  /**
   * In the order of the spec, without those of `except`. An operationId with several matches is ambiguous, and exposes
   * no operations.
   */
  readonly matches: readonly OperationModel[]
  /** The number of operations that the selector matches, those of `except` included. */
  readonly matched: number
  /** Selectors of `except` that name no operation of the entry. */
  readonly idleExcepts: readonly At<string>[]
}

/** An operation that a client exposes, with every entry that matches it. */
export interface Asked {
  readonly operation: OperationModel
  readonly layers: readonly Layer[]
}

/** Matches a client's entries with the services, in code-unit order of the entries. Their order in the file has no effect. */
export function selectOperations(
  client: ClientManifest,
  indexes: ReadonlyMap<string, OperationIndex>,
): { readonly selections: readonly Selection[]; readonly asked: readonly Asked[] } {
  const entries = [...client.expose].sort((a, b) => compareText(a.selector, b.selector))
  const selections = entries.map((entry): Selection => {
    const selector = parseSelector(entry.selector)
    const matching = selector === null ? [] : (indexes.get(selector.service)?.matches(selector) ?? [])
    const exceptions = selector === null || isSingle(selector) ? [] : entry.except
    const excepts = exceptions.map((written) => ({ written, operations: matchedBy(written.value, indexes) }))
    const excepted = new Set(excepts.flatMap(({ operations }) => operations))
    return {
      entry,
      selector,
      matches: matching.filter((operation) => !excepted.has(operation)),
      matched: matching.length,
      idleExcepts: excepts
        .filter(({ operations }) => !operations.some((operation) => matching.includes(operation)))
        .map(({ written }) => written),
    }
  })

  const layers = new Map<OperationModel, Layer[]>()
  for (const selection of selections) {
    const { entry, selector, matches } = selection
    if (selector === null || isAmbiguous(selection)) continue
    const layer = { entry, selector, reach: matches.length }
    for (const operation of matches) {
      const known = layers.get(operation)
      if (known === undefined) layers.set(operation, [layer])
      else known.push(layer)
    }
  }
  return { selections, asked: [...layers].map(([operation, layers]) => ({ operation, layers })) }
}

function matchedBy(text: string, indexes: ReadonlyMap<string, OperationIndex>): readonly OperationModel[] {
  const selector = parseSelector(text)
  return selector === null ? [] : (indexes.get(selector.service)?.matches(selector) ?? [])
}

/** Whether several operations of a service have the operationId. */
export function isAmbiguous({ selector, matches }: Selection): boolean {
  return selector?.kind === 'operationId' && matches.length > 1
}

/** The most specific entry of a route, which messages name. */
export function mostSpecific(layers: readonly Layer[]): Layer {
  const [first, ...rest] = layers
  if (first === undefined) throw new Error('An operation is asked for by at least one entry.')
  return rest.reduce((best, layer) => (isMoreSpecific(layer.selector, best.selector) ? layer : best), first)
}
