import type { CatalogueEntry } from './entry.ts'

/** `gatewright spec`: documents that are downloaded. */
export const remoteCatalogue = {
  GW1400: {
    severity: 'error',
    title: 'A source cannot be noted',
    remedy:
      'Name an `http:` or `https:` URL. The source is written into the repository: refer to credentials as `${NAME}`, in quotes for the shell.',
  },
  GW1401: {
    severity: 'error',
    title: 'A document cannot be downloaded',
    remedy:
      'Open the URL in a browser on this machine. Proxies are taken from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.',
  },
  GW1402: {
    severity: 'error',
    title: 'A server asks for a credential',
    remedy: "Set it in the environment and refer to it: `--header 'Authorization: Bearer ${SPEC_TOKEN}'`.",
  },
  GW1403: {
    severity: 'error',
    title: 'A server answers with something else than a document',
    remedy: 'Name the URL of the YAML or JSON text itself, such as the `raw` link of a code host.',
  },
  GW1404: {
    severity: 'error',
    title: 'A download is too large',
    remedy: 'A file may have 20 MB, and a document with all its files 60 MB and 2,000 files.',
  },
  GW1405: {
    severity: 'warning',
    title: 'A file that a document refers to is not downloaded',
    remedy: 'Report a missing file to the owner of the document; allow another origin with `--origin`.',
  },
  GW1406: {
    severity: 'error',
    title: 'A downloaded file was changed by hand',
    remedy: 'Make corrections in an overlay, which survives updates. `--force` overwrites the file.',
  },
  GW1407: {
    severity: 'error',
    title: 'The note of a downloaded document cannot be used',
    remedy: 'Restore the note from version control, or download the document again with `gatewright spec add`.',
  },
  GW1408: {
    severity: 'error',
    title: 'There is no downloaded document',
    remedy: 'Download one first: `gatewright spec add <url>`.',
  },
  GW1409: {
    severity: 'error',
    title: 'A variable that a source refers to is not set',
    remedy: 'Set the variable in the environment of the command.',
  },
  GW1410: {
    severity: 'error',
    title: 'The note of a downloaded document is not of the repository, and refers to the environment',
    remedy: 'Add the note to the repository, or name the document: `gatewright spec update specs/orders.yaml`.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
