import { join } from 'node:path'
import { request } from 'undici'
import type { ClientPlan } from '../../generator/plan/types.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { run } from '../../generator/run.ts'
import { manifestFolder } from '../support/manifestFolder.ts'
import { createRecordingService, type RecordedRequest } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

export interface Options {
  /** `null`: the service has no address in the manifest. */
  readonly url?: null
  /** Further members of the service in the manifest. */
  readonly service?: JsonObject
  /** Further members of the client in the manifest. */
  readonly client?: JsonObject
  /** `expose` of the client; default: all operations, public. */
  readonly expose?: JsonObject
  readonly authenticators?: JsonObject
}

export interface Outcome {
  /** `null`: refused. */
  readonly client: ClientPlan | null
  /** `GW3251 /paths/~1probe/post`. */
  readonly problems: readonly string[]
}

/** The result of planning a document. All of its operations are public unless the options say otherwise. */
export async function outcomeOf(document: JsonObject, options: Options = {}): Promise<Outcome> {
  const manifest = {
    gatewright: 1,
    name: 'shop',
    services: {
      orders: {
        spec: 'orders.yaml',
        url: options.url === null ? undefined : 'http://orders.internal',
        ...options.service,
      },
    },
    ...(options.authenticators === undefined ? {} : { authenticators: options.authenticators }),
    clients: {
      web: { expose: options.expose ?? { 'orders.*': { access: { public: 'For tests' } } }, ...options.client },
    },
  }
  const folder = manifestFolder({ 'gateway.yaml': JSON.stringify(manifest), 'orders.yaml': JSON.stringify(document) })
  const path = join(folder.path, 'gateway.yaml')
  const ended = run({ manifest: path, clients: [], skipUnsupported: false, until: 'plan' })
  const { diagnostics, plan } = await ended.finally(() => folder.remove())
  return {
    client: plan?.value.clients[0] ?? null,
    // Many of these documents have answers of any kind, which GW3341 reports.
    problems: diagnostics.all
      .filter(({ code }) => code !== 'GW3341')
      .map(({ code, origin }) => `${code} ${origin?.pointer ?? ''}`),
  }
}

/** The plan of a document for its only client. Throws an error with the problems if there is none. */
export async function planOf(document: JsonObject, options: Options = {}): Promise<ClientPlan> {
  const { client, problems } = await outcomeOf(document, options)
  if (client === null) throw new Error(problems.join('\n'))
  return client
}

export interface Call {
  readonly method?: 'GET' | 'POST'
  /** Path and query; default: `/probe`. */
  readonly target?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  /** The request that reached the service. */
  readonly arrived: RecordedRequest | null
}

/** The answer of the service. */
export interface Answering {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: JsonValue
}

export interface Probe {
  send(call: Call, answering?: Answering): Promise<Told>
  close(): Promise<void>
}

/** Starts the gateway of a plan in front of a service that records requests. */
export async function startProbe(
  { client, routes, services }: ClientPlan,
  env: Readonly<Record<string, string>> = {},
): Promise<Probe> {
  let answering: Answering = {}
  const service = await createRecordingService((_request, res) => {
    const { status = 200, headers = { 'content-type': 'application/json' }, body = {} } = answering
    res.writeHead(status, { ...headers })
    res.end(JSON.stringify(body))
  })
  const [planned] = services
  const gateway = await startTestGateway({
    client,
    env,
    routes: routes.map(({ route }) => route),
    services: planned === undefined ? {} : { [planned.id]: { ...planned.service, url: [service.url] } },
    operations: planned?.schemas.operations ?? {},
    schemas: planned?.schemas.schemas ?? {},
  })
  return {
    async send({ method = 'POST', target = '/probe', headers = {}, body }, answer = {}) {
      answering = answer
      const before = service.requests.length
      const {
        statusCode,
        headers: answered,
        body: text,
      } = await request(`http://127.0.0.1:${gateway.port}${target}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: body ?? null,
      })
      return {
        status: statusCode,
        headers: answered,
        body: await text.text(),
        arrived: service.requests[before] ?? null,
      }
    },
    async close() {
      await gateway.close()
      await service.close()
    },
  }
}

/** Runs a function with the gateway of a document. */
export async function probing<T>(
  document: JsonObject,
  options: Options,
  use: (probe: Probe) => Promise<T>,
): Promise<T> {
  const probe = await startProbe(await planOf(document, options))
  try {
    return await use(probe)
  } finally {
    await probe.close()
  }
}
