import type { AccessRow } from '../plan/types.ts'
import { type AccessChanges, accessRows, diffAccess } from './access.ts'
import { type ContractChanges, diffContracts } from './contract.ts'

/** How the gateway of one client changed for its callers. */
export interface ClientChanges {
  readonly access: AccessChanges
  /** `null`: the earlier contract is not valid. */
  readonly contract: ContractChanges | null
}

const noAccess: AccessChanges = { added: [], removed: [], changed: [], widened: [], narrowed: [] }
const noContract: ContractChanges = { added: [], removed: [], changed: [], schemes: [], texts: false }

export const unchanged: ClientChanges = { access: noAccess, contract: noContract }

/**
 * Compares the texts of an earlier `access.json` and `openapi.json` with the new ones; `null`: there was no gateway.
 */
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
