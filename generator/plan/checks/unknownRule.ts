import { suggestion } from '../../support/index.ts'
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
              remedy:
                rule.value === 'authenticated'
                  ? 'Write\n    access: { authenticated: true }'
                  : [
                      ...[suggestion(rule.value, names)].filter((hint) => hint !== null),
                      'Write the rule at the top of the manifest, for example',
                      `    rules: { ${rule.value}: { roles: [${rule.value}] } }`,
                    ].join('\n'),
            },
          ],
    )
  },
}
