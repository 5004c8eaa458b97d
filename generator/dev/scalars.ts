import { createRequire } from 'node:module'
import { generateSync, type JsonSchema } from 'json-schema-faker'
import { JsonNumber } from '../../templates/runtime/json/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'

// The package's types do not match its ES module entry.
const { sample } = createRequire(import.meta.url)('openapi-sampler') as {
  sample(schema: object, options: { quiet: boolean }): unknown
}

type Node = Exclude<Schema, boolean>

/** Strings that may fit several schemas at once, the most likely first. The caller checks them. */
export function* texts(nodes: readonly Node[], variant: number): Generator<string, void, undefined> {
  const examples = nodes.flatMap((node) => [node['example'], ...[node['examples'] ?? []].flat(), node['default']])
  for (const example of examples) if (typeof example === 'string') yield next(example, variant)
  for (const { format } of nodes as readonly { readonly format?: unknown }[]) {
    if (typeof format === 'string') yield* ofFormat(format, variant)
  }
  const bounds = boundsOf(nodes)
  for (const { pattern } of nodes as readonly { readonly pattern?: unknown }[]) {
    if (typeof pattern === 'string') yield* ofPattern(pattern, bounds, variant)
  }
  for (const word of [
    'string',
    'text',
    '1',
    'A',
    'ab',
    'AB',
    'ABC',
    'en-US',
    '2024-01-01T00:00:00Z',
    'https://example.com/',
  ]) {
    yield fitted(variant === 0 ? word : `${word}${variant}`, bounds)
  }
}

interface Bounds {
  readonly minLength: number
  readonly maxLength: number
}

function boundsOf(nodes: readonly Node[]): Bounds {
  return {
    minLength: Math.max(0, ...nodes.map((node) => Number(node['minLength'] ?? 0))),
    maxLength: Math.min(...nodes.map((node) => Number(node['maxLength'] ?? Number.POSITIVE_INFINITY))),
  }
}

function fitted(text: string, { minLength, maxLength }: Bounds): string {
  return text.padEnd(minLength, 'a').slice(0, maxLength)
}

/** Formats that openapi-sampler does not support. */
const ofOtherFormats: Readonly<Record<string, readonly string[]>> = {
  byte: ['c2FtcGxl', 'dGV4dA==', 'YWJj'],
  duration: ['P1D', 'PT1H', 'P2W'],
  regex: ['^[a-z]+$', '^a$', '^b$'],
  'json-pointer': ['/items/0', '/a', '/b'],
  'relative-json-pointer': ['0', '1/a', '2/b'],
}

function* ofFormat(format: string, variant: number): Generator<string, void, undefined> {
  const others = ofOtherFormats[format]
  const found =
    others === undefined ? sample({ type: 'string', format }, { quiet: true }) : others[variant % others.length]
  if (typeof found === 'string') yield others === undefined ? next(found, variant) : found
}

function* ofPattern(pattern: string, bounds: Bounds, variant: number): Generator<string, void, undefined> {
  const { minLength, maxLength } = bounds
  const limits = { ...(minLength > 0 && { minLength }), ...(Number.isFinite(maxLength) && { maxLength }) }
  for (let seed = 1; seed <= 12; seed++) {
    const found = generated({ type: 'string', pattern, ...(seed % 2 === 1 && limits) }, variant * 100 + seed)
    if (found !== null) yield found
  }
  // A repetition at the end is stretched to reach `minLength`.
  for (let others = 0; others < Math.min(8, minLength); others++) {
    const stretched = pattern.replace(/(?<!\\)[+*](?=\)*\$?$)/, `{${minLength - others}}`)
    const found = stretched === pattern ? null : generated({ type: 'string', pattern: stretched }, variant + 1)
    if (found !== null) yield found
  }
}

function generated(schema: JsonSchema, seed: number): string | null {
  try {
    const found = generateSync(schema, { seed })
    return typeof found === 'string' ? found : null
  } catch {
    // Not every pattern is supported; the fixed words may fit.
    return null
  }
}

/** The variant of a text: `cus_00000001` becomes `cus_00000003`, `museum` becomes `museum2`. */
function next(text: string, variant: number): string {
  if (variant === 0) return text
  const digits = /\d+(?=\D*$)/.exec(text)
  if (digits === null) return `${text}${variant}`
  const [number] = digits
  const raised = String(BigInt(number) + BigInt(variant))
    .padStart(number.length, '0')
    .slice(-number.length)
  return `${text.slice(0, digits.index)}${raised}${text.slice(digits.index + number.length)}`
}

/** Numbers that may fit several schemas at once, the simplest first. */
export function numbers(nodes: readonly Node[], variant: number, whole: boolean): readonly (number | JsonNumber)[] {
  const all = (keyword: string): number[] =>
    nodes.flatMap((node) => {
      const value = node[keyword]
      return value === undefined ? [] : [Number(value instanceof JsonNumber ? value.text : value)]
    })
  const step = Math.max(0, ...all('multipleOf')) || 1
  const small = whole ? step : Math.min(step, 0.01)
  const least = [
    ...all('minimum'),
    ...all('exclusiveMinimum').map((bound) => bound + step),
    ...all('exclusiveMinimum').map((bound) => bound + small),
  ]
  const most = [
    ...all('maximum'),
    ...all('exclusiveMaximum').map((bound) => bound - step),
    ...all('exclusiveMaximum').map((bound) => bound - small),
  ]
  const plain = [
    variant + 1,
    (variant + 1) * step,
    ...least.map((bound) => bound + variant * step),
    ...least,
    ...most,
    0,
    -1,
    0.5,
  ]
  const aligned = [...least, ...most].flatMap((bound) => [
    Math.ceil(bound / step) * step,
    Math.floor(bound / step) * step,
  ])
  const exact = nodes.flatMap((node) =>
    [node['minimum'], node['maximum']].filter((bound) => bound instanceof JsonNumber),
  )
  return [...[...plain, ...aligned].map((number) => (whole ? Math.trunc(number) : number)), ...exact]
}
