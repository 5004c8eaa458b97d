import type { CatalogueEntry } from './entry.ts'

/** Planning routes: 30xx access, 31xx routes, 32xx inputs and answers. */
export const planCatalogue = {
  // Access
  GW3001: {
    severity: 'error',
    title: 'An operation has no access decision',
    remedy:
      'Write `access` for the operation: the scopes or roles it takes, `authenticated: true`, or `public` with a reason.',
  },
  GW3002: {
    severity: 'error',
    title: 'A security scheme is not mapped',
    remedy:
      "Add the scheme to the service's `security`: `principal` if the caller must hold it, `service` if the gateway supplies it.",
  },
  GW3003: {
    severity: 'error',
    title: 'An operation is public although its spec requires a caller',
    remedy: 'Leave `access` out, or write `override` with `because` to be weaker than the spec.',
  },
  GW3004: {
    severity: 'error',
    title: 'A public route has no reason',
    remedy: 'Write the reason why everyone may call the operation: `public: <reason>`.',
  },
  GW3005: {
    severity: 'error',
    title: 'An override has no reason',
    remedy: 'Write who decided it, why, and until when: `because: <reason>`.',
  },
  GW3006: {
    severity: 'warning',
    title: 'An override weakens nothing',
    remedy: 'Write the rule as plain `access`, which applies in addition to the requirements of the spec.',
  },
  GW3007: {
    severity: 'error',
    title: 'A protected route of a client without authenticators',
    remedy: 'Name authenticators in `authenticate` of the client.',
  },
  GW3008: {
    severity: 'error',
    title: 'An access rule contradicts itself',
    remedy: 'Choose one: a rule (`scopes`, `roles`, `authenticated`, `when`), `public`, or `override` with `because`.',
  },
  GW3009: {
    severity: 'error',
    title: 'A public route uses properties of its caller',
    remedy: 'Require a caller, or remove `bind` and `own`.',
  },
  GW3010: {
    severity: 'error',
    title: 'An expression cannot be parsed',
    remedy:
      'An expression has `$principal....`, `$request....`, text in quotes, numbers, `==`, `!=`, `in`, `and`, `or`, `not` and brackets.',
  },
  GW3011: {
    severity: 'error',
    title: 'An expression names an input that the route does not have',
    remedy: 'Name a path parameter, query parameter or header that a client sends on the route.',
  },
  GW3012: {
    severity: 'error',
    title: 'A comparison can never hold',
    remedy: 'Compare with a value that the input or claim can have.',
  },
  GW3013: {
    severity: 'error',
    title: 'An expression looks for a value in something that is not a list',
    remedy: "Use a claim that is a list, or a list such as `['a', 'b']`.",
  },
  GW3014: {
    severity: 'error',
    title: 'An expression has a constant result',
    remedy: 'Compare a claim or an input with another value.',
  },
  GW3015: {
    severity: 'error',
    title: 'A value is not a path to a claim of the caller',
    remedy:
      "Write `$principal.<claim>`; write names with other characters in brackets: `$principal['https://shop.example/tenant']`.",
  },
  GW3016: {
    severity: 'error',
    title: 'Ownership of something that is not a path parameter',
    remedy: 'Name a path parameter of the operation; other inputs can be bound instead.',
  },
  GW3017: {
    severity: 'error',
    title: 'A scope or role that no caller can hold',
    remedy: 'Set the claims that contain scopes and roles (`scopes`, `roles` of the authenticator).',
  },
  GW3018: {
    severity: 'error',
    title: 'A public route sends a credential of its caller',
    remedy: 'Set a credential that needs no caller, for example `credential: none` for the operation.',
  },
  // Routes
  GW3101: {
    severity: 'error',
    title: 'A selector matches nothing',
    remedy: 'Correct the selector, or remove it if the operation no longer exists.',
  },
  GW3102: {
    severity: 'error',
    title: 'A selector cannot be parsed',
    remedy:
      "Write `service.operationId`, `'service GET /path'`, `'service GET /prefix/*'`, `service#tag` or `service.*`.",
  },
  GW3103: {
    severity: 'error',
    title: 'Two equally specific selectors disagree',
    remedy: 'Set the option for the operation itself.',
  },
  GW3104: {
    severity: 'error',
    title: 'An operationId names several operations',
    remedy: "Name the operation by method and path: `'service GET /path'`.",
  },
  GW3105: {
    severity: 'error',
    title: 'A method that gateways do not support',
    remedy: 'Expose the other operations by name, or pass `--skip-unsupported`.',
  },
  GW3106: {
    severity: 'warning',
    title: 'An operation was left out',
    remedy: 'Correct the spec, with an overlay if it is not yours, and generate without `--skip-unsupported`.',
    namesAll: true,
  },
  GW3107: {
    severity: 'error',
    title: 'A path is not a path template',
    remedy: 'Write a path such as `/orders/{orderId}/lines`.',
  },
  GW3108: {
    severity: 'error',
    title: 'A path lacks a parameter of its operation',
    remedy: 'Put the parameter into the path, or bind it.',
  },
  GW3109: {
    severity: 'error',
    title: 'A path has a parameter that its operation does not have',
    remedy: "Use the names of the operation's own path parameters.",
  },
  GW3110: {
    severity: 'error',
    title: 'A bound parameter is still in the path',
    remedy: 'Give the route a `path` without the parameter.',
  },
  GW3111: {
    severity: 'error',
    title: 'A safe method for an operation that is not safe',
    remedy: 'Remove `method`, or choose one of POST, PUT, PATCH and DELETE.',
  },
  GW3112: {
    severity: 'error',
    title: 'A path of an endpoint of the gateway itself',
    remedy: 'Give the route another `path`, or the gateway an `ownPath`.',
  },
  GW3113: {
    severity: 'error',
    title: 'Two routes can match the same request',
    remedy: 'Give one of the routes another `path`, or another `method`.',
  },
  GW3114: {
    severity: 'error',
    title: 'One path for several operations',
    remedy: 'Write `path` for each operation separately.',
  },
  GW3115: {
    severity: 'warning',
    title: 'A client exposes nothing',
    remedy: 'Name the operations that the client may call in `expose`.',
  },
  GW3116: {
    severity: 'warning',
    title: 'A route does not get some of its paths, which are endpoints of the gateway itself',
    remedy: 'Give the gateway an `ownPath` if the service needs these paths.',
  },
  GW3120: {
    severity: 'error',
    title: 'Settings of a path parameter that does not exist',
    remedy: 'Name a parameter of the path.',
  },
  GW3121: {
    severity: 'warning',
    title: 'Values with a slash are expected and refused',
    remedy: 'Write `encodedSlash: allow` for the parameter, or `encodedSlash: refuse`.',
  },
  GW3122: {
    severity: 'warning',
    title: '`redirect: pass` without a documented redirect',
    remedy: 'Document the redirect with an overlay, or leave `redirect` out.',
  },
  // Inputs and answers
  GW3201: {
    severity: 'error',
    title: 'A bind names an input that the operation does not have',
    remedy: 'Name an input of the operation: a path, query or header parameter, or a member of its JSON body.',
  },
  GW3202: {
    severity: 'error',
    title: 'A bind fits several inputs',
    remedy: 'Write the place of the input: `query.customerId`, `body.customerId`.',
  },
  GW3203: {
    severity: 'error',
    title: 'A claim cannot fill an input',
    remedy: "Bind a claim of the input's type.",
  },
  GW3204: {
    severity: 'warning',
    title: 'A header that a client may not send',
    remedy: 'Bind the header if it is about the caller; else leave it to the gateway.',
  },
  GW3205: {
    severity: 'error',
    title: 'A required header that a client may not send',
    remedy: 'Bind the header if it is about the caller, or correct the spec with an overlay.',
  },
  GW3206: {
    severity: 'error',
    title: 'An input is both bound and checked for ownership',
    remedy: 'Remove `bind` or `own`.',
  },
  GW3207: {
    severity: 'error',
    title: 'Undeclared members of answers reach an external client',
    remedy: "Write `undeclared: drop` for the client's routes.",
  },
  GW3208: {
    severity: 'error',
    title: 'An answer without a schema for an external client',
    remedy: 'Declare a schema for the answer, in the spec or in an overlay, or write `open` with a reason.',
  },
  GW3209: {
    severity: 'warning',
    title: 'A limit for a body that does not exist',
    remedy: 'Leave `maxBody` out.',
  },
  GW3210: {
    severity: 'error',
    title: 'A bind to a header that the gateway writes',
    remedy: 'Remove the bind. The gateway authenticates to a service with a `credential`.',
  },
  GW3211: {
    severity: 'error',
    title: 'An input is bound twice',
    remedy: 'Keep one of the binds.',
  },
  GW3212: {
    severity: 'warning',
    title: 'A form whose schema is not an object',
    remedy: 'Declare an object whose members are the fields, or remove the media type with an overlay.',
  },
  GW3213: {
    severity: 'error',
    title: 'A declared input may be read as a bound one',
    remedy: 'Remove one of the names from the spec with an overlay, or rename it.',
  },
  GW3214: {
    severity: 'warning',
    title: 'A declared member may be read as a read-only one',
    remedy: 'Mark the member as `readOnly` too, or remove it with an overlay.',
  },
  GW3218: {
    severity: 'warning',
    title: 'The 401 of a login would not reach the client',
    remedy: 'Write `unauthorized: pass` if the operation checks a credential in its body, else `unauthorized: caller`.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
