import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/**
 * Writes what the generator uses of some packages into `<folder>/node_modules`, where Node.js finds it before any other. A user's project
 * then does not install these packages, of which gatewright uses a small part, and their dependencies. `npm pack` calls it for `dist`.
 *
 *     node generator/packaging/embed.mjs dist
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)

/** By package: its entry points by the names that sources import them by, and what is not embedded in it. */
const packages = [
  { name: '@inquirer/prompts', entries: { index: '@inquirer/prompts' }, format: 'esm', external: [] },
  {
    name: '@redocly/openapi-core',
    entries: { index: '@redocly/openapi-core' },
    format: 'esm',
    external: ['js-yaml', 'jsonpath-rfc9535'],
  },
  { name: 'handlebars', entries: { index: 'handlebars' }, format: 'esm', external: [] },
  { name: 'oidc-provider', entries: { index: 'oidc-provider' }, format: 'esm', external: ['jose'] },
  { name: 'openapi-sampler', entries: { index: 'openapi-sampler' }, format: 'cjs', external: [] },
  {
    name: 'openapi-typescript',
    entries: Object.fromEntries(
      ['dist/lib/utils', 'dist/lib/ts', 'dist/transform/index'].map((path) => [path, `openapi-typescript/${path}.cjs`]),
    ),
    format: 'cjs',
    external: ['typescript'],
  },
]

const [folder = 'dist'] = process.argv.slice(2)
for (const one of packages) await embed(one, join(resolve(folder), 'node_modules', one.name))

async function embed({ name, entries, format, external }, target) {
  const extension = format === 'cjs' ? 'cjs' : 'js'
  const bundle = await rolldown({
    input:
      format === 'cjs'
        ? Object.fromEntries(Object.entries(entries).map(([key, path]) => [key, require.resolve(path)]))
        : entries,
    cwd: root,
    external,
    platform: 'node',
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({
    format,
    exports: 'auto',
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `chunks/[name].${extension}`,
    // oidc-provider looks up settings, such as the lifetime of tokens, by the names of its classes.
    keepNames: true,
    minify: { compress: true, mangle: false, codegen: false },
  })
  await bundle.close()
  const chunks = output.filter(({ type }) => type === 'chunk')
  for (const { fileName, code } of chunks) put(join(target, fileName), code)
  const { version, license } = JSON.parse(readFileSync(packageFile(join(root, 'node_modules', name)), 'utf8'))
  const type = format === 'cjs' ? 'commonjs' : 'module'
  const about = { name, version, license, type, ...('index' in entries ? { main: `index.${extension}` } : {}) }
  put(join(target, 'package.json'), `${JSON.stringify(about, null, 2)}\n`)
  put(join(target, 'LICENSES'), licensesOf(chunks.flatMap(({ moduleIds }) => moduleIds)))
}

/** The licenses of all packages that the modules are of. */
function licensesOf(modules) {
  const folders = new Set(modules.filter((id) => id.includes('node_modules')).map(packageFolder))
  return [...folders]
    .sort()
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(packageFile(path), 'utf8'))
      const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'LICENSE-MIT.txt', 'license.md']
        .map((one) => join(path, one))
        .find(existsSync)
      return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a module belongs to: `.../node_modules/@scope/name`. */
function packageFolder(id) {
  const [found] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0/, '')) ?? []
  return found
}

function packageFile(path) {
  return join(path, 'package.json')
}

function put(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
