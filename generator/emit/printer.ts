import { createRequire } from 'node:module'
import { pointerMaker } from './pointers.ts'

type OpenapiTypescript = typeof import('openapi-typescript')

const require = createRequire(import.meta.url)

/** The TypeScript whose nodes the printer makes. */
export const typescript = require('typescript') as typeof import('typescript')

/**
 * The parts of openapi-typescript that print, by paths that its package exports, without the Redocly that it reads with: half
 * the time to load. As CommonJS that halves again, because for a module Node searches the nine megabytes of TypeScript for the
 * names of exports; a loader that cannot require the one dependency that is a module (Jest) gets modules all the same.
 */
async function part<T>(name: string): Promise<T> {
  try {
    return require(`openapi-typescript/dist/${name}.cjs`) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') throw error
    return (await import(`openapi-typescript/dist/${name}.mjs`)) as T
  }
}

const utilities = await part<Pick<OpenapiTypescript, 'createRef' | 'resolveRef' | 'scanDiscriminators'>>('lib/utils')
// Where it came as a module, which cannot be changed, this does nothing, and printing takes a little longer.
Reflect.set(utilities, 'createRef', pointerMaker(utilities.createRef))
const { resolveRef, scanDiscriminators } = utilities
const { astToString } = await part<Pick<OpenapiTypescript, 'astToString'>>('lib/ts')
const transform = await part<
  OpenapiTypescript['transformSchema'] | { readonly default: OpenapiTypescript['transformSchema'] }
>('transform/index')
const transformSchema = typeof transform === 'function' ? transform : transform.default

export const printer = { astToString, resolveRef, scanDiscriminators, transformSchema }
