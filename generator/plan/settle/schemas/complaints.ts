import type { ServiceModel } from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'
import { below, type CatalogueEntry, type Code, catalogue, type Origin, type Report } from '../../../support/index.ts'

/** Reports faults of schemas, with their places. */
export interface Complaints {
  /**
   * Reports a fault at `path` below an object of the document. Without `remedy` the catalogue's remedy is used. `cause`:
   * what faults with other messages have in common (`Report.cause`).
   */
  add(
    code: Code,
    message: string,
    node: JsonObject,
    path: readonly (string | number)[],
    remedy?: string,
    cause?: string,
  ): void
  /** Sets the origin for faults of objects whose place in the document is not recorded. */
  below(origin: Origin): void
}

/** Receives the reports. */
export interface Listener {
  report(report: Report): void
}

export function createComplaints(service: ServiceModel, diagnostics: Listener): Complaints {
  let nearest = service.origin
  return {
    add(code, message, node, path, remedy, cause) {
      const usual: CatalogueEntry = catalogue[code]
      const known = service.originOf(node)
      const origin = known === null ? nearest : below(known, ...path)
      const common = cause === undefined ? {} : { cause }
      diagnostics.report({ code, message, origin, remedy: remedy ?? usual.remedy ?? null, ...common })
    },
    below(origin) {
      nearest = origin
    },
  }
}
