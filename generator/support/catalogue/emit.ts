import type { CatalogueEntry } from './entry.ts'

/** Emitting the files. */
export const emitCatalogue = {
  GW4001: {
    severity: 'error',
    title: 'An emitted file is not valid',
    remedy:
      'Nothing was written. This is a bug of the generator: please report it with the manifest and the specification.',
  },
  GW4002: {
    severity: 'error',
    title: 'Types cannot be printed',
    remedy:
      'Nothing was written. Leave the operation out with `--skip-unsupported`, and please report it with the specification.',
  },
  GW4003: {
    severity: 'error',
    title: 'The name of an emitted file is not portable',
    remedy: 'Rename the service or client: some systems do not allow the name.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
