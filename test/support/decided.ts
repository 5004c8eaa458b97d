/**
 * A manifest of `init` with all its decisions made: undecided rules take any authenticated caller, and entries that are
 * commented out are exposed.
 */
export function decided(manifest: string): string {
  return manifest
    .replaceAll(/^( {2}[a-z][a-z0-9-]*: )undecided(?= # DECIDE)/gm, '$1{ authenticated: true }')
    .replaceAll(/^( {6})#(?=\S)/gm, '$1')
}
