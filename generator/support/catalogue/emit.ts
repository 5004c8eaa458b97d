import type { CatalogueEntry } from './entry.ts'

/** Making the files. */
export const emitCatalogue = {
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
} as const satisfies Record<`GW${number}`, CatalogueEntry>
