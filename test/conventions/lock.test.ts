import { describe, expect, test } from '@jest/globals'
import { dependencies, devDependencies } from '../../generator/emit/dependencies.ts'
import { read } from './files.ts'

interface Entry {
  readonly version: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: true
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Entries = Readonly<Record<string, Entry>>

const locked = JSON.parse(read('templates/project/lock.json')) as Entries
const own = (JSON.parse(read('package-lock.json')) as { packages: Entries }).packages

/** Where Node.js finds a package that the package at `from` imports; `null`: not among the entries. */
function found(entries: Entries, from: string, name: string): string | null {
  const owners = from.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
  const places = [...owners.reverse().map((owner) => `${owner}/node_modules/${name}`), `node_modules/${name}`]
  return places.find((place) => entries[place] !== undefined) ?? null
}

function needs({ dependencies = {}, peerDependencies = {}, optionalDependencies = {} }: Entry): readonly string[] {
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
}

/** The paths of packages and of everything that they depend on. */
function reached(names: readonly string[]): ReadonlySet<string> {
  const paths = new Set<string>()
  const open = names.map((name) => `node_modules/${name}`)
  for (const path of open) {
    const entry = locked[path]
    if (entry === undefined || paths.has(path)) continue
    paths.add(path)
    open.push(...needs(entry).map((name) => found(locked, path, name) ?? `${path} lacks ${name}`))
  }
  return paths
}

describe('the lock of emitted gateways, templates/project/lock.json (npm run lock)', () => {
  test('has the packages of package-lock.json, with the same hashes', () => {
    for (const [path, entry] of Object.entries(locked)) {
      const { resolved: _, dev: _dev, ...ours } = entry
      expect([path, own[path]]).toEqual([path, expect.objectContaining(ours)])
      expect([path, entry.integrity]).toEqual([path, expect.stringMatching(/^sha512-/)])
    }
  })

  test('has the packages that are installed here, with which the runtime is tested', () => {
    for (const [path, { version }] of Object.entries(locked)) {
      expect([path, (JSON.parse(read(`${path}/package.json`)) as Entry).version]).toEqual([path, version])
    }
  })

  test('has each package that one of its packages needs, at the place of package-lock.json, and no other', () => {
    for (const [path, entry] of Object.entries(locked)) {
      for (const name of needs(entry)) {
        expect([path, name, found(locked, path, name)]).toEqual([path, name, found(own, path, name)])
      }
    }
    expect(new Set(Object.keys(locked))).toEqual(reached(Object.keys({ ...dependencies, ...devDependencies })))
  })

  test('marks what the running gateway does not need', () => {
    const running = reached(Object.keys(dependencies))
    for (const [path, { dev }] of Object.entries(locked))
      expect([path, dev]).toEqual([path, running.has(path) ? undefined : true])
  })

  test('names the public registry only, which npm replaces by the registry that is configured', () => {
    for (const [path, { version, resolved }] of Object.entries(locked)) {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const file = name.replace(/^.*\//, '')
      expect(resolved).toBe(`https://registry.npmjs.org/${name}/-/${file}-${version}.tgz`)
    }
  })
})
