import { createRequire, Module } from 'node:module'
import { dirname, join } from 'node:path'
import { typescript } from './printer.ts'

const require = createRequire(import.meta.url)

/**
 * ts-morph, on the TypeScript that prints: it brings one of its own, and to load nine megabytes twice would be a twentieth of a
 * large run. Where its parts lie otherwise it takes its own after all, which reads the same.
 */
function load(): typeof import('ts-morph') {
  const own = join(dirname(createRequire(require.resolve('ts-morph')).resolve('@ts-morph/common')), 'typescript.js')
  require.cache[own] ??= Object.assign(new Module(own), { exports: typescript, loaded: true })
  return require('ts-morph') as typeof import('ts-morph')
}

export const { ts } = load()
