import type { OperationModel, ResponseModel } from '../../../model/types.ts'

/** Statuses of redirects (RFC 9110 section 15.4): not 304, which has no `Location`, nor those that are not used any more. */
const redirects: ReadonlySet<string> = new Set(['300', '301', '302', '303', '307', '308', '3XX'])

/** The first redirect that an operation documents. */
export function documentedRedirect({ responses }: OperationModel): ResponseModel | undefined {
  return responses.find(({ status }) => redirects.has(status))
}

export function documentsRedirect(operation: OperationModel): boolean {
  return documentedRedirect(operation) !== undefined
}
