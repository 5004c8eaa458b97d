import type { CatalogueEntry } from './entry.ts'

/** Planning schemas: 3250 to 3299. */
export const planSchemasCatalogue = {
  GW3250: {
    severity: 'error',
    title: 'A reference does not lead to a schema',
    remedy: 'Correct the reference, or add the schema that it names.',
  },
  GW3251: {
    severity: 'error',
    title: 'A keyword of a schema has a value of the wrong kind',
    remedy: 'Write a value of the kind that the keyword requires, with an overlay if the spec is not yours.',
  },
  GW3252: {
    severity: 'error',
    title: 'A schema names a type that does not exist',
    remedy:
      'Write `string`, `number`, `integer`, `boolean`, `array` or `object`; a more specific type belongs in `format`.',
  },
  GW3253: {
    severity: 'error',
    title: 'A pattern is not a regular expression',
    remedy: 'Write the pattern in the syntax of ECMA-262 with the flag `u`.',
  },
  GW3254: {
    severity: 'error',
    title: 'A pattern can take too long',
    remedy:
      'Rewrite the pattern without look-around and back-references, or limit the value with the `maxLength` that the message names.',
  },
  GW3255: {
    severity: 'error',
    title: 'A schema contradicts itself',
    remedy: 'Correct the bounds or values: no value matches the schema.',
  },
  GW3256: {
    severity: 'error',
    title: 'A dynamic reference means several schemas',
    remedy: 'Refer to one schema with `$ref`.',
  },
  GW3257: {
    severity: 'error',
    title: 'A dialect of JSON Schema that is not supported',
    remedy: 'Write schemas in the dialect of OpenAPI 3.1, which is JSON Schema 2020-12, and leave `$schema` out.',
  },
  GW3258: {
    severity: 'error',
    title: 'The whole answer is withheld from clients',
    remedy: 'Mark the members that clients must not get, not the schema of the answer.',
  },
  GW3259: {
    severity: 'warning',
    title: 'A keyword means nothing in this version of OpenAPI',
    remedy: 'Declare a version that has the keyword, or express the condition with other keywords.',
  },
  GW3260: {
    severity: 'error',
    title: 'A discriminator does not name a schema',
    remedy: 'Name a component in the mapping, or refer to it.',
  },
  GW3261: {
    severity: 'warning',
    title: 'A pattern is written for another engine',
    remedy: 'Write the pattern in the syntax of ECMA-262. The message shows how it was interpreted.',
  },
  GW3262: {
    severity: 'error',
    title: 'A schema takes too long to check',
    remedy: 'Combine fewer alternatives: a schema is checked once for each combination that leads to it.',
  },
  GW3263: {
    severity: 'warning',
    title: 'A value is limited because of its pattern',
    remedy: 'Write `maxLength` beside the pattern, or rewrite the pattern without look-around and back-references.',
  },
  GW3264: {
    severity: 'warning',
    title: 'A mapping of a discriminator names a value that its schema refuses',
    remedy: 'List the value in the `enum` of the schema that the mapping names, or correct the mapping.',
  },
  GW3265: {
    severity: 'warning',
    title: 'A discriminator does not select a schema',
    remedy: 'Name each schema in the mapping by a value of its own. Without that, all of them are tried.',
  },
  GW3266: {
    severity: 'warning',
    title: 'Keywords describe values of another type than the schema',
    remedy:
      'Write the `type` of the values that the keywords describe: `array` for `items`, `object` for `properties`.',
  },
  GW3268: {
    severity: 'warning',
    title: 'No value fits a request',
    remedy: 'Correct the schema; in a spec that is not yours, by an overlay.',
  },
  GW3269: {
    severity: 'warning',
    title: 'A listed value does not fit its type',
    remedy:
      "Quote a text that looks like a number (`'0755'`), or correct `type`; in a spec that is not yours, by an overlay.",
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
