import type { ServiceManifest, ServiceModel } from '../../model/types.ts'

/** A service: what it offers, and what the manifest says about it. */
export interface ServiceSource {
  readonly model: ServiceModel
  readonly manifest: ServiceManifest
}
