import { isObject, member, work } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import { type Check, fail, failAt } from '../fault.ts'
import { kindOf, OBJECT } from '../kinds.ts'
import { type Discriminator, discriminatorOf, heirsOf, type Node, schemaAt, schemasAt, textAt } from '../node.ts'
import { kindsOf } from '../outline.ts'
import { anything, type Scope } from './scope.ts'

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
  const heirs = heirsOf(node)
  if (heirs !== null) checks.push(heirCheck(node, heirs, scope, waived))
  const not = schemaAt(node, 'not')
  if (not !== undefined) {
    const refused = inPlace(not)
    checks.push((value, faults) => {
      work.spend(partSteps)
      return !refused(value, null) || fail(faults, 'must not be of the kind that is excluded')
    })
  }
  const condition = schemaAt(node, 'if')
  if (condition !== undefined) {
    const holds = inPlace(condition)
    const then = inPlace(schemaAt(node, 'then') ?? true)
    const otherwise = inPlace(schemaAt(node, 'else') ?? true)
    checks.push((value, faults) => {
      work.spend(conditionSteps)
      return holds(value, null) ? then(value, faults) : otherwise(value, faults)
    })
  }
  return checks.length < 2 ? checks : [counting(checks.length * partSteps), ...checks]
}

function counting(steps: number): Check {
  return () => {
    work.spend(steps)
    return true
  }
}

type Combine = (checks: readonly Check[], value: Parameters<Check>[0]) => string | null

/** Steps of trying one alternative, of applying one of several schemas that all apply, and of a condition (rule P15). */
const alternativeSteps = 1
const partSteps = 2
const conditionSteps = 4

const some: Combine = (checks, value) => {
  for (const check of checks) {
    work.spend(alternativeSteps)
    if (check(value, null)) return null
  }
  return 'must fit one of the alternatives'
}

const one: Combine = (checks, value) => {
  let found = 0
  work.spend(checks.length * alternativeSteps)
  for (const check of checks) {
    if (check(value, null)) found += 1
  }
  if (found === 1) return null
  return found === 0 ? 'must fit one of the alternatives' : 'must fit only one of the alternatives'
}

/**
 * `anyOf` or `oneOf`. A discriminator selects the branch without trying the others; a value that it does not map can only be of a
 * branch that it does not map either. Without one, the faults are those of the only branch that admits the value's type, if there
 * is just one.
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
  const selected = new Set([...(chosen?.values() ?? []), ...(otherwise === undefined ? [] : [otherwise])])
  const unmapped = checks.filter((check, index) => !selected.has(check) && ((kinds[index] ?? 0) & OBJECT) !== 0)
  const extending = scope.schemas.extending(node, schemas)
  return (value, faults) => {
    let tried: readonly Check[] = checks
    if (chosen !== null && discriminator !== null && isObject(value)) {
      const tag = member(value, discriminator.propertyName)
      const check = (typeof tag === 'string' ? chosen.get(tag) : undefined) ?? otherwise
      if (check !== undefined) return check(value, faults)
      if (typeof tag === 'string' && chosen.size > 0 && !discriminator.mapping.has(tag)) tried = unmapped
    }
    // A base that lists its heirs, reached from one of them: its other heirs do not matter.
    for (const heir of extending) if (scope.isRunning(heir, value)) return true
    const detail = combine(tried, value)
    if (detail === null) return true
    if (faults === null) return false
    if (chosen !== null && chosen.size > 0 && discriminator !== null && isObject(value) && unmapped.length === 0) {
      return failAt(faults, discriminator.propertyName, mustBe(chosen.keys()))
    }
    const kind = kindOf(value)
    const fitting = tried.filter((check) => ((kinds[checks.indexOf(check)] ?? 0) & kind) !== 0)
    const [only] = fitting
    if (fitting.length === 1 && only !== undefined && !only(value, faults)) return false
    return fail(faults, detail)
  }
}

/**
 * A discriminator without branches: the value must also fit the heir that it names. A value that names none is refused. Each heir
 * applies the base again, which is not checked twice.
 */
function heirCheck(node: Node, discriminator: Discriminator, scope: Scope, waived: ReadonlySet<string>): Check {
  const { propertyName, mapping, fallback } = discriminator
  const checkOf = (ref: string): Check =>
    scope.schemas.resolve(ref) === node ? anything : scope.reference(ref, waived)
  const heirs = new Map([...mapping].map(([tag, ref]) => [tag, checkOf(ref)]))
  const otherwise = fallback === null ? undefined : checkOf(fallback)
  const detail = mustBe(mapping.keys())
  return (value, faults) => {
    if (!isObject(value)) return true
    work.spend(partSteps)
    const tag = member(value, propertyName)
    const heir = (typeof tag === 'string' ? heirs.get(tag) : undefined) ?? otherwise
    if (heir !== undefined) return heir(value, faults)
    return typeof tag !== 'string' || failAt(faults, propertyName, detail)
  }
}

/** Most values that a fault lists. */
const maxListed = 20

function mustBe(values: Iterable<string>): string {
  const all = [...values]
  return all.length > maxListed ? 'must be one of the listed values' : `must be ${all.join(' or ')}`
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
