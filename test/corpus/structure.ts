import { createConfig, lintFromString } from '@redocly/openapi-core'

/** The rules of Redocly that check validity, not style. */
const rules = [
  'struct',
  'no-unresolved-refs',
  'operation-operationId-unique',
  'path-parameters-defined',
  'no-identical-paths',
  'operation-parameters-unique',
  'security-defined',
] as const

/** Violations of Redocly's structural rules by an OpenAPI document. */
export async function structureFaults(source: string): Promise<readonly string[]> {
  const config = await createConfig({ rules: Object.fromEntries(rules.map((rule) => [rule, 'error'])) })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ''})`)
}
