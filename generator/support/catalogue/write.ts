import type { CatalogueEntry } from './entry.ts'

/** Comparing with the output folder and writing to it. */
export const writeCatalogue = {
  GW4101: {
    severity: 'error',
    title: 'A generated file was edited by hand',
    remedy: 'Make the change in the manifest, a spec or an overlay, and generate; `--force` overwrites the file.',
  },
  GW4102: {
    severity: 'error',
    title: 'An unknown file is in the way',
    remedy: 'Move the file away, or choose another output folder.',
  },
  GW4103: {
    severity: 'error',
    title: 'Something that is not a file is in the way',
    remedy: 'Move it away: only regular files are written, never through a symbolic link.',
  },
  GW4104: {
    severity: 'error',
    title: 'The lock of a gateway cannot be read',
    remedy: 'Restore the lock from version control, or remove the folder of that gateway and generate again.',
  },
  GW4105: {
    severity: 'error',
    title: 'The files cannot be written',
    remedy: 'Check the permissions of the output folder and the free disk space.',
  },
  GW4106: {
    severity: 'warning',
    title: 'An unknown file lies in a generated folder',
    remedy: 'Remove the file, or move it out of the folders that belong to the generator.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
