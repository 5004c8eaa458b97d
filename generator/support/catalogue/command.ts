import type { CatalogueEntry } from './entry.ts'

/** The command line. */
export const commandCatalogue = {
  GW5001: {
    severity: 'error',
    title: 'There is no manifest',
    remedy: 'Name it with `--manifest`, or write a first one with `gatewright init`.',
  },
  GW5002: {
    severity: 'error',
    title: 'The manifest has no such client',
    remedy: 'Name a client of `clients` in the manifest.',
  },
  GW5003: {
    severity: 'error',
    title: 'No client has such a route',
    remedy: "Name a method and a path, or an id, from the route table in a gateway's README.md.",
  },
  GW5004: {
    severity: 'error',
    title: "An option's value cannot be used",
    remedy: 'See `--help` of the command.',
  },
  GW5005: {
    severity: 'error',
    title: 'There is no pepper for API keys',
    remedy: 'Set the variable that the gateway reads its pepper from, to at least 16 random characters.',
  },
  GW5006: {
    severity: 'error',
    title: 'An existing file would be overwritten',
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
    remedy: 'Name a writable folder with `--out`.',
  },
  GW5015: {
    severity: 'error',
    title: 'The revision of `--base` cannot be read',
    remedy: 'Name a branch, a tag or a commit of the git repository, and fetch it with its files before.',
  },
  GW5020: {
    severity: 'error',
    title: 'Gateways cannot be written to a folder',
    remedy: 'Name a folder of its own with `--out`, such as `generated`.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
