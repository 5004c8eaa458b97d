import type { JsonValue } from '../json/index.ts'
import { escapeSegment } from '../words/pointers.ts'

/** A fault of a value: its place (RFC 6901) and what is wrong. Never contains the value. */
export interface SchemaFault {
  readonly pointer: string
  readonly detail: string
}

interface OpenFault {
  pointer: string
  readonly detail: string
}

/** Collects faults. `null`: only the result of the check is needed. */
export type Faults = OpenFault[] | null

/**
 * Returns whether a value fits, and adds what is wrong to `faults`. Pointers are built while the stack unwinds, so a value that
 * fits has no extra cost.
 */
export type Check = (value: JsonValue, faults: Faults) => boolean

/** Maximum faults reported for one request. */
const maxFaults = 10

/** Maximum characters of a name in a pointer, because the client may have chosen the name. */
const maxSegment = 64

/** Adds a fault at this place; always false, so that a check can return it. */
export function fail(faults: Faults, detail: string): false {
  if (faults !== null && faults.length < maxFaults) faults.push({ pointer: '', detail })
  return false
}

/** A fault at a member of this place. */
export function failAt(faults: Faults, name: string, detail: string): false {
  if (faults !== null && faults.length < maxFaults) faults.push({ pointer: `/${segment(name)}`, detail })
  return false
}

/** Runs a check on a member or item, and completes the pointers of its faults. */
export function descend(check: Check, value: JsonValue, key: string | number, faults: Faults): boolean {
  if (faults === null) return check(value, null)
  const before = faults.length
  if (check(value, faults)) return true
  for (const fault of faults.slice(before)) fault.pointer = `/${segment(key)}${fault.pointer}`
  return false
}

/** Whether no further faults are needed. */
export function enough(faults: Faults): boolean {
  return faults === null || faults.length >= maxFaults
}

/** A name or index as one part of a pointer (RFC 6901 section 3). */
export function segment(key: string | number): string {
  if (typeof key === 'number') return String(key)
  const short = key.length > maxSegment ? `${key.slice(0, maxSegment)}…` : key
  return escapeSegment(short)
}

/** Combines checks; `null` when there are none. While faults are collected, the checks after a failed one run too. */
export function all(checks: readonly Check[]): Check | null {
  const [first, second] = checks
  if (first === undefined) return null
  if (second === undefined) return first
  return (value, faults) => {
    let fits = true
    for (const check of checks) {
      if (check(value, faults)) continue
      if (enough(faults)) return false
      fits = false
    }
    return fits
  }
}
