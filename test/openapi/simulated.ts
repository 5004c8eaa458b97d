import { request } from 'undici'
import { startSimulator } from '../../generator/dev/simulator.ts'
import { planOffer } from '../../generator/plan/index.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import { manifestOf, outcomeOfFiles } from '../support/manifestFolder.ts'

export interface Simulated {
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** The answer of a simulator of the document's service to GET /probe. */
export async function simulated(document: JsonObject): Promise<Simulated> {
  const { model, problems } = await outcomeOfFiles({
    'gateway.yaml': manifestOf(),
    'spec.yaml': JSON.stringify(document),
  })
  const [service] = model?.services ?? []
  if (service === undefined) throw new Error(problems.join('\n'))
  const simulator = await startSimulator({ port: 0, services: [{ model: service, ...planOffer(service) }] })
  try {
    const { headers, body } = await request(`${simulator.url}/probe`)
    return { headers, body: await body.text() }
  } finally {
    await simulator.close()
  }
}
