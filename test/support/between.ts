import type {
  AnswerPolicy,
  Method,
  OperationSchemas,
  Service,
  WrittenRoute,
} from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { type RawResponse, requestText, sendRaw } from './rawClient.ts'
import { createRawService, type RawService } from './recordingService.ts'
import { startTestGateway, type TestGateway, type TestGatewayParts } from './testGateway.ts'

/** A gateway in front of one service, whose answers are bytes. */
export interface Between {
  readonly gateway: TestGateway
  readonly service: RawService
  /** Heads of the requests that reached the service. */
  readonly heads: readonly string[]
  /** Sends one request and returns the answer as received. */
  ask(line: string, fields?: readonly string[], body?: string): Promise<RawResponse>
  /** Names of the drifts in the log so far. */
  drifts(): readonly unknown[]
  close(): Promise<void>
}

export interface BetweenParts extends Partial<Pick<TestGatewayParts, 'client' | 'env' | 'schemas'>> {
  /** Operations by method and path; routes to `orders` with the policy, unless `routes` are given. */
  readonly operations: Readonly<Record<string, OperationSchemas>>
  readonly policy?: Partial<AnswerPolicy>
  readonly more?: Partial<WrittenRoute>
  readonly service?: Partial<Service>
}

/** Starts both. `answer`: the bytes that the service sends for the head of a request. */
export async function startBetween(
  answer: (head: string) => string | Buffer,
  { operations, policy, more, service: settings, ...parts }: BetweenParts,
): Promise<Between> {
  const heads: string[] = []
  const service = await createRawService((socket, head) => {
    heads.push(head)
    socket.write(answer(head))
  })
  const routes = Object.entries(operations).map(([name, { answers, body }]) => {
    const [method = '', path = ''] = name.split(' ')
    const route = some.route(method as Method, path)
    return {
      ...route,
      contract: { service: 'orders', operation: name },
      request: { ...route.request, body: body === null ? null : Object.keys(body.content) },
      answers: { check: 'report', undeclared: 'drop', statuses: Object.keys(answers), ...policy } as const,
      ...more,
    }
  })
  const gateway = await startTestGateway({
    ...parts,
    routes,
    services: { orders: some.service(service.url, settings) },
    operations,
  })
  return {
    gateway,
    service,
    heads,
    ask: (line, fields, body) => sendRaw(gateway.port, requestText(line, fields, body)),
    drifts: () => gateway.lines.filter(({ what }) => what !== undefined).map(({ what }) => what),
    async close() {
      await gateway.close()
      await service.close()
    },
  }
}

/** The bytes of an answer. A `Content-Length` is added unless the fields frame the body. */
export function answerText(status: number, fields: readonly string[] = [], body = ''): string {
  const framed =
    status === 204 || status === 304 || fields.some((field) => /^(?:content-length|transfer-encoding):/i.test(field))
  const length = framed ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  return [`HTTP/1.1 ${status} Status`, ...fields, ...length, '', body].join('\r\n')
}
