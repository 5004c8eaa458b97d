import type { ClientManifest, ExposeEntry, OperationModel } from '../../../model/types.ts'
import { compareText } from '../../../support/index.ts'
import type { OperationIndex } from './operationIndex.ts'
import { isMoreSpecific, parseSelector, type Selector } from './selector.ts'

/** An entry of `expose` whose selector could be read. */
export interface Layer {
  readonly entry: ExposeEntry
  readonly selector: Selector
  /** How many operations it speaks of. */
  readonly reach: number
}

/** What an entry of `expose` came to. */
export interface Selection {
  readonly entry: ExposeEntry
  /** `null`: it cannot be read. */
  readonly selector: Selector | null
  /** In the order of the spec. More than one for an operationId: it is ambiguous, and exposes no operations. */
  readonly matches: readonly OperationModel[]
}

/** An operation that a client asks for, with every entry that speaks of it. */
export interface Asked {
  readonly operation: OperationModel
  readonly layers: readonly Layer[]
}

/** Applies a client's entries to the services. The entries are taken in code-unit order: theirs in the file means nothing. */
export function selectOperations(
  client: ClientManifest,
  indexes: ReadonlyMap<string, OperationIndex>,
): { readonly selections: readonly Selection[]; readonly asked: readonly Asked[] } {
  const entries = [...client.expose].sort((a, b) => compareText(a.selector, b.selector))
  const selections = entries.map((entry): Selection => {
    const selector = parseSelector(entry.selector)
    const matches = selector === null ? [] : (indexes.get(selector.service)?.matches(selector) ?? [])
    return { entry, selector, matches }
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

/** Whether an operationId stands for several operations of its service. */
export function isAmbiguous({ selector, matches }: Selection): boolean {
  return selector?.kind === 'operationId' && matches.length > 1
}

/** The entry that stands for a route in messages. */
export function mostSpecific(layers: readonly Layer[]): Layer {
  const [first, ...rest] = layers
  if (first === undefined) throw new Error('An operation is asked for by at least one entry.')
  return rest.reduce((best, layer) => (isMoreSpecific(layer.selector, best.selector) ? layer : best), first)
}
