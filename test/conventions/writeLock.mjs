// Writes templates/project/lock.json: the part of package-lock.json that an emitted gateway needs.
import { readFileSync, writeFileSync } from 'node:fs'
import { dependencies, devDependencies } from '../../dist/generator/emit/dependencies.js'

const file = (name) => new URL(`../../${name}`, import.meta.url)
const { packages } = JSON.parse(readFileSync(file('package-lock.json'), 'utf8'))

const needed = reached(Object.keys({ ...dependencies, ...devDependencies }))
const running = reached(Object.keys(dependencies))
const paths = [...needed].sort((a, b) => a.localeCompare(b, 'en'))
const locked = Object.fromEntries(paths.map((path) => [path, entryOf(path, packages[path])]))
writeFileSync(file('templates/project/lock.json'), `${JSON.stringify(locked, null, 2)}\n`)

/** Paths of the named packages and of all that they depend on. */
function reached(names) {
  const found = new Set()
  const visit = (from, name) => {
    const path = resolve(from, name)
    if (found.has(path)) return
    found.add(path)
    const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = packages[path]
    for (const next of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })) visit(path, next)
  }
  for (const name of names) visit('', name)
  return found
}

/** Where Node.js finds a package that the package at `from` imports. */
function resolve(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at}${at === '' ? '' : '/'}node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (at === '') throw new Error(`${name} is not in package-lock.json`)
  }
}

/** The members in npm's order. `resolved` is the public registry's address, which npm replaces by that of another registry. */
function entryOf(path, { version, integrity, resolved: _, dev: _dev, devOptional: _both, ...rest }) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const resolved = `https://registry.npmjs.org/${name}/-/${name.split('/').at(-1)}-${version}.tgz`
  return { version, resolved, integrity, ...(running.has(path) ? {} : { dev: true }), ...rest }
}
