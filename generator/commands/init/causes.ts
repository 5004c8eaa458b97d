import type { OperationModel } from '../../model/types.ts'
import { asksCaller } from './credentials.ts'
import type { Cause, ClientDraft, ClientWish, EntryDraft, ServiceDraft } from './draft.ts'
import { markOf } from './words.ts'

/** What a manifest says about the operations of a cause. */
interface CauseText {
  /** Heading above their entries. */
  readonly heading: string
  /** Whether their entries are commented out. */
  readonly withheld: boolean
  /** The open question, after "who may call". */
  readonly question: string
  /** The rule until it is decided. */
  readonly rule: 'undecided' | 'authenticated'
}

export const causes: Readonly<Record<Cause, CauseText>> = {
  open: {
    heading: 'The document requires no caller',
    withheld: false,
    question: 'the document requires no caller',
    rule: 'undecided',
  },
  optional: {
    heading: 'Signing in is optional in the document',
    withheld: false,
    question: 'signing in is optional in the document, as with `{ public: <reason>, optional: true }`',
    rule: 'authenticated',
  },
  'any-caller': {
    heading:
      'Not exposed, because the document asks for no scope, so every caller of this external client could call them',
    withheld: true,
    question: 'the document asks for no scope',
    rule: 'undecided',
  },
  'service-key': {
    heading:
      'Not exposed, because only a credential of the service guards them, which the gateway would send for every caller',
    withheld: true,
    question: 'the document requires only a credential that the gateway supplies',
    rule: 'undecided',
  },
  internal: {
    heading: 'Not exposed, because they are named as administration or internals of the service',
    withheld: true,
    question: 'named as administration or internals of the service',
    rule: 'undecided',
  },
}

/** The cause of an operation, with the word that marks it as an internal; `null`: its document decides. */
export function causeOf(
  operation: OperationModel,
  service: ServiceDraft,
  { external }: Pick<ClientWish, 'external'>,
): { readonly cause: Cause; readonly mark: string | null } | null {
  const mark = markOf(operation)
  if (mark !== null) return { cause: 'internal', mark }
  const cause = causeOfSecurity(operation, service, external)
  return cause === null ? null : { cause, mark: null }
}

function causeOfSecurity(operation: OperationModel, { security }: ServiceDraft, external: boolean): Cause | null {
  const requirements = operation.security ?? []
  if (!asksCaller(operation, security)) {
    if (requirements.some((requirement) => requirement.length > 0)) return 'service-key'
    return external ? 'any-caller' : 'open'
  }
  const asked = requirements
    .map((requirement) => requirement.filter(({ scheme }) => security[scheme] === 'principal'))
    .filter((requirement) => requirement.length > 0)
  if (external && asked.some((requirement) => requirement.every(({ scopes }) => scopes.length === 0)))
    return 'any-caller'
  return requirements.some((requirement) => requirement.length === 0) ? 'optional' : null
}

/** Whether an entry is commented out. */
export function isWithheld({ cause }: EntryDraft): boolean {
  return cause !== null && causes[cause].withheld
}

/** Whether a client exposes an operation of a service. */
export function isExposed(service: ServiceDraft, clients: readonly ClientDraft[]): boolean {
  return clients.some(({ entries }) =>
    entries.some((entry) => entry.operation.service === service.id && !isWithheld(entry)),
  )
}
