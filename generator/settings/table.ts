import { claimsOf, inlineAccess } from './access.ts'
import { credentialsOf } from './credentials.ts'
import { parametersOf } from './parameters.ts'
import {
  bodyLimit,
  count,
  defined,
  duration,
  envTexts,
  flag,
  pathPrefix,
  size,
  structure,
  text,
  texts,
  wholeSeconds,
  word,
} from './parsers.ts'
import { optional, optionalByMember, required, setting } from './row.ts'

/**
 * The settings of services, clients and entries of `expose`: the only definition of their levels and defaults. The model, `resolve` and
 * `explain` use it, and gateway.schema.json and the tables of docs/manifest.md are generated from it (`npm run settings`).
 */
export const table = {
  path: optional({
    levels: ['selector'],
    value: text({ title: 'a path template such as `/orders/{orderId}`', type: 'string', pattern: '^/' }),
    otherwise: "the document's",
    description: 'Path of the route.',
  }),
  method: optional({
    levels: ['selector'],
    value: text({ enum: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'] }),
    otherwise: "the document's",
    description: 'Method of the route.',
  }),
  access: optionalByMember({
    levels: ['selector'],
    value: structure(defined('accessOrRule'), inlineAccess),
    otherwise: 'what the document asks',
    description: 'Who may call, beyond what the document asks: a rule, or the name of one of `rules`.',
  }),
  bind: optionalByMember({
    levels: ['selector'],
    value: structure(claims('The claim that fills the input.'), claimsOf),
    otherwise: 'none',
    description:
      "Inputs that the gateway fills from the caller's claims, such as `{ customerId: $principal.sub }`, or `query.customerId` and `body.customerId` where one name stands in several places. Clients cannot send them.",
  }),
  own: optionalByMember({
    levels: ['selector'],
    value: structure(claims('The claim that holds the values.'), claimsOf),
    otherwise: 'none',
    description:
      "Path parameters that must be among the values of a caller's claim, such as `{ accountId: $principal.accounts }`.",
  }),
  parameters: optionalByMember({
    levels: ['selector'],
    value: structure(
      {
        type: 'object',
        minProperties: 1,
        additionalProperties: {
          type: 'object',
          minProperties: 1,
          additionalProperties: false,
          properties: {
            encodedSlash: {
              enum: ['refuse', 'allow'],
              description:
                'Whether values of the path parameter may contain a slash, which is sent as `%2F`. `allow` is listed in ACCESS.md.',
              default: 'refuse',
            },
          },
        },
      },
      parametersOf,
    ),
    otherwise: 'none; a value with `%2F` is answered with 400, a claim with a slash with 403',
    description:
      'Settings of path parameters by name, of clients or bound, such as `{ fileId: { encodedSlash: allow } }`.',
  }),
  credential: setting({
    levels: ['selector', 'service'],
    value: structure(defined('credential'), credentialsOf),
    default: 'none',
    description: 'What the gateway authenticates to the service with: one credential or a list.',
  }),
  timeout: setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '15s',
    description: 'How long a route may take, the call of its service included.',
  }),
  'stream.idle': optional({
    levels: ['selector', 'service'],
    value: duration,
    otherwise: '`5m` for event streams, JSON lines and JSON sequences; else the `timeout`, at least `15s`',
    description: 'How long an answer that is passed on as it arrives may be silent.',
  }),
  'stream.lifetime': setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '24h',
    description:
      'How long an answer that is passed on as it arrives may take. Event streams, JSON lines and JSON sequences then end between two items.',
  }),
  'stream.perPrincipal': setting({
    levels: ['selector', 'service'],
    value: count(1, 100_000),
    default: 256,
    description:
      'Requests of one caller, or of one network without a credential, whose answer may be passed on as it arrives, until the end of the answer; then 429.',
  }),
  'upload.idle': setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '30s',
    description:
      'How long the body of a request may be silent. All of it may take as long as the `timeout`, or `REQUEST_TIMEOUT_MS` if that is longer.',
  }),
  answers: setting({
    levels: ['selector', 'service'],
    value: word('off', 'report', 'enforce'),
    default: 'report',
    description:
      'What happens to an answer that does not fit its schema: nothing (`off`), a line in the log (`report`), or 502 instead of the answer (`enforce`).',
  }),
  undeclared: setting({
    levels: ['selector', 'service'],
    value: word('drop', 'pass'),
    default: 'drop',
    description:
      'Members of JSON answers that the schema does not declare: `drop` withholds them; `pass` passes the bytes on without reading them, and is listed in ACCESS.md.',
  }),
  unauthorized: setting({
    levels: ['selector'],
    value: word('caller', 'pass'),
    default: 'caller',
    description:
      "A service's 401. `caller`: it is passed on where it is about the caller's own token, and else answered with 502, since the gateway's credential was refused. `pass`: it is always passed on, for operations that check a credential in their body, such as a login.",
  }),
  redirect: setting({
    levels: ['selector', 'service'],
    value: word('refuse', 'pass'),
    default: 'refuse',
    description:
      "A documented redirect whose `Location` is not a path of a route: answered with 502 (`refuse`), or passed on if its host is among the service's `redirectHosts` (`pass`), which is listed in ACCESS.md.",
  }),
  redirectHosts: setting({
    levels: ['service'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    default: [],
    description:
      'Hosts that redirects may lead to: `files.example`, `files.example:8443`, or `*.files.example` for all names below it. Only with `https`, except on the loopback interface.',
  }),
  undeclaredQuery: setting({
    levels: ['selector', 'client'],
    value: word('drop', 'refuse'),
    default: 'drop',
    description:
      'Query parameters that the operation does not declare: left out of the call (`drop`), or answered with 400 (`refuse`).',
  }),
  undeclaredBody: setting({
    levels: ['selector', 'client', 'service'],
    value: word('pass', 'drop', 'refuse'),
    default: 'pass',
    external: 'refuse',
    text: '`pass`; for clients with `audience: external` `refuse`',
    description:
      'Members of request bodies that the schema does not declare: passed on (`pass`), left out of JSON bodies, which are then written again (`drop`), or answered with 400 (`refuse`). In forms, `drop` answers with 400.',
  }),
  maxBody: setting({
    levels: ['selector'],
    value: bodyLimit,
    default: ['1MiB', '10MiB'],
    text: '1MiB; where a body may be multipart or binary 10MiB',
    description: 'Largest request body.',
  }),
  nestedQuery: setting({
    levels: ['service'],
    value: word('refuse', 'brackets'),
    default: 'refuse',
    description:
      'Query parameters whose value OpenAPI does not say how to write, such as lists inside a `deepObject`: `refuse` makes the operation an error; `brackets` reads and passes on `filter[a][b]=c` and `expand[]=d`, as many servers do.',
  }),
  unprovenPatterns: setting({
    levels: ['service'],
    value: word('refuse', 'limit'),
    default: 'refuse',
    description:
      'Patterns that can take too long and that the linear-time engine cannot run: an error (`refuse`), or the `maxLength` that makes them safe, also in the contract (`limit`).',
  }),
  'concurrency.max': setting({
    levels: ['service'],
    value: count(1, 100_000),
    default: 128,
    description: 'Calls of one address whose answer has not begun, or is read whole.',
  }),
  'concurrency.queue': setting({
    levels: ['service'],
    value: count(0, 1_000_000),
    default: 10_000,
    description: 'Calls that may wait until one of those ends; more are answered with 503.',
  }),
  'concurrency.wait': setting({
    levels: ['service'],
    value: duration,
    default: '2s',
    description: 'How long a call may wait; then it is answered with 503. The `timeout` goes on.',
  }),
  'concurrency.streams': setting({
    levels: ['service'],
    value: count(1, 100_000),
    default: 4_096,
    description:
      'Calls of one address whose answer may be passed on as it arrives, such as a download or an event stream, until the end of the answer. Further ones are answered with 503.',
  }),
  maxAnswer: setting({
    levels: ['service'],
    value: size,
    default: '5MiB',
    description: 'Largest answer that is read whole, to be checked or projected; a larger one is answered with 502.',
  }),
  audience: setting({
    levels: ['client'],
    value: word('internal', 'external'),
    default: 'internal',
    description:
      'Whether the client belongs to the same organisation. For `external`, nothing undeclared passes, and JSON answers need a schema.',
  }),
  'cors.origins': required({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    empty: [],
    description: 'Origins of scripts that may call, exactly as browsers send them.',
  }),
  'cors.credentials': setting({
    levels: ['client'],
    value: flag,
    default: false,
    description: 'Whether browsers may send cookies.',
  }),
  'cors.expose': setting({
    levels: ['client'],
    value: texts({ items: { ...defined('fieldName'), description: 'Name of a response header.' }, uniqueItems: true }),
    default: [],
    description: 'Response headers that scripts may read.',
  }),
  'cors.maxAge': setting({
    levels: ['client'],
    value: wholeSeconds,
    default: '10m',
    description: 'How long browsers may remember a preflight.',
  }),
  publicHosts: optional({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    otherwise: 'any',
    description: 'Authorities (`host` or `host:port`) that requests may name; others are answered with 421.',
  }),
  trustedProxies: setting({
    levels: ['client'],
    value: envTexts({ type: 'array', items: defined('setting'), uniqueItems: true }),
    default: [],
    description:
      'Addresses or CIDR ranges of proxies whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Prefix` are used. Without them all callers behind a proxy have its address, and failed API keys of one count for all.',
  }),
  unfinishedBodies: setting({
    levels: ['client'],
    value: count(1, 100_000),
    default: 64,
    description:
      'Requests of one caller, or of one address without a credential, whose bodies have not arrived completely; more are answered with 429.',
  }),
  tokenCache: setting({
    levels: ['client'],
    value: size,
    default: '96MiB',
    description:
      'Memory for verified tokens, at most a quarter of the heap. A token takes its length and 400 bytes, and about 100 for each scope or role of a list that no other caller has, so the default holds 50,000 tokens of 1,300 characters. Tokens for which there is no room are verified with every request.',
  }),
  maxHeld: optional({
    levels: ['client'],
    value: size,
    otherwise: "a sixteenth of the heap's limit (`--max-old-space-size`)",
    description:
      'What a gateway holds at most of request bodies and answers that are not passed on as they arrive, and of answers that a slow client has not taken yet; at least twice the largest body and answer of a route. One caller, or one network without a credential, gets half of it, two get a third each. Above it requests are answered with 503.',
  }),
  maxTarget: setting({
    levels: ['client'],
    value: size,
    default: '32KiB',
    description:
      'Ceiling of the length of a request target, which is path and query. The limit is what the parameters of the routes need, at least 8,000 bytes; longer ones are answered with 414.',
  }),
  maxQueryPairs: setting({
    levels: ['client'],
    value: count(1, 100_000),
    default: 1_000,
    description:
      'Ceiling of the number of names and values in a query. The limit is what the parameters of the routes need, at least 100; more are answered with 400.',
  }),
  maxHeaders: setting({
    levels: ['client'],
    value: size,
    default: '32KiB',
    description:
      'Ceiling of the size of all header fields of a request. The limit is what the header and cookie parameters of the routes need, at least 16 KiB; more are answered with 431.',
  }),
  unverifiedTls: setting({
    levels: ['client'],
    value: word('refuse', 'allow'),
    default: 'refuse',
    description:
      'Whether the gateway starts if `NODE_TLS_REJECT_UNAUTHORIZED=0` in its environment switches off the verification of certificates, those of services and of identity providers included.',
  }),
  basePath: optional({
    levels: ['client'],
    value: pathPrefix,
    otherwise: 'none; then the path of an Express mount counts, else `X-Forwarded-Prefix` of a trusted proxy',
    description:
      'What clients see before the paths of the routes, such as `/api`, because a proxy removes it. It stands in `Location`, `Content-Location` and the `servers` of the contract.',
  }),
  stripBasePath: setting({
    levels: ['client'],
    value: flag,
    default: false,
    description:
      'Whether the proxy leaves `basePath` in the paths. The gateway then removes it; paths without it are 404, except those of its own endpoints.',
  }),
  ownPath: optional({
    levels: ['client'],
    value: pathPrefix,
    otherwise: 'none',
    description:
      'What stands before the paths of the endpoints of the gateway itself, such as `/_gateway` for `/_gateway/health/live`.',
  }),
}

function claims(description: string) {
  return { type: 'object', minProperties: 1, additionalProperties: { ...defined('claim'), description } }
}
