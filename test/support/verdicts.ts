import fc from 'fast-check'
import { createEnvironment, type Environment } from '../../templates/runtime/environment/environment.ts'
import { operation, planned, spec } from './planned.ts'

const orders = { orders: spec([`/orders: { ${operation('get')} }`]) }
export const exposed = ["'orders GET /orders': {}"]

/** Whether the plan's checks refuse a manifest with this code. */
export function generatorRefuses(code: string, text: string): boolean {
  return planned(text, orders).codes.includes(code)
}

/** Whether a gateway refuses to start, with the text in its data or in a variable. The variable `SET` is always set. */
export function gatewayRefuses(
  read: (setting: string, environment: Environment) => unknown,
  text: string,
  env?: { readonly VALUE: string },
): boolean {
  const environment = createEnvironment({ SET: 'set', ...env })
  read(env === undefined ? text : '${VALUE}', environment)
  return environment.problems.length + environment.missing.length > 0
}

/** Texts made of these pieces in any order: valid parts of the kind, and invalid ones. */
export const textOf = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((chosen) => chosen.join(''))

/** A kind of value that both judge. */
export interface Kind {
  readonly code: string
  readonly texts: fc.Arbitrary<string>
  readonly written: (text: string) => string
  readonly read: (text: string, environment: Environment) => unknown
  /** Texts for which the two verdicts once differed. */
  readonly examples: readonly string[]
  /** Whether the text may come from the environment. */
  readonly fixed?: true
}

/** Path templates of these segments. Names in a template are unique. */
export function templateOf(segment: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(segment, { minLength: 1, maxLength })
    .map((segments) => `/${segments.map((text, i) => text.replaceAll(/\{(\w)\}/g, `{$1${i}}`)).join('/')}`)
}

/** One operation at a path of a spec, with its path parameters. */
export function pathItem(path: string, method: string): string {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const parameters = names.map((name) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`)
  return `'${path}': { ${operation(method, `parameters: [${parameters.join(', ')}]`)} }`
}
