import { CORE_SCHEMA, constructFromEvents, intCoreTag, mergeTag } from 'js-yaml'
import { type YamlEvents, YamlFault, yamlEvents } from './events.ts'
import { exactInteger } from './integers.ts'
import { keepKeys } from './keys.ts'

export type YamlResult = { readonly kind: 'value'; readonly value: unknown } | YamlFailure

/** Line and column from 1. */
export interface YamlFailure {
  readonly kind: 'failure'
  readonly reason: string
  readonly line: number
  readonly column: number
}

/** Integers of the core schema, as `bigint` if a double would round them. */
const integerTag = {
  ...intCoreTag,
  resolve: (source: string, isExplicit: boolean, tagName: string) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName)
    return typeof value === 'number' && !Number.isSafeInteger(value) ? (exactInteger(source) ?? value) : value
  },
}

const schema = CORE_SCHEMA.withTags(mergeTag, integerTag)

/**
 * Parses YAML 1.2 (core schema, and `<<`) five times faster than a parser that keeps positions. Keys are the text that is written. Fails
 * on duplicate keys, tags of other schemas, and too many aliases or levels.
 */
export function parseYaml(text: string, maxAliases: number, maxDepth: number): YamlResult {
  try {
    const parsed = yamlEvents(text, maxDepth)
    keepKeys(parsed.text, parsed.events)
    const documents = constructed(parsed, maxAliases)
    if (documents.length > 1) return { kind: 'failure', reason: 'it holds several documents', line: 1, column: 1 }
    return { kind: 'value', value: documents[0] ?? null }
  } catch (error) {
    if (!(error instanceof YamlFault)) return { kind: 'failure', reason: 'it cannot be parsed', line: 1, column: 1 }
    return { kind: 'failure', reason: error.message, ...placeOf(text, error.offset) }
  }
}

function constructed({ text: source, events, original }: YamlEvents, maxAliases: number): readonly unknown[] {
  try {
    return constructFromEvents(events, { source, schema, maxAliases })
  } catch (error) {
    throw new YamlFault(error, original)
  }
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}
