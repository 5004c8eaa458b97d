import { typesOfClaim } from '../draft/claims.ts'
import type { BindTarget } from '../draft/routes/claimUses.ts'
import { type JsonType, typeWords } from '../draft/schemaFacts.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** A claim whose type the input cannot have. */
export const unfitClaim: Check = {
  of: 'route',
  find: (route) =>
    route.binds.flatMap(({ use, claim, targets }) => {
      const [target, ...others] = targets
      const types = claim === null ? null : typesOfClaim(claim)
      if (target === undefined || others.length > 0 || claim === null || fits(types, target)) return []
      const has = types === null ? 'is not an object' : `is ${typeWords(types)}`
      return [
        {
          message: `\`${use.from}\` ${has} and cannot fill \`${target.name}\` of ${selectorOf(route)}, which is ${typeWords(target.facts.types ?? new Set())}.`,
          origin: use.origin,
          related: [{ origin: route.operation.origin, message: `declares ${target.in} \`${target.name}\`` }],
          remedy: 'Bind a claim of that type.',
        },
      ]
    }),
}

/** A claim is text, a number, a boolean or a list of them. Outside of a body all scalars are text, and one is also a valid list. */
function fits(claim: ReadonlySet<JsonType> | null, { in: place, facts: { types } }: BindTarget): boolean {
  if (types === null) return true
  if (claim === null) return ['string', 'number', 'boolean', 'array'].some((type) => types.has(type as JsonType))
  if ([...claim].some((type) => types.has(type))) return true
  const scalar = ['string', 'number', 'boolean'].some((type) => claim.has(type as JsonType))
  if (place === 'body' || !scalar) return false
  return ['string', 'number', 'boolean', 'array'].some((type) => types.has(type as JsonType))
}
