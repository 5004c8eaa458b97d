import type { AccessModel } from '../../model/types.ts'
import type { Check } from './check.ts'
import { writtenRules } from './writtenRules.ts'

/** Members of `access` that exclude each other. */
export const contradictoryAccess: Check = {
  of: 'client',
  find: (client) =>
    writtenRules(client).flatMap(({ name, access }) => {
      const fault = contradiction(access)
      if (fault === null) return []
      return [
        {
          message: `The access of \`${name}\` ${fault}.`,
          origin: access.origin,
          remedy: [
            '`access` is one of',
            '    { scopes: [...], roles: [...], authenticated: true, when: ... }   # any of these together',
            '    { public: <reason> }, or { public: <reason>, optional: true }',
            '    { override: <rule>, because: <reason> }',
          ].join('\n'),
        },
      ]
    }),
}

function contradiction(access: AccessModel): string | null {
  if (access.override !== null) {
    if (access.override.override !== null || access.override.because !== null) return 'overrides an override'
    if (access.override.optional && access.override.public === null) return 'has `optional` without `public`'
    if (access.public !== null || access.optional || asks(access)) return 'has other members beside its override'
    return access.override.public !== null && asks(access.override) ? 'is public and also requires a caller' : null
  }
  if (access.optional && access.public === null) return 'has `optional` without `public`'
  if (access.because !== null) return 'has `because` without an override'
  return access.public !== null && asks(access) ? 'is public and also requires a caller' : null
}

function asks({ scopes, roles, authenticated, when }: AccessModel): boolean {
  return scopes.length > 0 || roles.length > 0 || authenticated || when !== null
}
