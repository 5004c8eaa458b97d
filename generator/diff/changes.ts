import type { AccessRow } from '../plan/types.ts'
import { type AccessChanges, accessRows, diffAccess } from './access.ts'
import { type ContractChanges, diffContracts } from './contract.ts'

/** How the gateway of one client changed for those who call it. */
export interface ClientChanges {
  readonly access: AccessChanges
  /** `null`: the contract from before cannot be read. */
  readonly contract: ContractChanges | null
}

const noAccess: AccessChanges = { added: [], removed: [], changed: [], widened: [] }
const noContract: ContractChanges = { added: [], removed: [], changed: [], schemes: [], texts: false }

export const unchanged: ClientChanges = { access: noAccess, contract: noContract }

/** Compares the texts of an `access.json` and an `openapi.json`, as they were found, with what is made now; `null`: there was no gateway. */
export function changesOf(
  before: { readonly access: string | null; readonly contract: string | null },
  after: { readonly access: readonly AccessRow[]; readonly contract: string },
): ClientChanges | null {
  const rows = before.access === null ? null : accessRows(before.access)
  if (rows === null) return null
  return {
    access: diffAccess(rows, after.access),
    contract: before.contract === null ? null : diffContracts(before.contract, after.contract),
  }
}
