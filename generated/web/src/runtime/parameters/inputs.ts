import { work } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import { lineOf } from '../support/fieldLists.ts'
import type { OperationSchemas, ParameterSchema, RequestPolicy } from '../vocabulary.ts'
import { baseName, foldTarget } from '../words/foldedNames.ts'
import { foldingSteps, foldText } from '../words/folding.ts'
import { isClientHeader } from '../words/headers.ts'
import { acceptance, type Findings, find } from './findings.ts'
import { formField } from './form.ts'
import { parseCookies, textReader } from './header.ts'
import { pathReader } from './path.ts'
import { encodePercent } from './percent.ts'
import { leastPairs, parsePairs } from './query.ts'
import { absent } from './reading.ts'

type Parameters = Readonly<Record<string, ParameterSchema>>

/** The schemas of the names in a policy. Throws for a name without one: routes and schemas were not generated together. */
function declared(names: readonly string[], parameters: Parameters): readonly (readonly [string, ParameterSchema])[] {
  return names.map((name) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (parameter === undefined) throw new Error(`schemas.json has no parameter ${name}`)
    return [name, parameter] as const
  })
}

/** Reads the path parameters of a match, and adds their texts in the service's path to `into`. */
export type PathInput = (
  names: readonly string[],
  raws: readonly string[],
  into: Map<string, string>,
  findings: Findings,
) => void

export function pathInput(policy: RequestPolicy, operation: OperationSchemas, schemas: CompiledSchemas): PathInput {
  const { pathNames = {}, encodedSlash = [] } = policy
  const readers = new Map(
    declared(policy.path, operation.path).map(([name, parameter]) => {
      const shown = Object.hasOwn(pathNames, name) ? (pathNames[name] ?? name) : name
      return [
        name,
        {
          read: pathReader(name, parameter, schemas, encodedSlash.includes(name)),
          accept: acceptance('path', shown, parameter, schemas),
        },
      ] as const
    }),
  )
  return (names, raws, into, findings) => {
    for (const [at, name] of names.entries()) {
      const reader = readers.get(name)
      const raw = raws[at]
      if (reader === undefined || raw === undefined) continue
      const text = reader.accept(reader.read(raw), findings)
      if (text !== null) into.set(name, text)
    }
  }
}

const notHere = 'is not allowed here'

/**
 * Rebuilds a query from the declared parameters in it (rule P11); `null` when it cannot be parsed. A member of an object with
 * arbitrary names must not have a name that services may read as a parameter that the client may not send (rule P13).
 */
export type QueryInput = (query: string, findings: Findings) => string[] | null

export function queryInput(
  policy: RequestPolicy,
  operation: OperationSchemas,
  schemas: CompiledSchemas,
  maxPairs: number = leastPairs,
): QueryInput {
  const fields = declared(policy.query, operation.query).map(([name, parameter]) => ({
    read: formField(name, parameter, schemas, othersOf(name, operation.query)),
    accept: acceptance('query', name, parameter, schemas),
    empty: parameter.allowEmptyValue === true ? name : null,
  }))
  const strict = policy.undeclaredQuery === 'refuse'
  const sendable = new Set(policy.query)
  const others = Object.keys(operation.query).filter((name) => !sendable.has(name))
  const guarded = new Set(others.map(foldText))
  return (query, findings) => {
    // Decoding and encoding a character takes up to half a step, and a pair a few more (rule P15).
    work.spend(query.length)
    const outcome = parsePairs(query, maxPairs)
    if (outcome.kind === 'fault') {
      find(findings, 'query', '', outcome.detail)
      return null
    }
    const used = new Set<string>()
    const wire: string[] = []
    for (const field of fields) {
      if (field.empty !== null && isEmpty(outcome.pairs.get(field.empty))) {
        used.add(field.empty)
        wire.push(`${encodePercent(field.empty)}=`)
        continue
      }
      const text = field.accept(field.read(outcome.pairs, used), findings)
      if (text !== null && text !== '') wire.push(text)
    }
    if (guarded.size > 0) {
      for (const name of used) {
        work.spend(foldingSteps(name))
        if (!sendable.has(baseName(name)) && guarded.has(foldTarget(name)))
          find(findings, 'query', name.slice(0, 64), notHere)
      }
    }
    if (strict) {
      for (const name of outcome.pairs.keys()) {
        if (!used.has(name)) find(findings, 'query', name.slice(0, 64), notHere)
      }
    }
    return wire
  }
}

/** Whether a parameter is present once, without a value. */
function isEmpty(raws: readonly string[] | undefined): boolean {
  return raws?.length === 1 && raws[0] === ''
}

function othersOf(name: string, parameters: Parameters): ReadonlySet<string> {
  return new Set(Object.keys(parameters).filter((other) => other !== name))
}

/** Copies the declared header fields that fit their schema and that a client may send (rules P2, P12, R4, H1). */
export type HeaderInput = (
  received: Readonly<Record<string, string | string[] | undefined>>,
  into: Record<string, string | string[]>,
  findings: Findings,
) => void

export function headerInput(policy: RequestPolicy, operation: OperationSchemas, schemas: CompiledSchemas): HeaderInput {
  const parameters = Object.fromEntries(Object.entries(operation.header).map(([name, of]) => [name.toLowerCase(), of]))
  const names = policy.header.map((name) => name.toLowerCase()).filter(isClientHeader)
  const readers = declared(names, parameters).map(([name, parameter]) => ({
    name,
    read: textReader(name, parameter, schemas, false),
    accept: acceptance('header', name, parameter, schemas),
  }))
  return (received, into, findings) => {
    for (const { name, read, accept } of readers) {
      const value = lineOf(received[name])
      const text = accept(value === undefined ? absent : read(value), findings)
      if (text !== null) into[name] = text
    }
  }
}

/** Makes the `Cookie` field of the declared cookies that fit their schema; `null` when there are none. */
export type CookieInput = (field: string | undefined, findings: Findings) => string | null

export function cookieInput(policy: RequestPolicy, operation: OperationSchemas, schemas: CompiledSchemas): CookieInput {
  const readers = declared(policy.cookie, operation.cookie).map(([name, parameter]) => ({
    name,
    read: textReader(name, parameter, schemas, true),
    accept: acceptance('cookie', name, parameter, schemas),
  }))
  if (readers.length === 0) return () => null
  return (field, findings) => {
    const cookies = parseCookies(field)
    const sent: string[] = []
    for (const { name, read, accept } of readers) {
      const [value, second] = cookies.get(name) ?? []
      if (second !== undefined) find(findings, 'cookie', name, 'must be given once')
      const text = accept(value === undefined ? absent : read(value), findings)
      if (text !== null) sent.push(`${name}=${text}`)
    }
    return sent.length === 0 ? null : sent.join('; ')
  }
}
