import type { CatalogueEntry } from './entry.ts'

/** Reading the manifest and the documents: 10xx the manifest's file, 11xx documents, 12xx references, 13xx overlays. */
export const readCatalogue = {
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
      'Correct the syntax at the place shown. Text with `: `, ` #`, `{`, `[`, `*`, `&` or `%` at a delicate place needs quotes.',
  },
  GW1003: {
    severity: 'error',
    title: 'The manifest is too large',
    remedy: 'Remove what is not a setting of a gateway from the manifest. Corrections of specs belong in overlays.',
  },
  GW1004: {
    severity: 'error',
    title: 'A key of the manifest occurs twice',
    remedy: 'Keep one of the two, or merge their contents.',
  },
  GW1005: {
    severity: 'error',
    title: 'The manifest is nested too deeply or expands too far',
    remedy: 'Write repeated parts in full instead of using aliases of aliases.',
  },
  GW1006: {
    severity: 'error',
    title: 'A key of the manifest is not allowed',
    remedy: 'Rename the key: `__proto__` has a special meaning in JavaScript.',
  },
  GW1007: {
    severity: 'error',
    title: 'The manifest contains a value that JSON cannot express',
    remedy: 'Quote the value, or write it as plain text, number, list or map.',
  },
  GW1008: {
    severity: 'error',
    title: 'A file is not a manifest',
    remedy: 'Name the manifest with `--manifest`, or write a first one with `gatewright init`.',
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
    remedy: 'Correct the syntax at the place shown.',
  },
  GW1103: {
    severity: 'error',
    title: 'A document is too large',
    remedy: 'Split the document, or remove examples that it does not need.',
  },
  GW1104: {
    severity: 'error',
    title: 'A key of a document occurs twice',
    remedy: 'Keep one of the two: parsers disagree about which one counts.',
  },
  GW1105: {
    severity: 'error',
    title: 'A document is nested too deeply or expands too far',
    remedy: 'Write repeated parts as components with `$ref` instead of aliases of aliases.',
  },
  GW1106: {
    severity: 'error',
    title: 'A key of a document is not allowed',
    remedy: 'Rename the key: `__proto__` has a special meaning in JavaScript.',
  },
  GW1107: {
    severity: 'error',
    title: 'A document contains a value that JSON cannot express',
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
    remedy:
      'Check that each `$ref` is at a place where OpenAPI allows one, and points to an object of the expected kind.',
  },
  GW1113: {
    severity: 'warning',
    title: 'A document does not meet its version of OpenAPI',
    remedy: 'Follow the specification at the place shown, with an overlay if the spec is not yours.',
  },
  // Reading: references
  GW1201: {
    severity: 'error',
    title: 'A $ref points to a URL',
    remedy:
      'Keep a copy of the document in the repository and refer to the copy: the generator makes no network requests.',
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
    remedy: 'Replace one of the references in the circle by the value itself.',
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
    remedy: 'Correct the target for the current spec, or remove the action if it is no longer needed.',
  },
  GW1304: {
    severity: 'error',
    title: "An overlay's update does not fit its target",
    remedy: 'Update objects with objects, append to lists, replace plain values with plain values.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
