import { claimsOf, inlineAccess } from './access.ts'
import { clientTable } from './clientTable.ts'
import { credentialsOf } from './credentials.ts'
import { openSchema, opensOf } from './open.ts'
import { parametersOf, parametersSchema } from './parameters.ts'
import { bodyLimit, count, defined, duration, envTexts, size, structure, text, word } from './parsers.ts'
import { optional, optionalByMember, setting } from './row.ts'

/**
 * The settings of services, clients and entries of `expose`: the only definition of their levels and defaults. The model, `resolve` and
 * `explain` use it, and gateway.schema.json and the tables of docs/manifest.md are generated from it (`npm run settings`).
 */
export const table = {
  path: optional({
    levels: ['selector'],
    value: text({ title: 'a path template such as `/orders/{orderId}`', type: 'string', pattern: '^/' }),
    otherwise: "the document's",
    example: '/me/orders/{orderId}',
    description: 'Path of the route.',
  }),
  method: optional({
    levels: ['selector'],
    value: text({ enum: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'] }),
    otherwise: "the document's",
    example: 'PUT',
    description: 'Method of the route.',
  }),
  access: optionalByMember({
    levels: ['selector'],
    value: structure(defined('accessOrRule'), inlineAccess),
    otherwise: 'what the document asks',
    example: { scopes: ['orders:read'] },
    description: 'Who may call, beyond what the document asks: a rule, or the name of one of `rules`.',
  }),
  bind: optionalByMember({
    levels: ['selector'],
    value: structure(claims('The claim that fills the input.'), claimsOf),
    otherwise: 'none',
    example: { customerId: '$principal.sub' },
    description:
      "Inputs that the gateway fills from the caller's claims, such as `{ customerId: $principal.sub }`, or `query.customerId` and `body.customerId` where one name stands in several places. Clients cannot send them.",
  }),
  own: optionalByMember({
    levels: ['selector'],
    value: structure(claims('The claim that holds the values.'), claimsOf),
    otherwise: 'none',
    example: { accountId: '$principal.accounts' },
    description:
      "Path parameters that must be among the values of a caller's claim, such as `{ accountId: $principal.accounts }`.",
  }),
  parameters: optionalByMember({
    levels: ['selector'],
    value: structure(parametersSchema, parametersOf),
    otherwise: 'none; a value with `%2F` is answered with 400, a claim with a slash with 403',
    example: { fileId: { encodedSlash: 'allow' } },
    description:
      'Settings of path parameters by name, of clients or bound, such as `{ fileId: { encodedSlash: allow } }`.',
  }),
  credential: setting({
    levels: ['selector', 'service'],
    value: structure(defined('credential'), credentialsOf),
    default: 'none',
    example: { header: { name: 'X-Api-Key', value: '${ORDERS_KEY}' } },
    description: 'What the gateway authenticates to the service with: one credential or a list.',
  }),
  timeout: setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '15s',
    example: '2s',
    description: 'How long a route may take, the call of its service included.',
  }),
  'stream.idle': optional({
    levels: ['selector', 'service'],
    value: duration,
    otherwise: '`5m` for event streams, JSON lines and JSON sequences; else the `timeout`, at least `15s`',
    example: '1m',
    description: 'How long an answer that is passed on as it arrives may be silent.',
  }),
  'stream.lifetime': setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '24h',
    example: '1h',
    description:
      'How long an answer that is passed on as it arrives may take. Event streams, JSON lines and JSON sequences then end between two items.',
  }),
  'stream.perPrincipal': setting({
    levels: ['selector', 'service'],
    value: count(1, 100_000),
    default: 256,
    example: 16,
    description:
      'Requests of one caller, or of one network without a credential, whose answer may be passed on as it arrives, until the end of the answer; then 429.',
  }),
  'upload.idle': setting({
    levels: ['selector', 'service'],
    value: duration,
    default: '30s',
    example: '10s',
    description:
      'How long the body of a request may be silent. All of it may take as long as the `timeout`, or `REQUEST_TIMEOUT_MS` if that is longer.',
  }),
  answers: setting({
    levels: ['selector', 'service'],
    value: word('off', 'report', 'enforce'),
    default: 'report',
    example: 'enforce',
    description:
      'What happens to an answer that does not fit its schema: nothing (`off`), a line in the log (`report`), or 502 instead of the answer (`enforce`).',
  }),
  undeclared: setting({
    levels: ['selector', 'service'],
    value: word('drop', 'pass'),
    default: 'drop',
    example: 'pass',
    description:
      'Members of JSON answers that the schema does not declare: `drop` withholds them; `pass` passes the bytes on without reading them, and is listed in ACCESS.md.',
  }),
  open: optionalByMember({
    levels: ['selector'],
    value: structure(openSchema, opensOf),
    otherwise: 'none; an error for clients with `audience: external`, else a warning',
    example: { '/200/items/*/details': 'Suppliers write what they like' },
    description:
      'Places of answers that the document does not describe, so that everything in them passes, each with the reason: `{ /200/items/*/details: Suppliers write what they like }`. The first segment is the documented status, `*` any member or item; a pointer stands for everything below it. Listed in ACCESS.md.',
  }),
  unauthorized: setting({
    levels: ['selector'],
    value: word('caller', 'pass'),
    default: 'caller',
    example: 'pass',
    description:
      "A service's 401. `caller`: it is passed on where it is about the caller's own token, and else answered with 502, since the gateway's credential was refused. `pass`: it is always passed on, for operations that check a credential in their body, such as a login.",
  }),
  redirect: setting({
    levels: ['selector', 'service'],
    value: word('refuse', 'pass'),
    default: 'refuse',
    example: 'pass',
    description:
      "A documented redirect whose `Location` is not a path of a route: answered with 502 (`refuse`), or passed on if its host is among the service's `redirectHosts` (`pass`), which is listed in ACCESS.md.",
  }),
  redirectHosts: setting({
    levels: ['service'],
    value: envTexts({ type: 'array', items: defined('setting'), minItems: 1, uniqueItems: true }),
    default: [],
    example: ['files.example'],
    description:
      'Hosts that redirects may lead to: `files.example`, `files.example:8443`, or `*.files.example` for all names below it. Only with `https`, except on the loopback interface.',
  }),
  undeclaredQuery: setting({
    levels: ['selector', 'client'],
    value: word('drop', 'refuse'),
    default: 'drop',
    example: 'refuse',
    description:
      'Query parameters that the operation does not declare: left out of the call (`drop`), or answered with 400 (`refuse`).',
  }),
  undeclaredBody: setting({
    levels: ['selector', 'client', 'service'],
    value: word('pass', 'drop', 'refuse'),
    default: 'pass',
    external: 'refuse',
    text: '`pass`; for clients with `audience: external` `refuse`',
    example: 'refuse',
    description:
      'Members of request bodies that the schema does not declare: passed on (`pass`), left out of JSON bodies, which are then written again (`drop`), or answered with 400 (`refuse`). In forms, `drop` answers with 400.',
  }),
  maxBody: setting({
    levels: ['selector'],
    value: bodyLimit,
    default: ['1MiB', '10MiB'],
    text: '1MiB; where a body may be multipart or binary 10MiB',
    example: '5MB',
    description: 'Largest request body.',
  }),
  nestedQuery: setting({
    levels: ['service'],
    value: word('refuse', 'brackets'),
    default: 'refuse',
    example: 'brackets',
    description:
      'Query parameters whose value OpenAPI does not say how to write, such as lists inside a `deepObject`: `refuse` makes the operation an error; `brackets` reads and passes on `filter[a][b]=c` and `expand[]=d`, as many servers do.',
  }),
  unprovenPatterns: setting({
    levels: ['service'],
    value: word('refuse', 'limit'),
    default: 'refuse',
    example: 'limit',
    description:
      'Patterns that can take too long and that the linear-time engine cannot run: an error (`refuse`), or the `maxLength` that makes them safe, also in the contract (`limit`).',
  }),
  'concurrency.max': setting({
    levels: ['service'],
    value: count(1, 100_000),
    default: 128,
    example: 64,
    description: 'Calls of one address whose answer has not begun, or is read whole.',
  }),
  'concurrency.queue': setting({
    levels: ['service'],
    value: count(0, 1_000_000),
    default: 10_000,
    example: 1_000,
    description: 'Calls that may wait until one of those ends; more are answered with 503.',
  }),
  'concurrency.wait': setting({
    levels: ['service'],
    value: duration,
    default: '2s',
    example: '500ms',
    description: 'How long a call may wait; then it is answered with 503. The `timeout` goes on.',
  }),
  'concurrency.streams': setting({
    levels: ['service'],
    value: count(1, 100_000),
    default: 4_096,
    example: 1_000,
    description:
      'Calls of one address whose answer may be passed on as it arrives, such as a download or an event stream, until the end of the answer. Further ones are answered with 503.',
  }),
  maxAnswer: setting({
    levels: ['service'],
    value: size,
    default: '5MiB',
    example: '1MiB',
    description: 'Largest answer that is read whole, to be checked or projected; a larger one is answered with 502.',
  }),
  ...clientTable,
}

function claims(description: string) {
  return { type: 'object', minProperties: 1, additionalProperties: { ...defined('claim'), description } }
}
