import { type AccessChanges, accessRows, diffAccess } from './access.ts'
import { type ContractChanges, diffContracts } from './contract.ts'
import { type JsonObject, membersOf, parsedObject } from './document.ts'
import { isExplained } from './explained.ts'
import { diffTrust, type TrustChange } from './trust.ts'

/** The generated files of one gateway: text by path in the client's folder. */
export type GatewayFiles = ReadonlyMap<string, string>

export const tables = { access: 'access.json', contract: 'openapi.json' } as const

/** Whether a comparison reads a file of a gateway: the two tables, and what the gateway runs from. */
export function isCompared(path: string): boolean {
  return path === tables.access || path === tables.contract || path.startsWith('src/')
}

/** How the gateway of one client changed for its callers. */
export interface ClientChanges {
  readonly access: AccessChanges
  /** `null`: the earlier contract is not valid. */
  readonly contract: ContractChanges | null
  /** `null`: the earlier access table does not say whom the gateway believed. */
  readonly trust: readonly TrustChange[] | null
  /** Files of the gateway's data and of its runtime with changes of which nothing above says how. */
  readonly unexplained: readonly string[]
}

const noAccess: AccessChanges = { added: [], removed: [], changed: [], reported: [], widened: [], narrowed: [] }
const noContract: ContractChanges = { added: [], removed: [], changed: [], opened: [], schemes: [], texts: false }

export const unchanged: ClientChanges = { access: noAccess, contract: noContract, trust: [], unexplained: [] }

/** Compares the files of an earlier gateway with the new ones; `null`: there was no gateway, or its access table is not valid. */
export function changesOf(before: GatewayFiles, after: GatewayFiles): ClientChanges | null {
  const rows = accessRows(before.get(tables.access) ?? '')
  if (rows === null) return null
  const earlier = before.get(tables.contract)
  const access = diffAccess(rows, accessRows(after.get(tables.access) ?? '') ?? [])
  const contract = earlier === undefined ? null : diffContracts(earlier, after.get(tables.contract) ?? '')
  const trust = trustChanges(trustOf(before), trustOf(after))
  const unexplained = [...after]
    .filter(([path, text]) => before.get(path) !== text)
    .filter(([path, text]) => !isExplained(path, before.get(path) ?? '', text, { rows, contract }))
    .map(([path]) => path)
  return { access, contract, trust, unexplained }
}

function trustOf(files: GatewayFiles): JsonObject | null {
  const trust = parsedObject(files.get(tables.access) ?? '')?.['trust']
  return trust === undefined ? null : membersOf(trust)
}

function trustChanges(before: JsonObject | null, after: JsonObject | null): readonly TrustChange[] | null {
  return before === null || after === null ? null : diffTrust(before, after)
}
