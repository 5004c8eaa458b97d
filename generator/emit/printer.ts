import { createRequire } from 'node:module'
import { pointerMaker } from './pointers.ts'

type OpenapiTypescript = typeof import('openapi-typescript')

const require = createRequire(import.meta.url)

/** The TypeScript package whose nodes the printer creates. */
export const typescript = require('typescript') as typeof import('typescript')

/**
 * A module of openapi-typescript's printer, by a path that its package exports. Without Redocly, which the package
 * reads with, loading takes half the time. As CommonJS it takes half of that again, because for ES modules Node.js
 * searches the 9 MB of TypeScript for the names of exports. A loader that cannot `require` the one dependency that is
 * an ES module (Jest) imports ES modules instead.
 */
async function part<T>(name: string): Promise<T> {
  try {
    return require(`openapi-typescript/dist/${name}.cjs`) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') throw error
    return (await import(`openapi-typescript/dist/${name}.mjs`)) as T
  }
}

const utilities = await part<Pick<OpenapiTypescript, 'createRef' | 'resolveRef'>>('lib/utils')
// ES modules cannot be changed: then this has no effect, and printing takes a little longer.
Reflect.set(utilities, 'createRef', pointerMaker(utilities.createRef))
const { resolveRef } = utilities
const { astToString } = await part<Pick<OpenapiTypescript, 'astToString'>>('lib/ts')
const transform = await part<
  OpenapiTypescript['transformSchema'] | { readonly default: OpenapiTypescript['transformSchema'] }
>('transform/index')
const transformSchema = typeof transform === 'function' ? transform : transform.default

export const printer = { astToString, resolveRef, transformSchema }
