import { createRequire } from 'node:module'
import { generateSync } from 'json-schema-faker'
import type { Schema, ServiceContract } from '../../templates/runtime/contract.ts'
import type { JsonValue } from '../../templates/runtime/json/index.ts'
import { compileContract } from '../../templates/runtime/schema/index.ts'

// The package's types do not describe what its ES module entry gives.
const { sample: sampleOf } = createRequire(import.meta.url)('openapi-sampler') as {
  sample(schema: object, options: { quiet: boolean }, document: object): unknown
}

export type Direction = 'request' | 'response'

/** Values for a contract's schemas, the same at every run. */
export interface Sampler {
  /**
   * The first of the examples that fits, else one sampled from the schema; `fits` tells whether the contract accepts it. `variant`
   * asks for another one (0: the plainest).
   */
  value(schema: Schema, direction: Direction, examples?: readonly unknown[], variant?: number): Sample
}

export interface Sample {
  readonly value: unknown
  readonly fits: boolean
}

/** Makes a sampler. What it gives has been checked by the checker that gateways use. */
export function createSampler(contract: ServiceContract): Sampler {
  const compiled = compileContract(contract)
  const views = {
    request: without('readOnly', contract),
    response: without('writeOnly', contract),
  }

  const value = (schema: Schema, direction: Direction, examples: readonly unknown[] = [], variant = 0): Sample => {
    const checker = compiled.checker(schema, direction)
    const fits = (candidate: unknown): boolean => checker.fits(candidate as JsonValue)
    let first: Sample | null = null
    for (const candidate of candidates(schema, views[direction], examples, variant)) {
      if (candidate === undefined) continue
      if (fits(candidate)) return { value: candidate, fits: true }
      first ??= { value: candidate, fits: false }
    }
    return first ?? { value: null, fits: fits(null) }
  }
  return { value }
}

function* candidates(
  schema: Schema,
  view: View,
  examples: readonly unknown[],
  variant: number,
): Generator<unknown, void, undefined> {
  if (variant === 0) {
    yield* examples
    yield attempt(() => sampleOf(view.schema(schema), { quiet: true }, view.document))
  }
  for (let seed = variant * 10 + 1; seed < variant * 10 + 6; seed++) {
    yield attempt(() =>
      generateSync({ ...view.schema(schema), ...view.document }, { seed, alwaysFakeOptionals: false, maxItems: 3 }),
    )
  }
}

/** Neither sampler is made for every schema there is; one that gives up is no reason to stop. */
function attempt(sample: () => unknown): unknown {
  try {
    return sample()
  } catch {
    return undefined
  }
}

interface View {
  readonly document: { readonly schemas: Readonly<Record<string, unknown>> }
  schema(schema: Schema): object
}

/** The contract's schemas without the members that may not appear in one direction. */
function without(mark: 'readOnly' | 'writeOnly', contract: ServiceContract): View {
  const marked = (schema: unknown): boolean => {
    if (typeof schema !== 'object' || schema === null) return false
    if ((schema as Record<string, unknown>)[mark] === true) return true
    const ref = (schema as Record<string, unknown>)['$ref']
    const target = typeof ref === 'string' ? contract.schemas[ref.slice('#/schemas/'.length)] : undefined
    return typeof target === 'object' && target[mark] === true
  }
  const strip = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(strip)
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).map(([name, inner]) => [name, strip(inner)] as const)
    const result: Record<string, unknown> = Object.fromEntries(entries)
    const { properties, required } = node as { properties?: unknown; required?: unknown }
    if (typeof properties === 'object' && properties !== null && !Array.isArray(properties)) {
      const kept = Object.entries(properties).filter(([, property]) => !marked(property))
      result['properties'] = Object.fromEntries(kept.map(([name, property]) => [name, strip(property)]))
      if (Array.isArray(required)) {
        const gone = new Set(Object.keys(properties).filter((name) => !kept.some(([one]) => one === name)))
        result['required'] = required.filter((name) => !gone.has(String(name)))
      }
    }
    return result
  }
  const document = { schemas: strip(contract.schemas) as Record<string, unknown> }
  return { document, schema: (schema) => (typeof schema === 'boolean' ? {} : (strip(schema) as object)) }
}
