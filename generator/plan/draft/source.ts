import type { ServiceManifest, ServiceModel } from '../../model/types.ts'
import type { ResolvedAt } from '../../settings/index.ts'

/** A service: its model, and its entry in the manifest. */
export interface ServiceSource {
  readonly model: ServiceModel
  readonly manifest: ServiceManifest
  /** Whether the document declares `security`, at its top or at an operation. */
  readonly declaresSecurity: boolean
  /** The effective settings of its routes, unless they set others. */
  readonly settings: ResolvedAt<'service'>
}
