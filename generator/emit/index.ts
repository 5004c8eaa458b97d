import type { ClientPlan, Plan } from '../plan/types.ts'
import type { Diagnostics, StageResult } from '../support/index.ts'
import { declarations } from './declarations.ts'
import { clientFiles } from './files.ts'
import type { GeneratedFile } from './types.ts'
import { verify } from './verify.ts'

export { ownPackage } from './package.ts'
export type { GeneratedFile } from './types.ts'

/**
 * The files of every client's gateway, in memory and verified. If a file of a client cannot be made, the client is
 * faulty and has no files.
 */
export function emit({ clients }: Plan, diagnostics: Diagnostics): StageResult<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = []
  const faulty: string[] = []
  for (const client of clients) {
    const own = emitClient(client, diagnostics)
    if (own === null) faulty.push(client.id)
    else files.push(...own)
  }
  return { value: files, faulty }
}

function emitClient(client: ClientPlan, diagnostics: Diagnostics): readonly GeneratedFile[] | null {
  const declared = declare(client, diagnostics)
  if (declared === null) return null
  const emitted = clientFiles(client, declared)
  const isSound = verify(
    emitted.flatMap(({ file, kind }) => (kind === null ? [] : [{ file, kind }])),
    diagnostics,
  )
  return isSound ? emitted.map(({ file }) => file) : null
}

/** openapi-typescript throws on documents that it does not support. */
function declare(client: ClientPlan, diagnostics: Diagnostics): string | null {
  try {
    const differing = client.types.flatMap(({ source }) =>
      source.kind === 'schema' && source.members !== 'all' ? [source.schema] : [],
    )
    return declarations(client.contract, new Set(differing))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    diagnostics.report({
      code: 'GW4002',
      message: `openapi-typescript cannot print types for the contract of ${client.id}: ${reason}`,
      origin: null,
      remedy:
        'Nothing was written. Run with --skip-unsupported to leave the operation out, and please report it with the specification.',
    })
    return null
  }
}
