import { accessOf, claimsOf } from './access.ts'
import { credentialsOf } from './credentials.ts'
import {
  bodyLimit,
  count,
  defined,
  duration,
  envTexts,
  flag,
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
    value: structure(defined('access'), accessOf),
    otherwise: 'what the document asks',
    description: 'Who may call, beyond what the document asks.',
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
  undeclaredQuery: setting({
    levels: ['selector', 'client'],
    value: word('drop', 'refuse'),
    default: 'drop',
    description:
      'Query parameters that the operation does not declare: left out of the call (`drop`), or answered with 400 (`refuse`).',
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
  'concurrency.max': setting({
    levels: ['service'],
    value: count(1, 100_000),
    default: 128,
    description: 'Open calls to one address.',
  }),
  'concurrency.queue': setting({
    levels: ['service'],
    value: count(0, 1_000_000),
    default: 256,
    description: 'Calls that may wait for a free one; more are answered with 503.',
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
    description: 'Addresses or CIDR ranges of proxies whose `X-Forwarded-For` is used.',
  }),
}

function claims(description: string) {
  return { type: 'object', minProperties: 1, additionalProperties: { ...defined('claim'), description } }
}
