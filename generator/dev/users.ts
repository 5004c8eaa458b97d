import type { Demands } from './demands.ts'

/** A user of the development identity provider. */
export interface DevelopmentUser {
  /** The user's name. */
  readonly name: string
  /** The `sub` claim. */
  readonly subject: string
  readonly roles: readonly string[]
  /** Scopes in the tokens of this user. */
  readonly scopes: readonly string[]
  /** Further claims. */
  readonly claims: Readonly<Record<string, unknown>>
  /** A description that `dev` prints. */
  readonly purpose: string
}

/**
 * Users for all rules of the gateways: one with every scope, one with reading scopes only, one without scopes, and one
 * for each role.
 */
export function developmentUsers(demands: Demands): readonly DevelopmentUser[] {
  const { scopes, roles, conditions } = demands
  const reading = scopes.filter((scope) => /(^|[:._/-])(read|readonly|view|list|get)\b/i.test(scope))
  const users = [
    { name: 'alice', roles, scopes, more: conditions, purpose: 'every scope and role' },
    { name: 'rita', roles: [], scopes: reading, more: {}, purpose: 'reading scopes only, no role' },
    { name: 'noah', roles: [], scopes: [], more: {}, purpose: 'no scope, no role' },
    ...roles.map((role) => ({
      name: role,
      roles: [role],
      scopes,
      more: conditions,
      purpose: `every scope, only the role ${role}`,
    })),
  ]
  return users.map(({ more, ...user }, index) => {
    const { sub, ...claims } = demands.identity(index, user.name)
    return { ...user, subject: sub === undefined ? user.name : String(sub), claims: { ...claims, ...more } }
  })
}
