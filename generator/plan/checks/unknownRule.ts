import { closest, suggestion } from '../../support/index.ts'
import type { Check } from './check.ts'

/** `access: staff` without a rule of that name. */
export const unknownRule: Check = {
  of: 'client',
  find: ({ manifest, model }) => {
    const names = model.manifest.rules.map(({ name }) => name)
    return manifest.expose.flatMap(({ selector, rule }) =>
      rule === null || names.includes(rule.value)
        ? []
        : [
            {
              message: `The access of \`${selector}\` names the rule \`${rule.value}\`, which does not exist.`,
              origin: rule.origin,
              subject: selector,
              remedy: remedyFor(rule.value, names),
            },
          ],
    )
  },
}

/** What the words of rules mean where a rule is named. */
const words: ReadonlyMap<string, string> = new Map([
  ['authenticated', 'Write\n    access: { authenticated: true }'],
  ['public', 'Write, with the reason\n    access: { public: <the reason> }'],
  [
    'undecided',
    'Only a rule may be undecided. Name one, and write it at the top of the manifest:\n    access: <name>\n    rules: { <name>: undecided }',
  ],
])

function remedyFor(name: string, names: readonly string[]): string {
  const known = words.get(name)
  if (known !== undefined) return known
  const meant = closest(name, names)
  if (meant !== null) return `Did you mean \`${meant}\`?`
  return [
    ...[suggestion(name, names)].filter((hint) => hint !== null),
    'Write the rule at the top of the manifest, for example',
    `    rules: { ${name}: { roles: [${name}] } }`,
  ].join('\n')
}
