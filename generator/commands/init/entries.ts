import type { OperationModel } from '../../model/types.ts'
import { asksForNone, declaresSecurity } from '../../plan/index.ts'
import type { JsonValue } from '../../read/types.ts'
import { causeOf } from './causes.ts'
import type { ClientWish, EntryDraft, ServiceDraft } from './draft.ts'

/** One entry for each operation of a service. Entries whose access the document does not decide have a cause. */
export function proposeEntries(service: ServiceDraft, client: ClientWish): readonly EntryDraft[] {
  const counts = new Map<string, number>()
  for (const { operationId } of [...service.operations, ...service.elsewhere]) {
    if (operationId !== null) counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
  }
  const isSecured = declaresSecurity([...service.operations, ...service.elsewhere])
  return service.operations.map((operation) => {
    // In an entry of the operation it would be sent, although the document asks for none.
    const credential = isSecured && asksForNone(operation) ? null : credentialOf(operation, service, client)
    const found = causeOf(operation, service, client)
    return {
      operation,
      selector: selectorOf(service.id, operation, counts),
      options:
        credential === null ? {} : { credential: credential.length === 1 ? (credential[0] ?? null) : credential },
      cause: found?.cause ?? null,
      mark: found?.mark ?? null,
      decisions: {},
    }
  })
}

/** The credentials of an operation where they are not those of its service; `null`: they are. */
function credentialOf(
  { reference }: OperationModel,
  { apart, asGateway }: ServiceDraft,
  { kind }: ClientWish,
): readonly JsonValue[] | null {
  const own = apart.get(reference)
  if (own === undefined) return kind === 'api-key' ? asGateway : null
  const token = kind === 'api-key' ? (asGateway ?? []).slice(0, 1) : ['principal']
  return [...(own.asks ? token : []), ...own.own]
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
