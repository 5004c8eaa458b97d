import { isObject, member } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import { type Check, fail, failAt } from '../fault.ts'
import { kindOf } from '../kinds.ts'
import { type Discriminator, discriminatorOf, type Node, schemaAt, schemasAt, textAt } from '../node.ts'
import { kindsOf } from '../outline.ts'
import type { Scope } from './scope.ts'

/** The keywords that apply further schemas to the same value. */
export function logicChecks(node: Node, scope: Scope, waived: ReadonlySet<string>): readonly Check[] {
  const inPlace = (schema: Schema): Check => scope.inPlace(schema, waived)
  const checks: Check[] = []
  const ref = textAt(node, '$ref')
  if (ref !== undefined) checks.push(scope.reference(ref, waived))
  checks.push(...schemasAt(node, 'allOf').map(inPlace))
  const anyOf = schemasAt(node, 'anyOf')
  if (anyOf.length > 0) checks.push(branches(node, anyOf, scope, waived, some))
  const oneOf = schemasAt(node, 'oneOf')
  if (oneOf.length > 0) checks.push(branches(node, oneOf, scope, waived, one))
  const not = schemaAt(node, 'not')
  if (not !== undefined) {
    const refused = inPlace(not)
    checks.push((value, faults) => !refused(value, null) || fail(faults, 'must not be of the kind that is excluded'))
  }
  const condition = schemaAt(node, 'if')
  if (condition !== undefined) {
    const holds = inPlace(condition)
    const then = inPlace(schemaAt(node, 'then') ?? true)
    const otherwise = inPlace(schemaAt(node, 'else') ?? true)
    checks.push((value, faults) => (holds(value, null) ? then(value, faults) : otherwise(value, faults)))
  }
  return checks
}

type Combine = (checks: readonly Check[], value: Parameters<Check>[0]) => string | null

const some: Combine = (checks, value) => {
  for (const check of checks) {
    if (check(value, null)) return null
  }
  return 'must fit one of the alternatives'
}

const one: Combine = (checks, value) => {
  let found = 0
  for (const check of checks) {
    if (check(value, null)) found += 1
  }
  if (found === 1) return null
  return found === 0 ? 'must fit one of the alternatives' : 'must fit only one of the alternatives'
}

/**
 * `anyOf` or `oneOf`. A discriminator selects the branch without trying the others. Without one, the faults are those of the only
 * branch that admits the value's type, if there is just one.
 */
function branches(
  node: Node,
  schemas: readonly Schema[],
  scope: Scope,
  waived: ReadonlySet<string>,
  combine: Combine,
): Check {
  const checks = schemas.map((schema) => scope.inPlace(schema, waived))
  const kinds = schemas.map((schema) => kindsOf(scope.schemas, schema))
  const discriminator = discriminatorOf(node)
  const chosen = discriminator === null ? null : chooser(discriminator, schemas, checks)
  const otherwise = discriminator?.fallback == null ? undefined : branchFor(discriminator.fallback, schemas, checks)
  return (value, faults) => {
    if (chosen !== null && discriminator !== null && isObject(value)) {
      const tag = member(value, discriminator.propertyName)
      const check = (typeof tag === 'string' ? chosen.get(tag) : undefined) ?? otherwise
      if (check !== undefined) return check(value, faults)
    }
    const detail = combine(checks, value)
    if (detail === null) return true
    if (faults === null) return false
    if (chosen !== null && chosen.size > 0 && discriminator !== null && isObject(value)) {
      return failAt(faults, discriminator.propertyName, `must be ${[...chosen.keys()].join(' or ')}`)
    }
    const kind = kindOf(value)
    const fitting = checks.filter((_, index) => ((kinds[index] ?? 0) & kind) !== 0)
    const [only] = fitting
    if (fitting.length === 1 && only !== undefined && !only(value, faults)) return false
    return fail(faults, detail)
  }
}

/** The branches by the value of the discriminating member; only those in the mapping. */
function chooser({ mapping }: Discriminator, schemas: readonly Schema[], checks: readonly Check[]): Map<string, Check> {
  const found = new Map<string, Check>()
  for (const [tag, ref] of mapping) {
    const check = branchFor(ref, schemas, checks)
    if (check !== undefined) found.set(tag, check)
  }
  return found
}

function branchFor(ref: string, schemas: readonly Schema[], checks: readonly Check[]): Check | undefined {
  return checks[schemas.findIndex((schema) => typeof schema === 'object' && schema['$ref'] === ref)]
}
