import type { Demands } from './demands.ts'

/** A person the development identity provider knows, ready to be asked for a token. */
export interface DevelopmentUser {
  /** A name to call the user by. */
  readonly name: string
  /** The `sub` claim. */
  readonly subject: string
  readonly roles: readonly string[]
  /** Scopes a token of this user carries. */
  readonly scopes: readonly string[]
  /** Further claims. */
  readonly claims: Readonly<Record<string, unknown>>
  /** What the user is for, as `dev` prints it. */
  readonly purpose: string
}

/**
 * Users that make every rule of the gateways visible: one who may do all, one who may only read, one without any scope, and one
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
