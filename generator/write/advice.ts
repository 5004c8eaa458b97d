/** Where a change to a generated file belongs: the first row whose pattern matches its path in the client's folder. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^src\/runtime\//, 'The runtime is part of gatewright: propose the change there.'],
  [/^src\/gateway\/routes\.ts$/, 'Routes come from `expose` in the manifest and from the specs.'],
  [/^src\/gateway\/services\.ts$/, 'Services come from `services` in the manifest.'],
  [
    /^src\/gateway\/client\.ts$/,
    'Authenticators, CORS and addresses come from `clients` and `authenticators` in the manifest.',
  ],
  [/^src\/gateway\//, "Schemas follow from the service's spec; correct that, or lay an overlay over it."],
  [/^package(-lock)?\.json$/, 'Dependencies are those that the runtime is tested with. Install them with `npm ci`.'],
  [/^(openapi\.json|client\.d\.ts)$/, 'The contract comes from the manifest and the specs: change those.'],
  [/^(ACCESS\.md|access\.json)$/, 'The access matrix comes from `access` in the manifest and `security` in the specs.'],
]

const otherwise = 'Put your own code into a file with another name.'

/** A sentence about where a change to `path` belongs, and the command to discard it. */
export function advice(path: string): string {
  const [, place] = places.find(([pattern]) => pattern.test(path)) ?? [null, otherwise]
  return `${place}\nTo discard the edit: gatewright generate --force`
}
