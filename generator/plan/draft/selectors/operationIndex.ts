import type { OperationModel, ServiceModel } from '../../../model/types.ts'
import { groupedBy } from '../../../support/index.ts'
import type { Selector } from './selector.ts'

/** Finds the operations that a selector matches in one service. Indexed by operationId and path. */
export interface OperationIndex {
  readonly service: ServiceModel
  matches(selector: Selector): readonly OperationModel[]
}

export function indexOperations(service: ServiceModel): OperationIndex {
  const byId = groupedBy(service.operations, (operation) => operation.operationId)
  const byPath = groupedBy(service.operations, writtenPath)

  return {
    service,
    matches(selector) {
      switch (selector.kind) {
        case 'service':
          return service.operations
        case 'tag':
          return service.operations.filter((operation) => operation.tags.includes(selector.tag))
        case 'operationId':
          return byId.get(selector.operationId) ?? []
        case 'path':
          return (byPath.get(selector.path) ?? []).filter(hasMethod(selector.method))
        case 'prefix':
          return service.operations
            .filter(hasMethod(selector.method))
            .filter((operation) => writtenPath(operation).startsWith(selector.prefix))
      }
    },
  }
}

/** The path as written in the spec, `#variant` and `?query` included. */
export function writtenPath(operation: OperationModel): string {
  return operation.reference.slice(operation.reference.indexOf(' ') + 1)
}

function hasMethod(method: string | null): (operation: OperationModel) => boolean {
  return (operation) => method === null || operation.method === method
}
