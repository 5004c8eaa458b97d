import type { ServiceManifest, ServiceModel } from '../../model/types.ts'
import type { ResolvedAt } from '../../settings/index.ts'

/** A service: what it offers, and what the manifest says about it. */
export interface ServiceSource {
  readonly model: ServiceModel
  readonly manifest: ServiceManifest
  /** What counts for its routes unless they say otherwise. */
  readonly settings: ResolvedAt<'service'>
}
