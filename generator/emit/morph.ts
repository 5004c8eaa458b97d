import { createRequire, Module } from 'node:module'
import { dirname, join } from 'node:path'
import { typescript } from './printer.ts'

const require = createRequire(import.meta.url)

/**
 * ts-morph with the `typescript` package of the printer instead of the copy in `@ts-morph/common`: loading a second
 * copy (9 MB) would take a twentieth of a large run. If the layout of that package changes, ts-morph loads its own
 * copy, with the same results.
 */
function load(): typeof import('ts-morph') {
  const own = join(dirname(createRequire(require.resolve('ts-morph')).resolve('@ts-morph/common')), 'typescript.js')
  require.cache[own] ??= Object.assign(new Module(own), { exports: typescript, loaded: true })
  return require('ts-morph') as typeof import('ts-morph')
}

export const { ts } = load()
