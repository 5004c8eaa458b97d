import { claimAt, isIdentifiedBy } from '../access/claims.ts'
import { claimsIn, textOf } from '../access/conditionText.ts'
import { compileExpression, pathValue } from '../access/expression.ts'
import type { Principal } from '../access/principal.ts'
import { bearerChallenge, challengeOf, scopeAttribute } from '../auth/challenge.ts'
import type { Exchange, Step } from '../exchange/exchange.ts'
import type { Access, Client, Expression, Grant, Ownership } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { Reason } from '../words/reasons.ts'

type PrincipalAccess = Extract<Access, { kind: 'principal' }>
type Rule = (exchange: Exchange) => Problem | undefined

/**
 * Decides whether the caller may use the route; no other step sets `exchange.decision`. Each route's rule is compiled to closures
 * on its first use. Scopes and roles are checked first, then ownership and conditions (rules J10, J11).
 */
export function createAuthorize(client: Client): Step {
  const rules = new Map<Access, Rule>()
  const unauthenticated = problem('unauthenticated', {
    headers: { 'www-authenticate': challengeOf(client) },
    reason: 'credential-missing',
  })

  function ruleOf(access: Access): Rule {
    let rule = rules.get(access)
    if (rule === undefined) {
      rule = access.kind === 'public' ? open : compile(access)
      rules.set(access, rule)
    }
    return rule
  }

  function compile(access: PrincipalAccess): Rule {
    const lacking = lackingOf(client, access.anyOf)
    const rules = [...access.own.map(ownership), ...access.when.map(condition)]
    return (exchange) => {
      const { principal } = exchange
      if (principal === null) return unauthenticated
      if (!access.anyOf.some((grant) => holds(principal, grant))) return lacking(principal)
      for (const rule of rules) {
        const refusal = rule(exchange, principal)
        if (refusal !== undefined) return refusal
      }
      exchange.decision = 'granted'
      return undefined
    }
  }

  return (exchange) => {
    if (exchange.match === null) throw new Error('the step `authorize` ran without a route')
    return ruleOf(exchange.match.route.access)(exchange)
  }
}

function open(exchange: Exchange): undefined {
  exchange.decision = 'public'
}

function holds({ scopes, roles }: Principal, grant: Grant): boolean {
  return grant.scopes.every((scope) => scopes.has(scope)) && grant.roles.every((role) => roles.has(role))
}

/**
 * Makes the function that says what a caller lacks for every grant. It names the scopes of the first grant whose roles the caller has
 * (RFC 6750 section 3.1), if there is one, and else the roles of the first grant.
 */
function lackingOf(client: Client, grants: readonly Grant[]): (principal: Principal) => Problem {
  const challenges = grants.map(({ scopes }) => ({
    'www-authenticate': bearerChallenge(client, 'insufficient_scope') + scopeAttribute(scopes),
  }))
  return (principal) => {
    const at = grants.findIndex(({ roles }) => roles.every((role) => principal.roles.has(role)))
    const grant = grants[at]
    if (grant === undefined) return forbidden('role-missing', missing(grants[0]?.roles ?? [], principal.roles))
    const detail = missing(grant.scopes, principal.scopes)
    const headers = challenges[at]
    return principal.token === null || headers === undefined
      ? problem('insufficient-scope', { reason: 'scope-missing', detail })
      : problem('insufficient-scope', { headers, reason: 'scope-missing', detail })
  }
}

function missing(wanted: readonly string[], held: ReadonlySet<string>): string {
  return wanted.filter((name) => !held.has(name)).join(' ')
}

const forbidden = (reason: Reason<'forbidden'>, detail: string): Problem => problem('forbidden', { reason, detail })

/** A rule besides scopes and roles: the problem of a caller for whom it does not hold. */
type FurtherRule = (exchange: Exchange, principal: Principal) => Problem | undefined

function ownership({ parameter, claim }: Ownership): FurtherRule {
  const name = claim.join('.')
  return (exchange, principal) => {
    const owned = claimAt(principal.claims, claim)
    const value = pathValue(exchange, parameter)
    if (value !== undefined && isIdentifiedBy(owned, value)) return undefined
    return owned === undefined
      ? forbidden('claim-missing', name)
      : forbidden('owner-mismatch', `parameter ${parameter}, claim ${name}`)
  }
}

function condition(expression: Expression): FurtherRule {
  const holds = compileExpression(expression)
  return (exchange, principal) => {
    const held = holds(exchange)
    if (held === true) return undefined
    if (held === false) return forbidden('condition-false', textOf(expression))
    const absent = claimsIn(expression).find((claim) => claimAt(principal.claims, claim) === undefined)
    return absent === undefined
      ? forbidden('condition-undecided', textOf(expression))
      : forbidden('claim-missing', absent.join('.'))
  }
}
