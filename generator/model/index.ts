import type { Inputs } from '../read/types.ts'
import { child, children, section } from '../settings/index.ts'
import type { Diagnostics, StageResult } from '../support/index.ts'
import { reportIdleSettings } from './idleSettings.ts'
import { manifestModel } from './manifest.ts'
import { serviceModel } from './service.ts'
import type { Model } from './types.ts'

export { secretAddress } from './servers.ts'
export type * from './types.ts'

/**
 * Models the services and the manifest as plain data. Errors of an operation become its faults, which are reported only if a client
 * exposes the operation. A service is faulty if its documents are.
 */
export function model({ value: inputs, faulty }: StageResult<Inputs>, diagnostics: Diagnostics): StageResult<Model> {
  const manifest = manifestModel(inputs)
  const root = section(inputs.manifest, { file: inputs.manifestFile, pointer: '' })
  for (const [id, part] of children(child(root, 'authenticators'))) reportIdleSettings(id, part, diagnostics)
  const services = manifest.services.flatMap((service) => {
    const spec = inputs.specs.find(({ service: id }) => id === service.id)
    return spec === undefined ? [] : [serviceModel(spec, service, diagnostics)]
  })
  return { value: { manifest, services }, faulty }
}
