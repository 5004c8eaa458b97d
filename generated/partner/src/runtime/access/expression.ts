import type { IncomingMessage } from 'node:http'
import type { Expression } from '../vocabulary.ts'
import { decodePercent } from '../words/percent.ts'
import { claimAt } from './claims.ts'
import type { Principal } from './principal.ts'

/** Inputs of a condition: the caller, and the request as received. */
export interface AccessRequest {
  readonly req: Pick<IncomingMessage, 'headersDistinct'>
  /** Encoded, without `?`. */
  readonly query: string
  /** Names and raw (percent-encoded) values of the path parameters, in the same order. */
  readonly match: { readonly names: readonly string[]; readonly raw: readonly string[] } | null
  readonly principal: Principal | null
}

/** Whether a condition holds for a request; `undefined`: undecided, because something is missing or cannot be compared. */
export type Condition = (request: AccessRequest) => boolean | undefined

type Scalar = string | number | boolean | null
type Read = (request: AccessRequest) => unknown

/**
 * Compiles a `when` to a closure. A comparison is undecided if an operand is missing or cannot be compared (Kleene's
 * three-valued logic). Only `true` grants access: a missing claim never does, even below a `not`.
 */
export function compileExpression(expression: Expression): Condition {
  switch (expression.kind) {
    case 'equal':
      return comparison(expression.left, expression.right)
    case 'unequal':
      return negation(comparison(expression.left, expression.right))
    case 'in':
      return membership(expression.left, expression.right)
    case 'and':
      return junction(expression.of.map(compileExpression), false)
    case 'or':
      return junction(expression.of.map(compileExpression), true)
    case 'not':
      return negation(compileExpression(expression.of))
    default: {
      const read = operand(expression)
      return (request) => {
        const value = read(request)
        return typeof value === 'boolean' ? value : undefined
      }
    }
  }
}

function negation(decide: Condition): Condition {
  return (request) => {
    const decided = decide(request)
    return decided === undefined ? undefined : !decided
  }
}

/** `and` ends at the first false, `or` at the first true. */
function junction(parts: readonly Condition[], end: boolean): Condition {
  return (request) => {
    let undecided = false
    for (const part of parts) {
      const decided = part(request)
      if (decided === end) return end
      if (decided === undefined) undecided = true
    }
    return undecided ? undefined : !end
  }
}

function comparison(left: Expression, right: Expression): Condition {
  const readLeft = operand(left)
  const readRight = operand(right)
  const equal = equality(left, right)
  return (request) => equal(readLeft(request), readRight(request))
}

function membership(left: Expression, right: Expression): Condition {
  const readMember = operand(left)
  const readList = operand(right)
  const equal = equality(left, right)
  return (request) => {
    const member = readMember(request)
    const list = readList(request)
    // Some issuers write a list with one item as the item itself.
    if (!Array.isArray(list)) return equal(member, list)
    let undecided = !isComparable(member)
    for (const item of list) {
      const decided = equal(member, item)
      if (decided === true) return true
      if (decided === undefined) undecided = true
    }
    return undecided ? undefined : false
  }
}

/** Inputs of a request are text, so a comparison with one compares text. Other operands must have the same type. */
function equality(left: Expression, right: Expression): (a: unknown, b: unknown) => boolean | undefined {
  const asText = left.kind === 'request' || right.kind === 'request'
  return (a, b) => {
    if (!isComparable(a) || !isComparable(b)) return undefined
    if (asText) return a !== null && b !== null && String(a) === String(b)
    return a === b
  }
}

function isComparable(value: unknown): value is Scalar {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  // JSON.parse rounds integers beyond the safe range.
  return (
    typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  )
}

function operand(expression: Expression): Read {
  switch (expression.kind) {
    case 'principal':
      return ({ principal }) => (principal === null ? undefined : claimAt(principal.claims, expression.claim))
    case 'literal':
      return () => expression.value
    case 'request':
      return input(expression.in, expression.name)
    default:
      return compileExpression(expression)
  }
}

function input(place: 'path' | 'query' | 'header', name: string): Read {
  if (place === 'path') return (request) => pathValue(request, name)
  if (place === 'query') return ({ query }) => queryValue(query, name)
  const header = name.toLowerCase()
  return ({ req }) => {
    const lines = req.headersDistinct[header]
    return lines?.length === 1 ? lines[0] : undefined
  }
}

/** The value of a path parameter, decoded once; `undefined` when there is none or it is not well-formed UTF-8. */
export function pathValue({ match }: AccessRequest, name: string): string | undefined {
  const raw = match?.raw[match.names.indexOf(name)]
  return raw === undefined ? undefined : (decodePercent(raw) ?? undefined)
}

/**
 * The value of a query parameter. `undefined` when it is missing, repeated or ambiguous (some parsers decode `+` to a space,
 * others do not): a rule must not hold for a value that the service may decode differently.
 */
function queryValue(query: string, name: string): string | undefined {
  let found: string | undefined
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    const key = decodePercent(equals === -1 ? pair : pair.slice(0, equals))
    if (key !== name && key?.replaceAll('+', ' ') !== name) continue
    const raw = equals === -1 ? '' : pair.slice(equals + 1)
    if (found !== undefined || pair.includes('+')) return undefined
    found = decodePercent(raw) ?? undefined
    if (found === undefined) return undefined
  }
  return found
}
