import type { Environment } from '../environment/environment.ts'
import type { Observer } from '../observe/observer.ts'
import type { HeldBytes } from '../support/heldBytes.ts'
import type { Service } from '../vocabulary.ts'
import { deadline } from './call/deadline.ts'
import { createEndpoints } from './call/endpoints.ts'
import { toEndpoints } from './call/nextEndpoint.ts'
import { Endpoint } from './endpoint.ts'
import type { EventStreams } from './streams.ts'
import { readTls } from './tls.ts'
import { compose, type Transport } from './transport.ts'

/** A service and its connections. */
export interface Upstream {
  readonly name: string
  readonly urls: readonly URL[]
  /** Calls the service at one of its endpoints, within the order's timeout. Adds no credentials. */
  readonly transport: Transport
  /** Whether no endpoint has a place for a further call. `passes`: its answer may be passed on as it arrives. */
  isFull(passes: boolean): boolean
  destroy(): Promise<void>
}

export interface UpstreamOptions {
  readonly observer: Observer
  readonly streams: EventStreams
  readonly held: HeldBytes
}

/** Makes a service's connections. Invalid settings are refused through `environment`. */
export function createUpstream(
  name: string,
  service: Service,
  environment: Environment,
  { observer, streams, held }: UpstreamOptions,
): Upstream {
  const urls = service.url
    .map((setting) => environment.url(setting, `the url of service ${name}`))
    .filter((url) => url !== null)
  if (service.url.length === 0) environment.refuse(`service ${name} has no url`)
  const tls = readTls(name, service, environment)
  const { concurrency } = service
  const endpoints = createEndpoints(urls.map((url) => new Endpoint({ url, ...concurrency, tls })))
  const parts = { service: name, maxAnswer: service.maxAnswer, streams, held, observer }
  return {
    name,
    urls,
    transport: compose([deadline(name, observer)], toEndpoints(endpoints, parts)),
    isFull: endpoints.areFull,
    destroy: () => endpoints.destroy(),
  }
}
