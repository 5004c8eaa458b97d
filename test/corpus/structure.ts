import { createConfig, lintFromString } from '@redocly/openapi-core'

/** Redocly's rules about what a document is, rather than how it should look. */
const rules = [
  'struct',
  'no-unresolved-refs',
  'operation-operationId-unique',
  'path-parameters-defined',
  'no-identical-paths',
  'operation-parameters-unique',
  'security-defined',
] as const

/** What Redocly's structural rules say of an OpenAPI document; empty: nothing. */
export async function structureFaults(source: string): Promise<readonly string[]> {
  const config = await createConfig({ rules: Object.fromEntries(rules.map((rule) => [rule, 'error'])) })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ''})`)
}
