import type { OperationModel, ServiceModel } from '../../model/types.ts'
import type { Origin } from '../../support/index.ts'
import type { RouteDraft } from '../draft/types.ts'

/** How the manifest names the operation of a route: `orders.getOrder`, or `'orders GET /orders/{orderId}'`. */
export function selectorOf({ id, key, operation, source }: RouteDraft): string {
  return key === operation.operationId ? id : `'${source.manifest.id} ${operation.reference}'`
}

/** How the manifest names an operation without a route: by its operationId if no other operation has it, else by method and path. */
export function selectorFor(operation: OperationModel, service: ServiceModel): string {
  const { operationId, reference } = operation
  const isOne = service.operations.filter((other) => other.operationId === operationId).length === 1
  return operationId !== null && isOne && !/[\s'"{}[\]:#]/.test(operationId)
    ? `${service.id}.${operationId}`
    : `'${service.id} ${reference}'`
}

/** How the spec names it: `GET /orders/{orderId} of orders.yaml`. */
export function operationIn({ operation, source }: RouteDraft): string {
  return `${operation.reference} of ${source.model.file}`
}

/** Another path to suggest for a route, in the notation of the manifest. */
export function anotherPath({ path, source }: RouteDraft): string {
  const prefix = `/${source.manifest.id}`
  return path.text.startsWith(`${prefix}/`) || path.text === prefix ? "'<another path>'" : `'${prefix}${path.text}'`
}

/** A related message with its place; empty if there is no place. */
export function related(
  origin: Origin | null,
  message: string,
): readonly { readonly origin: Origin; readonly message: string }[] {
  return origin === null ? [] : [{ origin, message }]
}
