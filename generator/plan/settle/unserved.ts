import { type Diagnostics, keyOf, type Origin, type Report } from '../../support/index.ts'
import { isRouteMethod } from '../draft/routes/route.ts'
import { mostSpecific } from '../draft/selectors/selection.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'
import type { SkippedOperation } from '../types.ts'

/**
 * Reports the exposed operations that no gateway can serve: their faults under their own codes, or, with `skip`, that
 * they are left out. Returns these operations.
 */
export function reportUnserved(
  client: ClientDraft,
  skip: boolean,
  diagnostics: Diagnostics,
): readonly SkippedOperation[] {
  return client.unserved.map(({ operation, source, origin }) => {
    const reference = `${source.manifest.id} ${operation.reference}`
    const asked = { origin, message: `exposes it to \`${client.manifest.id}\`` }
    const method = {
      code: 'GW3105',
      message: `Gateways do not support ${operation.method}, so ${reference} cannot be exposed.`,
      origin: operation.origin,
      remedy:
        'Expose the operations of the service by name, without this one, or leave it out with `--skip-unsupported`.',
    } as const
    const faults = [...(isRouteMethod(operation.method) ? [] : [method]), ...operation.faults]
    const [fault = method] = faults
    if (skip) {
      leaveOut(reference, fault === method ? { ...fault, remedy: null } : fault, asked, client, diagnostics)
    } else {
      for (const one of faults) diagnostics.report({ ...one, related: [asked], subject: reference })
    }
    return { reference, reason: fault.message, code: fault.code }
  })
}

/** Reports that routes are left out because of a schema that they lead to. Returns their operations. */
export function reportUnfit(
  client: ClientDraft,
  unfit: ReadonlyMap<RouteDraft, Report>,
  diagnostics: Diagnostics,
): readonly SkippedOperation[] {
  return [...unfit].map(([{ operation, source, layers }, fault]) => {
    const reference = `${source.manifest.id} ${operation.reference}`
    const origin = keyOf(mostSpecific(layers).entry.origin)
    leaveOut(reference, fault, { origin, message: `exposes it to \`${client.manifest.id}\`` }, client, diagnostics)
    return { reference, reason: fault.message, code: fault.code }
  })
}

function leaveOut(
  reference: string,
  { message, origin, remedy = null }: Report,
  asked: { readonly origin: Origin; readonly message: string },
  client: ClientDraft,
  diagnostics: Diagnostics,
): void {
  diagnostics.report({
    code: 'GW3106',
    message: `${reference} is left out of \`${client.manifest.id}\`. ${message}`,
    origin,
    related: [asked],
    remedy,
    subject: reference,
  })
}
