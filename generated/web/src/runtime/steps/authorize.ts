import { claimAt, isIdentifiedBy } from '../access/claims.ts'
import { type Condition, compileExpression, pathValue } from '../access/expression.ts'
import type { Principal } from '../access/principal.ts'
import { bearerChallenge, challengeOf, scopeAttribute } from '../auth/challenge.ts'
import type { Exchange, Step } from '../exchange/exchange.ts'
import type { Access, Client, Grant, Ownership } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

type PrincipalAccess = Extract<Access, { kind: 'principal' }>
type Rule = (exchange: Exchange) => Problem | undefined

/**
 * Decides whether the caller may use the route; no other step sets `exchange.decision`. Each route's rule is compiled to closures
 * on its first use. Scopes and roles are checked first, then ownership and conditions (rules J10, J11).
 */
export function createAuthorize(client: Client): Step {
  const rules = new Map<Access, Rule>()
  const unauthenticated = problem('unauthenticated', { headers: { 'www-authenticate': challengeOf(client) } })
  const forbidden = problem('forbidden')
  const unmatched = problem('internal')

  function ruleOf(access: Access): Rule {
    let rule = rules.get(access)
    if (rule === undefined) {
      rule = access.kind === 'public' ? open : compile(access)
      rules.set(access, rule)
    }
    return rule
  }

  function compile(access: PrincipalAccess): Rule {
    const lacking = scopesLacking(client, access.anyOf)
    const owned = access.own.map(ownership)
    const conditions = [...owned, ...access.when.map(compileExpression)]
    return (exchange) => {
      const { principal } = exchange
      if (principal === null) return unauthenticated
      if (!access.anyOf.some((grant) => holds(principal, grant))) return lacking(principal) ?? forbidden
      for (const condition of conditions) if (!condition(exchange)) return forbidden
      exchange.decision = 'granted'
      return undefined
    }
  }

  return (exchange) => (exchange.match === null ? unmatched : ruleOf(exchange.match.route.access)(exchange))
}

function open(exchange: Exchange): undefined {
  exchange.decision = 'public'
}

function holds({ scopes, roles }: Principal, grant: Grant): boolean {
  return grant.scopes.every((scope) => scopes.has(scope)) && grant.roles.every((role) => roles.has(role))
}

/** The problem that names the scopes of the first grant whose roles the caller has (RFC 6750 section 3.1), if there is one. */
function scopesLacking(client: Client, grants: readonly Grant[]): (principal: Principal) => Problem | undefined {
  const problems = grants.map(({ scopes, roles }) => {
    const challenge = bearerChallenge(client, 'insufficient_scope') + scopeAttribute(scopes)
    return {
      roles,
      forToken: problem('insufficient-scope', { headers: { 'www-authenticate': challenge } }),
      forKey: problem('insufficient-scope'),
    }
  })
  return (principal) => {
    const found = problems.find(({ roles }) => roles.every((role) => principal.roles.has(role)))
    return principal.token === null ? found?.forKey : found?.forToken
  }
}

function ownership({ parameter, claim }: Ownership): Condition {
  return (exchange) => {
    const value = pathValue(exchange, parameter)
    if (value === undefined || exchange.principal === null) return false
    return isIdentifiedBy(claimAt(exchange.principal.claims, claim), value)
  }
}
