import type { CatalogueEntry } from './entry.ts'

/** Deciding about routes: 30xx access, 31xx routes, 32xx inputs and answers. */
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
    title: 'An operation is public although its service asks for a caller',
    remedy: 'Leave `access` out, or write `override` with `because` to be weaker than the spec.',
  },
  GW3004: {
    severity: 'error',
    title: 'A public route has no reason',
    remedy: 'Write why anybody may call the operation: `public: <reason>`.',
  },
  GW3005: {
    severity: 'error',
    title: 'An override has no reason',
    remedy: 'Write who decided it, why, and until when: `because: <reason>`.',
  },
  GW3006: {
    severity: 'warning',
    title: 'An override weakens nothing',
    remedy: 'Write the rule as plain `access`, which is asked on top of what the spec asks.',
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
    title: 'A public route speaks of its caller',
    remedy: 'Ask for a caller, or leave `bind` and `own` out.',
  },
  GW3010: {
    severity: 'error',
    title: 'An expression cannot be read',
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
    remedy: "Look into a claim that is a list, or into `['a', 'b']`.",
  },
  GW3014: {
    severity: 'error',
    title: 'An expression asks nothing',
    remedy: 'Compare a claim or an input with something.',
  },
  GW3015: {
    severity: 'error',
    title: 'A value is not a path into the claims of the caller',
    remedy:
      "Write `$principal.<claim>`; names with other characters stand in brackets: `$principal['https://shop.example/tenant']`.",
  },
  GW3016: {
    severity: 'error',
    title: 'Ownership of something that is not a path parameter',
    remedy: 'Name a path parameter of the operation; other inputs can be bound instead.',
  },
  GW3017: {
    severity: 'error',
    title: 'A scope or role that no caller can hold',
    remedy: 'Say in which claim the tokens carry scopes and roles (`scopes`, `roles` of the authenticator).',
  },
  GW3018: {
    severity: 'error',
    title: 'A public route is to send the credential of its caller',
    remedy: 'Say what the service gets without a caller, for example `credential: none` for the operation.',
  },
  // Routes
  GW3101: {
    severity: 'error',
    title: 'A selector matches nothing',
    remedy: 'Correct the selector, or leave it out if the operation is gone.',
  },
  GW3102: {
    severity: 'error',
    title: 'A selector cannot be read',
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
    title: 'A method that a gateway does not pass on',
    remedy: 'Expose the other operations by name, or pass `--skip-unsupported`.',
  },
  GW3106: {
    severity: 'warning',
    title: 'An operation was left out',
    remedy: 'Mend the spec, with an overlay if it is not yours, and generate without `--skip-unsupported`.',
  },
  GW3107: {
    severity: 'error',
    title: 'A path is not a path template',
    remedy: 'Write a path such as `/orders/{orderId}/lines`.',
  },
  GW3108: {
    severity: 'error',
    title: 'A path loses a parameter',
    remedy: 'Put the parameter into the path, or bind it.',
  },
  GW3109: {
    severity: 'error',
    title: 'A path invents a parameter',
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
    remedy: 'Leave `method` out, or choose one of POST, PUT, PATCH and DELETE.',
  },
  GW3112: {
    severity: 'error',
    title: 'A path that the gateway keeps for itself',
    remedy: 'Give the route another `path`.',
  },
  GW3113: {
    severity: 'error',
    title: 'Two routes can match the same request',
    remedy: 'Give one of the routes another `path`, or another `method`.',
  },
  GW3114: {
    severity: 'error',
    title: 'One path for several operations',
    remedy: 'Write `path` for each operation by itself.',
  },
  GW3115: {
    severity: 'warning',
    title: 'A client exposes nothing',
    remedy: 'Name the operations that the client may call in `expose`.',
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
    remedy: 'Say where the input stands: `query.customerId`, `body.customerId`.',
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
    title: 'An input is bound and checked at once',
    remedy: 'Leave one of `bind` and `own` out.',
  },
  GW3207: {
    severity: 'error',
    title: 'Answers pass unprojected to an external client',
    remedy: "Write `undeclared: drop` for the client's routes.",
  },
  GW3208: {
    severity: 'error',
    title: 'An answer without a schema for an external client',
    remedy: 'Describe the answer by a schema, in the spec or in an overlay of it.',
  },
  GW3209: {
    severity: 'warning',
    title: 'A limit for a body that does not exist',
    remedy: 'Leave `maxBody` out.',
  },
  GW3210: {
    severity: 'error',
    title: 'A bind to a header that the gateway writes',
    remedy: 'Leave the bind out; what lets the gateway in is a `credential`.',
  },
  GW3211: {
    severity: 'error',
    title: 'An input is bound twice',
    remedy: 'Keep one of the binds.',
  },
  GW3212: {
    severity: 'warning',
    title: 'A form that nobody can fill in',
    remedy: 'Describe an object, whose members are the fields, or take the media type out with an overlay.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
