import type { CatalogueEntry } from './entry.ts'

/** The manifest (20xx) and the specs (21xx). */
export const modelCatalogue = {
  // The manifest
  GW2001: {
    severity: 'error',
    title: 'The manifest has an unknown property',
    remedy:
      'Correct the spelling, or remove the property. All properties are in `gateway.schema.json`, which editors use for completion and checks.',
  },
  GW2002: { severity: 'error', title: 'The manifest lacks a property', remedy: 'Add the named property.' },
  GW2003: {
    severity: 'error',
    title: 'A value of the manifest has the wrong type',
    remedy: 'Write a value of the named type.',
  },
  GW2004: {
    severity: 'error',
    title: 'A value of the manifest is not one of the allowed values',
    remedy: 'Choose one of the listed values.',
  },
  GW2005: {
    severity: 'error',
    title: 'A string of the manifest has the wrong format',
    remedy: 'Write it in the format shown.',
  },
  GW2006: {
    severity: 'error',
    title: 'A value of the manifest is out of bounds',
    remedy: 'Write a value within the named bounds.',
  },
  GW2007: {
    severity: 'error',
    title: 'Properties of the manifest exclude each other',
    remedy: 'Keep one of them.',
  },
  GW2008: {
    severity: 'error',
    title: 'The manifest uses a feature that is not in this release',
    remedy: 'Remove the property. The changelog names the release that has the feature.',
  },
  GW2009: {
    severity: 'error',
    title: 'The manifest contains a secret',
    remedy: 'Set the secret in the environment of the running gateway and refer to it: `${NAME}`.',
  },
  GW2010: {
    severity: 'error',
    title: 'A reference to the environment is malformed',
    remedy: 'Write `${NAME}` or `${NAME:-default}`; a literal `${` is written `$${`.',
  },
  GW2011: {
    severity: 'error',
    title: 'A reference to the environment is at a place where the generator needs the value',
    remedy: 'Write the value itself: it decides what is generated.',
  },
  GW2012: {
    severity: 'error',
    title: 'An API key may be sent outside a header',
    remedy: 'Use `in: header`: URLs and cookies are written to logs, histories and caches.',
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
    title: 'A path template cannot be parsed',
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
    title: 'A parameter has an unknown `in`',
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
    remedy: 'Correct the path item. Until then the manifest cannot expose its operations.',
  },
  GW2117: {
    severity: 'error',
    title: 'The method QUERY is not supported',
    remedy: 'Declare the operation as POST: clients and proxies do not support QUERY yet.',
  },
  GW2118: {
    severity: 'warning',
    title: 'A method that HTTP does not define is not supported',
    remedy: 'Declare the operation with a standard method.',
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
    title: 'OpenAPI does not define how a query parameter of this structure is written',
    remedy: 'If the service takes `name[key][]=value`, write `nestedQuery: brackets` at the service in the manifest.',
  },
  GW2122: {
    severity: 'error',
    title: 'A setting of an issuer beside `issuers`',
    remedy: 'Write the setting in each of the `issuers` that it is for.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
