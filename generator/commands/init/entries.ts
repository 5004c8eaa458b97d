import type { OperationModel } from '../../model/types.ts'
import { asksCaller } from './credentials.ts'
import type { ClientWish, EntryDraft, ServiceDraft } from './draft.ts'

/** One entry for each operation of a service, with assumptions for everything that is not decided. */
export function proposeEntries(service: ServiceDraft, client: ClientWish): readonly EntryDraft[] {
  const counts = new Map<string, number>()
  for (const { operationId } of [...service.operations, ...service.elsewhere]) {
    if (operationId !== null) counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
  }
  const credential = client.kind === 'api-key' ? service.asGateway : null
  return service.operations.map((operation) => {
    const open = !asksCaller(operation, service.security)
    return {
      operation,
      selector: selectorOf(service.id, operation, counts),
      options: {
        ...(open ? { access: { authenticated: true } } : {}),
        ...(credential === null ? {} : { credential: credential.length === 1 ? (credential[0] ?? null) : credential }),
      },
      decisions: open ? { access: 'the document does not require a caller' } : {},
    }
  })
}

/** By operationId if that is unique and has plain characters, else by method and path. */
function selectorOf(
  id: string,
  { operationId, reference }: OperationModel,
  counts: ReadonlyMap<string, number>,
): string {
  const isPlain = operationId !== null && /^[A-Za-z0-9_][\w./:-]*$/.test(operationId) && counts.get(operationId) === 1
  return isPlain ? `${id}.${operationId}` : `${id} ${reference}`
}
