import { count, defined, envTexts, flag, pathPrefix, size, texts, wholeSeconds, word } from './parsers.ts'
import { optional, required, setting } from './row.ts'

/** The rows of `table` that clients alone have. */
export const clientTable = {
  audience: setting({
    levels: ['client'],
    value: word('internal', 'external'),
    default: 'internal',
    example: 'external',
    description:
      'Whether the client belongs to the same organisation. For `external`, nothing undeclared passes, and JSON answers need a schema.',
  }),
  'cors.origins': required({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    empty: [],
    example: ['https://shop.example'],
    description: 'Origins of scripts that may call, exactly as browsers send them.',
  }),
  'cors.credentials': setting({
    levels: ['client'],
    value: flag,
    default: false,
    example: true,
    description: 'Whether browsers may send cookies.',
  }),
  'cors.expose': setting({
    levels: ['client'],
    value: texts({ items: { ...defined('fieldName'), description: 'Name of a response header.' }, uniqueItems: true }),
    default: [],
    example: ['X-Total-Count'],
    description: 'Response headers that scripts may read, besides those that the contract documents.',
  }),
  'cors.maxAge': setting({
    levels: ['client'],
    value: wholeSeconds,
    default: '10m',
    example: '1h',
    description: 'How long browsers may remember a preflight.',
  }),
  publicHosts: optional({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    otherwise: 'any',
    example: ['api.shop.example'],
    description: 'Authorities (`host` or `host:port`) that requests may name; others are answered with 421.',
  }),
  trustedProxies: setting({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), uniqueItems: true }),
    default: [],
    example: ['10.0.0.0/8'],
    description:
      'Addresses or CIDR ranges of proxies whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Prefix` are used. Without them all callers behind a proxy have its address, and failed API keys of one count for all.',
  }),
  unfinishedBodies: setting({
    levels: ['client'],
    value: count(1, 100_000),
    default: 64,
    example: 16,
    description:
      'Requests of one caller, or of one address without a credential, whose bodies have not arrived completely; more are answered with 429.',
  }),
  tokenCache: setting({
    levels: ['client'],
    value: size,
    default: '96MiB',
    example: '32MiB',
    description:
      'Memory for verified tokens, at most a quarter of the heap. A token takes its length and 400 bytes, and about 100 for each scope or role of a list that no other caller has, so the default holds 50,000 tokens of 1,300 characters. Tokens for which there is no room are verified with every request.',
  }),
  maxHeld: optional({
    levels: ['client'],
    value: size,
    otherwise: "a sixteenth of the heap's limit (`--max-old-space-size`)",
    example: '256MiB',
    description:
      'What a gateway holds at most of request bodies and answers that are not passed on as they arrive, and of answers that a slow client has not taken yet; at least twice the largest body and answer of a route. One caller, or one network without a credential, gets half of it, two get a third each. Above it requests are answered with 503.',
  }),
  maxTarget: setting({
    levels: ['client'],
    value: size,
    default: '32KiB',
    example: '16KiB',
    description:
      'Ceiling of the length of a request target, which is path and query. The limit is what the parameters of the routes need, at least 8,000 bytes; longer ones are answered with 414.',
  }),
  maxQueryPairs: setting({
    levels: ['client'],
    value: count(1, 100_000),
    default: 1_000,
    example: 500,
    description:
      'Ceiling of the number of names and values in a query. The limit is what the parameters of the routes need, at least 100; more are answered with 400.',
  }),
  maxHeaders: setting({
    levels: ['client'],
    value: size,
    default: '32KiB',
    example: '64KiB',
    description:
      'Ceiling of the size of all header fields of a request. The limit is what the header and cookie parameters of the routes need, at least 16 KiB; more are answered with 431.',
  }),
  unverifiedTls: setting({
    levels: ['client'],
    value: word('refuse', 'allow'),
    default: 'refuse',
    example: 'allow',
    description:
      'Whether the gateway starts if `NODE_TLS_REJECT_UNAUTHORIZED=0` in its environment switches off the verification of certificates, those of services and of identity providers included.',
  }),
  basePath: optional({
    levels: ['client'],
    value: pathPrefix,
    otherwise: 'none; then the path of an Express mount counts, else `X-Forwarded-Prefix` of a trusted proxy',
    example: '/api',
    description:
      'What clients see before the paths of the routes, such as `/api`, because a proxy removes it. It stands in `Location`, `Content-Location` and the `servers` of the contract.',
  }),
  stripBasePath: setting({
    levels: ['client'],
    value: flag,
    default: false,
    example: true,
    description:
      'Whether the proxy leaves `basePath` in the paths. The gateway then removes it; paths without it are 404, except those of its own endpoints.',
  }),
  ownPath: optional({
    levels: ['client'],
    value: pathPrefix,
    otherwise: 'none',
    example: '/_gateway',
    description:
      'What stands before the paths of the endpoints of the gateway itself, such as `/_gateway` for `/_gateway/health/live`.',
  }),
}
