import type { ServiceModel } from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'
import { below, type CatalogueEntry, type Code, catalogue, type Origin, type Report } from '../../../support/index.ts'

/** Reports about schemas, each at its place. */
export interface Complaints {
  /** About what `path` leads to from an object of the document; with the catalogue's remedy unless there is a better one. */
  add(code: Code, message: string, node: JsonObject, path: readonly (string | number)[], remedy?: string): void
  /** Says where objects stand that the document's own record does not know: somewhere below here. */
  below(origin: Origin): void
}

/** Who is told about them. */
export interface Listener {
  report(report: Report): void
}

export function createComplaints(service: ServiceModel, diagnostics: Listener): Complaints {
  let nearest = service.origin
  return {
    add(code, message, node, path, remedy) {
      const usual: CatalogueEntry = catalogue[code]
      const known = service.originOf(node)
      const origin = known === null ? nearest : below(known, ...path)
      diagnostics.report({ code, message, origin, remedy: remedy ?? usual.remedy ?? null })
    },
    below(origin) {
      nearest = origin
    },
  }
}
