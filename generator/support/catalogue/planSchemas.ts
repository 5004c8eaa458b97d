import type { CatalogueEntry } from './entry.ts'

/** Deciding about schemas: 3250 to 3299. */
export const planSchemasCatalogue = {
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
    title: 'A pattern is not a regular expression',
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
} as const satisfies Record<`GW${number}`, CatalogueEntry>
