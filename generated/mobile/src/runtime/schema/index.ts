import type { JsonValue } from '../json/index.ts'
import type { OperationSchemas, Schema, ServiceSchemas } from '../vocabulary.ts'
import { Compiler } from './compiler.ts'
import type { Check, Faults, SchemaFault } from './fault.ts'
import type { Direction } from './keywords/scope.ts'
import { createPatterns } from './patterns.ts'
import { createProjectors } from './project/projector.ts'
import { createScanners, type Scanner } from './scan/scanner.ts'
import { Schemas } from './schemas.ts'

export { type SchemaFault, segment } from './fault.ts'
export { stringFormats } from './formats/index.ts'
export type { Direction } from './keywords/scope.ts'
export { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, SCALAR, STRING } from './kinds.ts'
export { isNeutral, isSchema, type Node, schemaAt, schemaMapAt, schemasAt, stringsAt, textAt } from './node.ts'
export { describesObjects, kindsOf, reach } from './outline.ts'

/** Checks values against one schema. */
export interface Checker {
  readonly fits: (value: JsonValue) => boolean
  /** What is wrong with the value, at most ten faults; empty when it fits. */
  readonly faults: (value: JsonValue) => readonly SchemaFault[]
}

/** Reduces a value to what its schema declares; `undefined` when its type is not declared. Does not change its input. */
export type Projector = (value: JsonValue) => JsonValue | undefined

/** A service's schemas, ready for use. Checkers and projectors are made on first use and kept. */
export interface CompiledSchemas {
  readonly table: Schemas
  /** Throws for an operation that `schemas.json` does not have: routes and schemas were not generated together. */
  readonly operation: (name: string) => OperationSchemas
  /** The test of a `pattern`, on the regular expression engine that is safe for it. */
  readonly pattern: (source: string) => (text: string) => boolean
  readonly checker: (schema: Schema, direction: Direction) => Checker
  readonly projector: (schema: Schema) => Projector
  /** Checks and projects the bytes of answers in one pass. `checked`: whether answers must fit the schema. */
  readonly scanner: (schema: Schema, checked: boolean) => Scanner
}

/** Turns the contents of a `schemas.json` into closures. No code is evaluated from text. */
export function compileSchemas(data: ServiceSchemas): CompiledSchemas {
  const schemas = new Schemas(data.schemas)
  const operations = new Map(Object.entries(data.operations))
  const pattern = createPatterns(data.linear)
  const compilers = {
    request: new Compiler(schemas, 'request', pattern),
    response: new Compiler(schemas, 'response', pattern),
  }
  const projectorOf = createProjectors(schemas, compilers.response.compile, pattern)
  const projector = (schema: Schema): Projector => projectorOf([schema])
  const scanning = { schemas, compile: compilers.response.compile, projector }
  const scanners = {
    checked: createScanners({ ...scanning, checked: true }),
    unchecked: createScanners({ ...scanning, checked: false }),
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
    projector,
    scanner: (schema, checked) => (checked ? scanners.checked : scanners.unchecked)(schema),
  }
}

function checkerOf(check: Check): Checker {
  return {
    fits: (value) => check(value, null),
    faults(value) {
      const faults: Faults = []
      check(value, faults)
      return faults
    },
  }
}
