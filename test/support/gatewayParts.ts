import type {
  AnswerSchemas,
  Client,
  OperationSchemas,
  Route,
  Schema,
  Service,
} from '../../templates/runtime/vocabulary.ts'

/** Parts of a gateway's generated data, with defaults for everything that a test does not set. */
export const some = {
  client: (more: Partial<Client> = {}): Client => ({
    gateway: 'shop-web',
    name: 'web',
    authenticators: {},
    cors: null,
    publicHosts: null,
    trustedProxies: [],
    unverifiedTls: 'refuse',
    basePath: null,
    stripBasePath: false,
    ownPath: null,
    unfinishedBodies: 64,
    tokenCache: 96 * 1_048_576,
    maxHeld: null,
    head: { target: 8_000, path: 8_000, queryPairs: 100, fields: 16_384, cookie: 8_192 },
    undeclaredQuery: 'drop',
    maxBody: { plain: 1_048_576, files: 10_485_760 },
    ...more,
  }),

  service: (url: string | readonly string[], more: Partial<Service> = {}): Service => ({
    url: typeof url === 'string' ? [url] : url,
    credentials: {},
    sends: [],
    tls: null,
    concurrency: { max: 16, queue: 16, wait: 2_000, streams: 64 },
    maxAnswer: 1_000_000,
    timeout: 5_000,
    undeclaredBody: 'pass',
    streamIdle: null,
    streamLifetime: 86_400_000,
    streamsPerCaller: 256,
    uploadIdle: 30_000,
    answers: { check: 'off', undeclared: 'pass' },
    ...more,
  }),

  /** A public route to service `orders`, with path parameters as strings. */
  route: (method: Route['method'], path: string, more: Partial<Route> = {}): Route => ({
    id: `orders.${method}${path}`,
    method,
    path,
    access: { kind: 'public', because: 'tests' },
    request: some.request(path),
    action: { kind: 'call', service: 'orders', method, path, credentials: [] },
    contract: { service: 'orders', operation: 'any' },
    answers: { check: 'off', undeclared: 'pass', statuses: ['200'] },
    timeout: 5_000,
    undeclaredBody: 'pass',
    streamIdle: null,
    streamLifetime: 86_400_000,
    streamsPerCaller: 256,
    uploadIdle: 30_000,
    ...more,
  }),

  request: (path: string, more: Partial<Route['request']> = {}): Route['request'] => ({
    path: namesIn(path),
    query: [],
    header: [],
    cookie: [],
    body: null,
    bind: [],
    undeclaredQuery: 'drop',
    maxBody: 1_000_000,
    ...more,
  }),

  operation: (more: Partial<OperationSchemas> = {}): OperationSchemas => ({
    path: {},
    query: {},
    header: {},
    cookie: {},
    body: null,
    answers: { 200: some.answer() },
    ...more,
  }),

  /** An answer of any media type. JSON has the schema. */
  answer: (schema: Schema = true, headers: readonly string[] = []): AnswerSchemas => ({
    content: { 'application/json': { schema, encoding: {} }, '*/*': { schema: true, encoding: {} } },
    headers,
  }),

  parameter: (more: Partial<OperationSchemas['path'][string]> = {}): OperationSchemas['path'][string] => ({
    required: true,
    style: 'simple',
    explode: false,
    allowReserved: false,
    schema: { type: 'string' },
    ...more,
  }),
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
}
