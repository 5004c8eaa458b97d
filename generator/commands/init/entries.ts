import type { OperationModel } from '../../model/types.ts'
import { asksForNone, declaresSecurity } from '../../plan/index.ts'
import { asksCaller } from './credentials.ts'
import type { ClientWish, EntryDraft, ServiceDraft } from './draft.ts'

/** One entry for each operation of a service, with assumptions for everything that is not decided. */
export function proposeEntries(service: ServiceDraft, client: ClientWish): readonly EntryDraft[] {
  const counts = new Map<string, number>()
  for (const { operationId } of [...service.operations, ...service.elsewhere]) {
    if (operationId !== null) counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
  }
  const ofKeys = client.kind === 'api-key' ? service.asGateway : null
  const isSecured = declaresSecurity([...service.operations, ...service.elsewhere])
  return service.operations.map((operation) => {
    const open = !asksCaller(operation, service.security)
    const optional = !open && (operation.security ?? []).some((requirement) => requirement.length === 0)
    // In an entry of the operation it would be sent, although the document asks for none.
    const credential = isSecured && asksForNone(operation) ? null : ofKeys
    return {
      operation,
      selector: selectorOf(service.id, operation, counts),
      options: {
        ...(open || optional ? { access: { authenticated: true } } : {}),
        ...(credential === null ? {} : { credential: credential.length === 1 ? (credential[0] ?? null) : credential }),
      },
      decisions: open ? { access: undemanding } : optional ? { access: optionalSignIn } : {},
    }
  })
}

const undemanding = 'the document does not require a caller'
const optionalSignIn = 'signing in is optional in the document, as with `{ public: <reason>, optional: true }`'

/** By operationId if that is unique and has plain characters, else by method and path. */
function selectorOf(
  id: string,
  { operationId, reference }: OperationModel,
  counts: ReadonlyMap<string, number>,
): string {
  const isPlain = operationId !== null && /^[A-Za-z0-9_][\w./:-]*$/.test(operationId) && counts.get(operationId) === 1
  return isPlain ? `${id}.${operationId}` : `${id} ${reference}`
}
