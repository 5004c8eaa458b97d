import { createHash } from 'node:crypto'
import type { OperationModel } from '../../model/types.ts'

/** An operationId that is usable as a name in files, contracts and logs. */
const usable = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/
/** The pattern of names made from method and path. An operationId that matches it could be the same as one. */
const reserved = /^(?:get|head|put|post|delete|patch)(?:\.|$)/

/**
 * The key of an operation in its service's contract: the operationId if it is usable and unique, else a name made from method and
 * path (`get.orders._orderId.lines`). Depends on the operation only, so that a new operation does not rename others.
 * `operationIds`: how often each occurs in the service.
 */
export function contractKey(operation: OperationModel, operationIds: ReadonlyMap<string, number>): string {
  const { operationId } = operation
  if (operationId !== null && isUsable(operationId) && operationIds.get(operationId) === 1) return operationId
  return pathName(operation)
}

/** How often each operationId occurs. */
export function countOperationIds(operations: readonly OperationModel[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { operationId } of operations) {
    if (operationId !== null) counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
  }
  return counts
}

function isUsable(operationId: string): boolean {
  return operationId.length <= 128 && usable.test(operationId) && !reserved.test(operationId) && !(operationId in {})
}

/**
 * Method and segments of the path, parameters with the prefix `_`. If characters are replaced, or a parameter shares a segment
 * with other text, a digest of the reference makes the name unique.
 */
function pathName(operation: OperationModel): string {
  let exact = operation.path.variant === null && operation.path.query === null
  const parts = operation.path.segments.map((pieces) => {
    const [only] = pieces
    if (pieces.length !== 1 && operation.path.text !== '/') exact = false
    if (only?.kind === 'literal' && only.text.startsWith('_')) exact = false
    return pieces.map((piece) => (piece.kind === 'parameter' ? `_${clean(piece.name)}` : clean(piece.text))).join('-')
  })
  const name = [operation.method.toLowerCase(), ...parts.filter((part) => part !== '')].join('.')
  return exact ? name : `${name}-${digest(operation.reference)}`

  function clean(text: string): string {
    const cleaned = text.replaceAll(/[^A-Za-z0-9_-]/g, '-')
    if (cleaned !== text) exact = false
    return cleaned
  }
}

/** The first eight hexadecimal digits of a text's SHA-256. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
