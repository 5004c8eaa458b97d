import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createGateway, type RunningGateway } from '../../templates/runtime/startup/gateway.ts'
import type {
  Client,
  OperationSchemas,
  Service,
  ServiceSchemas,
  WrittenRoute,
} from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'

/** A line of the log: its level, its fields, and its message as `msg`. */
export type LogLine = Readonly<Record<string, unknown>>

export interface TestGateway {
  readonly gateway: RunningGateway
  readonly port: number
  readonly lines: readonly LogLine[]
  /** The first line that satisfies the test, among past and future lines. */
  line(test: (line: LogLine) => boolean): Promise<LogLine>
  close(): Promise<void>
}

export interface TestGatewayParts {
  readonly routes: readonly WrittenRoute[]
  readonly services: Readonly<Record<string, Service>>
  readonly client?: Client
  /** Operations of every service. `any` is added unless it is given. */
  readonly operations?: Readonly<Record<string, OperationSchemas>>
  readonly schemas?: ServiceSchemas['schemas']
  readonly linear?: ServiceSchemas['linear']
  readonly costs?: NonNullable<ServiceSchemas['costs']>
  readonly env?: Readonly<Record<string, string>>
  /** `own`: the gateway writes its log to standard output, and `lines` stays empty. */
  readonly log?: 'own'
  /** It does not listen: another server uses its app. */
  readonly embedded?: true
}

/** Starts a gateway on loopback, on a free port, unless it is embedded. */
export async function startTestGateway(parts: TestGatewayParts): Promise<TestGateway> {
  const data = await mkdtemp(join(tmpdir(), 'gateway-'))
  const lines: LogLine[] = []
  const waiting = new Set<() => void>()
  const write = (level: string) => (fields: object, msg?: string) => {
    lines.push({ level, ...fields, ...(msg === undefined ? {} : { msg }) })
    for (const wake of waiting) wake()
  }
  const logger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  }
  const params = Object.fromEntries(
    parts.routes.flatMap((route) => route.request?.path ?? []).map((name) => [name, some.parameter()]),
  )
  const contract: ServiceSchemas = {
    operations: { any: some.operation({ path: params }), ...parts.operations },
    schemas: parts.schemas ?? {},
    linear: parts.linear ?? [],
    costs: parts.costs ?? {},
  }
  for (const service of Object.keys(parts.services)) {
    await mkdir(join(data, service))
    await writeFile(join(data, service, 'schemas.json'), JSON.stringify(contract))
  }
  try {
    const gateway = createGateway(
      {
        client: parts.client ?? some.client(),
        routes: parts.routes,
        services: parts.services,
        data: pathToFileURL(`${data}/`),
      },
      {
        env: { PORT: '0', HOST: '127.0.0.1', DRAIN_DELAY_MS: '0', ...parts.env },
        ...(parts.log === 'own' ? {} : { logger }),
      },
    )
    const { port } = parts.embedded === true ? { port: 0 } : await gateway.listen()
    return {
      gateway,
      port,
      lines,
      line: (test) =>
        new Promise((resolve) => {
          const look = () => {
            const found = lines.find(test)
            if (found === undefined) return
            waiting.delete(look)
            resolve(found)
          }
          waiting.add(look)
          look()
        }),
      close: () => gateway.close(),
    }
  } finally {
    await rm(data, { recursive: true })
  }
}
