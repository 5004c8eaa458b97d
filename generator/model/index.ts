import type { Inputs } from '../read/types.ts'
import type { Diagnostics, StageResult } from '../support/index.ts'
import { manifestModel } from './manifest.ts'
import { serviceModel } from './service.ts'
import type { Model } from './types.ts'

export type * from './types.ts'

/**
 * What the services offer and what the manifest asks, as pure data. What is wrong with an operation is a fault of it, reported only
 * when a client asks for the operation. A service is faulty when its documents were.
 */
export function model({ value: inputs, faulty }: StageResult<Inputs>, diagnostics: Diagnostics): StageResult<Model> {
  const manifest = manifestModel(inputs)
  const services = manifest.services.flatMap((service) => {
    const spec = inputs.specs.find(({ service: id }) => id === service.id)
    return spec === undefined ? [] : [serviceModel(spec, service, diagnostics)]
  })
  return { value: { manifest, services }, faulty }
}
