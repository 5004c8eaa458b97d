import type { ClientPlan, Plan } from '../plan/types.ts'
import type { Diagnostics } from '../support/index.ts'
import { declarations } from './declarations.ts'
import { clientFiles, type Declarations } from './files.ts'
import type { GeneratedFile } from './types.ts'
import { verify } from './verify.ts'

export { ownPackage } from './package.ts'
export type { GeneratedFile } from './types.ts'

/** Every file of every client's gateway, in memory and verified; `null` when one of them cannot be made. */
export function emit(plan: Plan, diagnostics: Diagnostics): GeneratedFile[] | null {
  const emitted = plan.clients.flatMap((client) => {
    const declared = declare(client, diagnostics)
    return declared === null ? [] : clientFiles(client, declared)
  })
  verify(
    emitted.flatMap(({ file, kind }) => (kind === null ? [] : [{ file, kind }])),
    diagnostics,
  )
  return diagnostics.hasErrors ? null : emitted.map(({ file }) => file)
}

function declare(client: ClientPlan, diagnostics: Diagnostics): Declarations | null {
  const contract = attempt(() => declarations(client.contract, true), `the contract of ${client.id}`, diagnostics)
  const services = new Map<string, string>()
  for (const service of client.services) {
    const printed = attempt(
      () => declarations(service.types),
      `what ${client.id} reaches of ${service.id}`,
      diagnostics,
    )
    if (printed !== null) services.set(service.id, printed)
  }
  return contract === null || services.size < client.services.length ? null : { contract, services }
}

/** openapi-typescript throws where a document is not what it expects. */
function attempt(print: () => string, what: string, diagnostics: Diagnostics): string | null {
  try {
    return print()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    diagnostics.report({
      code: 'GW4002',
      message: `openapi-typescript cannot print types for ${what}: ${reason}`,
      origin: null,
      remedy:
        'Nothing was written. Run with --skip-unsupported to leave the operation out, and please report it with the specification.',
    })
    return null
  }
}
