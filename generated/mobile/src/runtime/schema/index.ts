import { type JsonValue, TooMuchWork, work } from '../json/index.ts'
import type { OperationSchemas, Schema, ServiceSchemas } from '../vocabulary.ts'
import { Compiler } from './compiler.ts'
import type { Check, Faults, SchemaFault } from './fault.ts'
import { createFingerprints } from './fingerprint.ts'
import type { GuardedNames } from './guardedNames.ts'
import type { Direction } from './keywords/scope.ts'
import { createPatterns } from './patterns.ts'
import { createProjectors } from './project/projector.ts'
import { type Acceptance, createScanners, type Scanner } from './scan/scanner.ts'
import { Schemas } from './schemas.ts'

export { type SchemaFault, segment } from './fault.ts'
export { stringFormats } from './formats/index.ts'
export type { GuardedName } from './guardedNames.ts'
export type { Direction } from './keywords/scope.ts'
export { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, SCALAR, STRING } from './kinds.ts'
export { isNeutral, isSchema, type Node, schemaAt, schemaMapAt, schemasAt, stringsAt, textAt } from './node.ts'
export { describesObjects, isClosed, kindsOf, reach } from './outline.ts'
export { pieceSize } from './scan/pass.ts'
export type { Scanned } from './scan/scanner.ts'

/** Checks values against one schema. Throws `TooMuchWork` where that takes more steps than the budget has (rule P15). */
export interface Checker {
  readonly fits: (value: JsonValue) => boolean
  /** What is wrong with the value, at most ten faults; empty when it fits. */
  readonly faults: (value: JsonValue) => readonly SchemaFault[]
}

/**
 * Reduces a value to what its schema declares; `undefined` when its type is not declared. Does not change its input, and returns
 * it where all of it is declared.
 */
export type Projector = (value: JsonValue) => JsonValue | undefined

/** A service's schemas, ready for use. Checkers and projectors are made on first use and kept. */
export interface CompiledSchemas {
  readonly table: Schemas
  /** Throws for an operation that `schemas.json` does not have: routes and schemas were not generated together. */
  readonly operation: (name: string) => OperationSchemas
  /** The test of a `pattern`, on the regular expression engine that is safe for it. */
  readonly pattern: (source: string) => (text: string) => boolean
  readonly checker: (schema: Schema, direction: Direction) => Checker
  readonly guardedNames: GuardedNames
  /** For answers unless a direction is given. `writeOnly` members are withheld from answers, and belong to requests. */
  readonly projector: (schema: Schema, direction?: Direction) => Projector
  /** The identity of a schema with all that it refers to: two schemas that project differently have two. */
  readonly fingerprint: (schema: Schema) => string
  /** Checks and projects the bytes of answers in one pass. `checked`: whether answers must fit the schema. */
  readonly scanner: (schema: Schema, checked: boolean) => Scanner
  /** Checks the bytes of requests in one pass. */
  readonly acceptance: (schema: Schema) => Acceptance
}

/** Turns the contents of a `schemas.json` into closures. No code is evaluated from text. */
export function compileSchemas(data: ServiceSchemas): CompiledSchemas {
  const schemas = new Schemas(data.schemas)
  const operations = new Map(Object.entries(data.operations))
  const pattern = createPatterns(data.linear, data.costs ?? {})
  const compilers = {
    request: new Compiler(schemas, 'request', pattern),
    response: new Compiler(schemas, 'response', pattern),
  }
  const projectors = {
    request: createProjectors(schemas, compilers.request.branch, pattern, null),
    response: createProjectors(schemas, compilers.response.branch, pattern, 'writeOnly'),
  }
  const projector = (schema: Schema, direction: Direction = 'response'): Projector => projectors[direction]([schema])
  const scanning = (direction: Direction, checked: boolean): ((schema: Schema) => Scanner) =>
    createScanners({
      direction,
      schemas,
      compile: compilers[direction].compile,
      projector: (schema) => projector(schema, direction),
      checked,
    })
  const scanners = {
    request: scanning('request', true),
    checked: scanning('response', true),
    unchecked: scanning('response', false),
  }
  return {
    table: schemas,
    pattern,
    operation(name) {
      const found = operations.get(name)
      if (found === undefined) throw new Error(`schemas.json has no operation ${name}`)
      return found
    },
    checker: (schema, direction) => checkerOf(compilers[direction].compile(schema)),
    guardedNames: compilers.request.guardedNames,
    projector,
    fingerprint: createFingerprints(schemas),
    scanner: (schema, checked) => (checked ? scanners.checked : scanners.unchecked)(schema),
    acceptance: (schema) => acceptanceOf(scanners.request(schema)),
  }
}

/** Bytes of a request that is scanned; a longer one is left to the parser, so that a scan which fails at the end costs little. */
const longestScan = 65_536

/** Steps that a scan may take; a text that takes more is left to the parser, whose budget is larger. */
const scanSteps = 50_000

function acceptanceOf(scan: Scanner): Acceptance {
  return (bytes) => {
    if (bytes.length > longestScan) return false
    try {
      // In one piece: a scan that pauses has not read the end.
      return work.apart(scanSteps, () => typeof scan(bytes, Number.POSITIVE_INFINITY) === 'string')
    } catch (error) {
      if (error instanceof TooMuchWork || error instanceof RangeError) return false
      throw error
    }
  }
}

function checkerOf(check: Check): Checker {
  return {
    fits(value) {
      work.begin()
      try {
        return check(value, null)
      } finally {
        work.end()
      }
    },
    faults(value) {
      const faults: Faults = []
      work.begin()
      try {
        check(value, faults)
        return faults
      } finally {
        work.end()
      }
    },
  }
}
