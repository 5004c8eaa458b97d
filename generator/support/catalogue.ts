export type Severity = 'error' | 'warning'

export interface CatalogueEntry {
  readonly severity: Severity
  /** What went wrong, as a heading of docs/diagnostics.md. */
  readonly title: string
  /** What to do about it in general, for docs/diagnostics.md; a diagnostic itself may know better. */
  readonly remedy?: string
}

/**
 * Every code there is, in order; docs/diagnostics.md has a row for each and test/fixtures/negative/ an input that causes it.
 * 1xxx reading files, 20xx the manifest, 21xx specs, 30xx access, 31xx routes, 32xx inputs and answers, 33xx services and
 * authenticators, 4xxx the emitted files, 5xxx the command line.
 */
export const catalogue = {
  // Reading: the manifest's file
  GW1001: {
    severity: 'error',
    title: 'The manifest cannot be read',
    remedy: 'Pass the path of an existing file with `--manifest`, or write a first one with `gatewright init`.',
  },
  GW1002: {
    severity: 'error',
    title: 'The manifest is not valid YAML or JSON',
    remedy:
      'Mend the syntax at the place shown. Text with `: `, ` #`, `{`, `[`, `*`, `&` or `%` at a delicate place needs quotes.',
  },
  GW1003: {
    severity: 'error',
    title: 'The manifest is too large',
    remedy: 'Move what is not a setting of a gateway out of the manifest; corrections to specs belong into overlays.',
  },
  GW1004: {
    severity: 'error',
    title: 'A key of the manifest occurs twice',
    remedy: 'Keep one of the two; merge their contents if both are meant.',
  },
  GW1005: {
    severity: 'error',
    title: 'The manifest is nested too deeply or expands too far',
    remedy: 'Write repeated parts out instead of building aliases of aliases.',
  },
  GW1006: {
    severity: 'error',
    title: 'A key of the manifest is not allowed',
    remedy: 'Rename the key: `__proto__` has a meaning of its own in JavaScript.',
  },
  GW1007: {
    severity: 'error',
    title: 'The manifest holds a value that JSON cannot express',
    remedy: 'Quote the value, or write it as plain text, number, list or map.',
  },
  // Reading: specs and overlays
  GW1101: {
    severity: 'error',
    title: 'A document cannot be read',
    remedy: "Correct the path, which is relative to the manifest's folder.",
  },
  GW1102: {
    severity: 'error',
    title: 'A document is not valid YAML or JSON',
    remedy: 'Mend the syntax at the place shown.',
  },
  GW1103: {
    severity: 'error',
    title: 'A document is too large',
    remedy: 'Split the document, or remove examples that it does not need.',
  },
  GW1104: {
    severity: 'error',
    title: 'A key of a document occurs twice',
    remedy: 'Keep one of the two: readers of the document disagree about which one counts.',
  },
  GW1105: {
    severity: 'error',
    title: 'A document is nested too deeply or expands too far',
    remedy: 'Write repeated parts as components with `$ref` instead of aliases of aliases.',
  },
  GW1106: {
    severity: 'error',
    title: 'A key of a document is not allowed',
    remedy: 'Rename the key: `__proto__` has a meaning of its own in JavaScript.',
  },
  GW1107: {
    severity: 'error',
    title: 'A document holds a value that JSON cannot express',
    remedy: 'Quote the value, or write it as plain text, number, list or map.',
  },
  GW1108: {
    severity: 'error',
    title: 'Swagger 2.0 is not supported',
    remedy: 'Convert the document to OpenAPI 3 once, for example with `npx swagger2openapi`, and commit the result.',
  },
  GW1109: { severity: 'error', title: 'The OpenAPI version is not supported', remedy: 'Use OpenAPI 3.0, 3.1 or 3.2.' },
  GW1110: {
    severity: 'error',
    title: 'A file is not an OpenAPI document',
    remedy: 'Name the root document of the service, which starts with `openapi: 3.x`.',
  },
  GW1111: {
    severity: 'error',
    title: 'The files of a document cannot be joined',
    remedy: 'Check that each `$ref` stands where OpenAPI allows one, and points to a thing of the right kind.',
  },
  // Reading: references
  GW1201: {
    severity: 'error',
    title: 'A $ref points to a URL',
    remedy: 'Keep a copy of the document in the repository and refer to that: nothing is fetched while generating.',
  },
  GW1202: {
    severity: 'error',
    title: 'A $ref leads outside the folders that may be read',
    remedy: "Move the file below the manifest's folder, or list its folder under the service's `refs`.",
  },
  GW1203: {
    severity: 'error',
    title: 'A $ref names a file that cannot be read',
    remedy: 'Correct the path, which is relative to the file that holds the `$ref`.',
  },
  GW1204: {
    severity: 'error',
    title: 'A $ref points to nothing',
    remedy: 'Correct the pointer, or add what it points to; an overlay can do either.',
  },
  GW1205: {
    severity: 'error',
    title: 'A folder listed under refs cannot be read',
    remedy: "Correct the path, which is relative to the manifest's folder.",
  },
  GW1206: {
    severity: 'error',
    title: 'A $ref leads back to itself',
    remedy: 'Let one of the references in the circle hold the value itself.',
  },
  // Reading: overlays
  GW1301: {
    severity: 'error',
    title: 'An overlay is not a valid Overlay document',
    remedy:
      'Follow the OpenAPI Overlay Specification 1.0 or 1.1: `overlay`, `info` and a list of `actions`, each with `target` and `update` or `remove`.',
  },
  GW1302: {
    severity: 'error',
    title: "An overlay's target is not a JSONPath expression",
    remedy: "Write the target as RFC 9535 describes, for example `$.paths['/orders'].get`.",
  },
  GW1303: {
    severity: 'error',
    title: 'An overlay action matches nothing',
    remedy: 'Adapt the target to the spec as it is now, or remove the action if it has become superfluous.',
  },
  GW1304: {
    severity: 'error',
    title: "An overlay's update does not fit its target",
    remedy: 'Update objects with objects, append to lists, replace plain values with plain values.',
  },
  // The manifest
  GW2001: {
    severity: 'error',
    title: 'The manifest has an unknown property',
    remedy:
      'Correct the spelling, or remove the property. The vocabulary is in `gateway.schema.json`, which editors complete and check.',
  },
  GW2002: { severity: 'error', title: 'The manifest lacks a property', remedy: 'Add the property that is named.' },
  GW2003: {
    severity: 'error',
    title: 'A value of the manifest has the wrong type',
    remedy: 'Write the kind of value that is named.',
  },
  GW2004: {
    severity: 'error',
    title: 'A value of the manifest is none of those allowed',
    remedy: 'Choose one of the values listed.',
  },
  GW2005: {
    severity: 'error',
    title: 'A text of the manifest has the wrong form',
    remedy: 'Write it in the form that is shown.',
  },
  GW2006: {
    severity: 'error',
    title: 'A value of the manifest is out of bounds',
    remedy: 'Stay within the bounds that are named.',
  },
  GW2007: {
    severity: 'error',
    title: 'Properties of the manifest do not go together',
    remedy: 'Keep the one that is meant.',
  },
  GW2008: {
    severity: 'error',
    title: 'The manifest uses a feature that is not in this release',
    remedy: 'Remove the property until a release has the feature; the changelog names it.',
  },
  GW2009: {
    severity: 'error',
    title: 'The manifest holds a secret',
    remedy: 'Put the secret into the environment of the running gateway and refer to it: `${NAME}`.',
  },
  GW2010: {
    severity: 'error',
    title: 'A reference to the environment is malformed',
    remedy: 'Write `${NAME}` or `${NAME:-default}`; a literal `${` is written `$${`.',
  },
  GW2011: {
    severity: 'error',
    title: 'A reference to the environment stands where the value must be known',
    remedy: 'Write the value itself: it decides what is generated.',
  },
  GW2012: {
    severity: 'error',
    title: 'An API key may be sent outside a header',
    remedy: 'Use `in: header`: addresses and cookies end up in logs, histories and caches.',
  },
  GW2013: {
    severity: 'error',
    title: 'The version of the manifest is not supported',
    remedy: 'Write `gatewright: 1`.',
  },
  // Specs
  GW2101: {
    severity: 'warning',
    title: 'A document describes no operations',
    remedy: 'Name the document that has `paths`: webhooks and callbacks are calls that the service makes, not routes.',
  },
  GW2102: {
    severity: 'error',
    title: 'A path template cannot be understood',
    remedy: 'Write each parameter as `{name}`, each name once, and start the path with a slash.',
  },
  GW2103: {
    severity: 'error',
    title: 'A name in a path template has no parameter',
    remedy: 'Declare the parameter with `in: path`, with an overlay if the spec is not yours.',
  },
  GW2104: {
    severity: 'error',
    title: 'A path parameter is not in the path template',
    remedy: 'Remove the parameter or put its name into the path.',
  },
  GW2105: { severity: 'error', title: 'A parameter is declared twice', remedy: 'Remove one of the two.' },
  GW2106: {
    severity: 'error',
    title: 'A parameter has no single description of its value',
    remedy: 'Give the parameter either `schema` or `content`.',
  },
  GW2107: {
    severity: 'error',
    title: "A parameter's style does not exist for its place",
    remedy:
      'Use a style that OpenAPI defines for the place: path has simple, label and matrix; query has form, spaceDelimited, pipeDelimited and deepObject; header has simple; cookie has form.',
  },
  GW2108: {
    severity: 'error',
    title: "OpenAPI does not define how a parameter's value is written",
    remedy: 'Use values that the style defines: a plain value, a list of plain values, or an object of plain values.',
  },
  GW2109: {
    severity: 'error',
    title: "A parameter's content cannot be read",
    remedy: 'Describe the parameter with exactly one media type, `application/json`.',
  },
  GW2110: {
    severity: 'error',
    title: "A parameter's name cannot be sent",
    remedy: 'Use a name of the characters that RFC 9110 allows in field names and RFC 6265 in cookie names.',
  },
  GW2111: {
    severity: 'error',
    title: 'A parameter stands in an unknown place',
    remedy: 'Use `path`, `query`, `header` or `cookie`.',
  },
  GW2112: {
    severity: 'error',
    title: 'A media type is malformed',
    remedy: 'Write `type/subtype`, `type/*` or `*/*`, with parameters behind semicolons.',
  },
  GW2113: {
    severity: 'error',
    title: "A response's status is malformed",
    remedy: 'Write a status of three digits, a range such as `4XX`, or `default`.',
  },
  GW2114: {
    severity: 'error',
    title: 'A security requirement names a scheme that does not exist',
    remedy: 'Declare the scheme under `components.securitySchemes`, or correct the name.',
  },
  GW2115: {
    severity: 'error',
    title: 'A part of a document is not what OpenAPI describes',
    remedy: 'Follow the specification at the place shown, with an overlay if the spec is not yours.',
  },
  GW2116: {
    severity: 'warning',
    title: 'A path of a document cannot be used',
    remedy: 'Correct the path item; until then its operations do not exist for the manifest.',
  },
  GW2117: {
    severity: 'error',
    title: 'The method QUERY is not supported',
    remedy: 'Offer the operation under POST until clients and proxies know QUERY.',
  },
  GW2118: {
    severity: 'warning',
    title: 'A method that HTTP does not define is not supported',
    remedy: 'Offer the operation under a standard method.',
  },
  GW2119: {
    severity: 'error',
    title: 'A method that takes no body requires one',
    remedy: 'Make the body optional, or use POST.',
  },
  GW2120: {
    severity: 'error',
    title: 'A body is described as a sequence of items',
    remedy: 'Describe the whole body with `schema`.',
  },
  GW2121: {
    severity: 'error',
    title: 'OpenAPI does not define how a query parameter of this shape is written',
    remedy: 'If the service takes `name[key][]=value`, write `nestedQuery: brackets` at the service in the manifest.',
  },
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
    title: 'An expression looks for a value in something that is no list',
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
    title: 'Ownership of something that is no path parameter',
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
  // Schemas
  GW3250: {
    severity: 'error',
    title: 'A reference leads to no schema',
    remedy: 'Correct the reference, or add the schema that it names.',
  },
  GW3251: {
    severity: 'error',
    title: 'A keyword of a schema has a value of the wrong kind',
    remedy: 'Write the value as the keyword wants it; in a spec that is not yours, by an overlay.',
  },
  GW3252: {
    severity: 'error',
    title: 'A schema names a type that does not exist',
    remedy: 'Write `string`, `number`, `integer`, `boolean`, `array` or `object`; a finer kind belongs into `format`.',
  },
  GW3253: {
    severity: 'error',
    title: 'A pattern is no regular expression',
    remedy: 'Write the pattern as ECMA-262 has it, with the flag `u`.',
  },
  GW3254: {
    severity: 'error',
    title: 'A pattern can take too long',
    remedy: 'Rewrite the pattern without look-around and back-references, or limit the value with `maxLength: 256`.',
  },
  GW3255: {
    severity: 'error',
    title: 'A schema contradicts itself',
    remedy: 'Correct the bounds or values: as they are, no value fits.',
  },
  GW3256: {
    severity: 'error',
    title: 'A dynamic reference means several schemas',
    remedy: 'Refer to the schema that is meant with `$ref`.',
  },
  GW3257: {
    severity: 'error',
    title: 'A dialect of JSON Schema that is not supported',
    remedy: 'Write schemas in the dialect of OpenAPI 3.1, which is JSON Schema 2020-12, and leave `$schema` out.',
  },
  GW3258: {
    severity: 'error',
    title: 'An answer is withheld as a whole',
    remedy: 'Mark the members that must not leave, not the schema of the answer.',
  },
  GW3259: {
    severity: 'warning',
    title: 'A keyword means nothing in this version of OpenAPI',
    remedy: 'Declare the version whose keyword it is, or express it otherwise.',
  },
  GW3260: {
    severity: 'error',
    title: 'A discriminator names no schema',
    remedy: 'Name a component in the mapping, or refer to it.',
  },
  GW3261: {
    severity: 'warning',
    title: 'A pattern is written for another engine',
    remedy: 'Write the pattern as ECMA-262 has it; what it was taken for is in the message.',
  },
  GW3262: {
    severity: 'error',
    title: 'A schema takes too long to check',
    remedy: 'Compose the schema of fewer others: each is tried as often as there are ways that lead to it.',
  },
  // Services and authenticators
  GW3301: {
    severity: 'error',
    title: 'A service has no address',
    remedy: 'Write `url` for the service.',
  },
  GW3302: {
    severity: 'error',
    title: 'An address cannot be called',
    remedy: 'Write a scheme, a host and perhaps a base path: `https://api.example.com/v1`.',
  },
  GW3303: {
    severity: 'warning',
    title: 'Several servers of a spec are taken as equals',
    remedy: 'Write `url` for the service, with the addresses that are meant.',
  },
  GW3304: {
    severity: 'warning',
    title: 'The server of an operation is not used',
    remedy: 'Describe the operation as a service of its own, or leave `url` out.',
  },
  GW3305: {
    severity: 'error',
    title: 'A mapping names a security scheme that the spec does not have',
    remedy: 'Correct the name of the scheme, or leave the mapping out.',
  },
  GW3306: {
    severity: 'error',
    title: 'A scheme is left to the gateway, which has no credential',
    remedy: 'Write `credential` for the service.',
  },
  GW3307: {
    severity: 'warning',
    title: 'No credential fits a security scheme',
    remedy: 'Write the credential that the scheme describes.',
  },
  GW3308: {
    severity: 'error',
    title: 'Credentials overwrite each other',
    remedy: 'Keep one of the credentials.',
  },
  GW3309: {
    severity: 'error',
    title: 'A credential in a header that cannot carry it',
    remedy: 'Take the header that the service documents, such as `Authorization` or `X-Api-Key`.',
  },
  GW3310: {
    severity: 'error',
    title: 'A credential needs a token that no caller has',
    remedy: 'Write another `credential` for the operation, such as `client` or `identity`.',
  },
  GW3311: {
    severity: 'error',
    title: 'A client certificate for one operation',
    remedy: 'Write `mtls` as the credential of the service.',
  },
  GW3312: {
    severity: 'error',
    title: 'An authenticator does not exist',
    remedy: 'Name an authenticator of the manifest.',
  },
  GW3313: {
    severity: 'warning',
    title: 'An authenticator is not used',
    remedy: 'Name it in `authenticate` of a client, or leave it out.',
  },
  GW3314: {
    severity: 'error',
    title: 'A signature algorithm that cannot be trusted',
    remedy: 'Take asymmetric algorithms, such as RS256, PS256, ES256 and EdDSA.',
  },
  GW3315: {
    severity: 'error',
    title: 'API keys in a header that cannot carry them',
    remedy: 'Take a header without another meaning, such as `X-Api-Key`.',
  },
  GW3316: {
    severity: 'error',
    title: 'Two authenticators claim the same credential',
    remedy: 'Keep one of the authenticators, or make them one.',
  },
  GW3317: {
    severity: 'error',
    title: 'An id that the gateway keeps for itself',
    remedy: 'Write single hyphens.',
  },
  GW3318: {
    severity: 'error',
    title: 'A variable with two defaults',
    remedy: 'Write the same default everywhere, or use two variables.',
  },
  GW3319: {
    severity: 'error',
    title: 'A CORS origin that browsers do not send',
    remedy: 'Write a scheme, a host and perhaps a port, without a path: `https://shop.example`.',
  },
  GW3321: {
    severity: 'warning',
    title: 'No client uses a service',
    remedy: 'Expose some of its operations, or leave the service out.',
  },
  GW3322: {
    severity: 'error',
    title: 'A public host that requests cannot name',
    remedy: 'Write a name or address and perhaps a port: `api.shop.example`.',
  },
  GW3323: {
    severity: 'error',
    title: 'A trusted proxy that is not an address',
    remedy: 'Write an address or a CIDR range: `10.0.0.0/8`.',
  },
  GW4001: {
    severity: 'error',
    title: 'An emitted file came out wrong',
    remedy:
      'Nothing was written. This is a fault of the generator: please report it with the manifest and the specification.',
  },
  GW4002: {
    severity: 'error',
    title: 'Types cannot be printed',
    remedy:
      'Nothing was written. Leave the operation out with `--skip-unsupported`, and please report it with the specification.',
  },
  GW4003: {
    severity: 'error',
    title: 'An emitted file cannot have its name everywhere',
    remedy: 'Rename the service or client: the name means something else on some systems.',
  },
  GW4101: {
    severity: 'error',
    title: 'A generated file was edited by hand',
    remedy: 'Make the change in the manifest, a spec or an overlay, and generate; `--force` overwrites the file.',
  },
  GW4102: {
    severity: 'error',
    title: 'A file of somebody else is in the way',
    remedy: 'Move the file away, or choose another output folder.',
  },
  GW4103: {
    severity: 'error',
    title: 'Something that is no file is in the way',
    remedy: 'Move what is there away: only plain files are written, and never through a symbolic link.',
  },
  GW4104: {
    severity: 'error',
    title: 'The lock of a gateway cannot be read',
    remedy: 'Restore the lock from version control, or remove the folder of that gateway and generate anew.',
  },
  GW4105: {
    severity: 'error',
    title: 'The files cannot be written',
    remedy: 'Check the permissions of the output folder, and the room on the disk.',
  },
  GW4106: {
    severity: 'warning',
    title: 'A file of somebody else lies in a generated folder',
    remedy: 'Remove the file, or move it out of the folders that belong to the generator.',
  },
  // The command line
  GW5001: {
    severity: 'error',
    title: 'There is no manifest',
    remedy: 'Name it with `--manifest`, or write a first one with `gatewright init`.',
  },
  GW5002: {
    severity: 'error',
    title: 'The manifest has no such client',
    remedy: 'Name a client that stands under `clients`.',
  },
  GW5003: {
    severity: 'error',
    title: 'No client has such a route',
    remedy: "Name a method and a path, or an id, from the route table in a gateway's README.md.",
  },
  GW5004: {
    severity: 'error',
    title: "An option's value cannot be used",
    remedy: 'Write it as `--help` of the command shows.',
  },
  GW5005: {
    severity: 'error',
    title: 'There is no pepper for API keys',
    remedy: 'Set the variable that the gateway reads too, with at least 16 random characters.',
  },
  GW5006: {
    severity: 'error',
    title: 'A file that is there already would be overwritten',
    remedy: 'Write to another file with `--out`, or overwrite it with `--force`.',
  },
  GW5007: {
    severity: 'error',
    title: 'No document was named',
    remedy: 'Name the OpenAPI documents of the services: `gatewright init orders.yaml catalog.yaml`.',
  },
  GW5008: {
    severity: 'error',
    title: 'A manifest cannot be written',
    remedy: 'Name a folder that can be written to with `--out`.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>

export type Code = keyof typeof catalogue
