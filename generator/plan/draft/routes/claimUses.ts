import type { Bind } from '../../../../templates/runtime/vocabulary.ts'
import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import type { ClaimUse, OperationModel, SchemaNode } from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'
import { readPrincipalClaim } from '../expression/reference.ts'
import { factsOf, membersOf, type SchemaFacts } from '../schemaFacts.ts'

/** An input of an operation that a claim can fill. */
export interface BindTarget {
  readonly in: Bind['in']
  readonly name: string
  readonly facts: SchemaFacts
}

export interface BindDraft {
  readonly use: ClaimUse
  /** `null`: not a path to a claim of the caller. */
  readonly claim: readonly string[] | null
  /** Inputs with the name of the bind. Exactly one is valid. */
  readonly targets: readonly BindTarget[]
}

export interface OwnDraft {
  readonly use: ClaimUse
  readonly claim: readonly string[] | null
}

/** Every input of an operation that `bind` may name. */
export function bindableInputs(operation: OperationModel, document: JsonObject): readonly BindTarget[] {
  const parameters = operation.parameters.flatMap((parameter): readonly BindTarget[] =>
    parameter.in === 'cookie'
      ? []
      : [{ in: parameter.in, name: parameter.name, facts: factsOf(parameter.schema, document) }],
  )
  return [...parameters, ...bodyMembers(operation, document)]
}

function bodyMembers(operation: OperationModel, document: JsonObject): readonly BindTarget[] {
  const members = new Map<string, BindTarget>()
  for (const { type, schema } of operation.body?.content ?? []) {
    if (!isJson(essenceOf(type)) || schema === null) continue
    for (const [name, member] of membersOf(schema.schema, document)) {
      const node: SchemaNode = { schema: member, origin: schema.origin }
      members.set(name, { in: 'body', name, facts: factsOf(node, document) })
    }
  }
  return [...members.values()]
}

/** Finds the input that a bind names: `customerId`, or `query.customerId` if several inputs have the name. */
export function readBind(use: ClaimUse, inputs: readonly BindTarget[]): BindDraft {
  const [, place, name = ''] = /^(path|query|header|body)\.(.+)$/s.exec(use.input) ?? []
  const qualified = place === undefined ? [] : inputs.filter((input) => input.in === place && sameName(input, name))
  const targets = qualified.length > 0 ? qualified : inputs.filter((input) => sameName(input, use.input))
  return { use, claim: readPrincipalClaim(use.from), targets }
}

export function readOwn(use: ClaimUse): OwnDraft {
  return { use, claim: readPrincipalClaim(use.from) }
}

/** Names of header fields are case-insensitive (RFC 9110 section 5.1). */
function sameName(input: BindTarget, name: string): boolean {
  return input.in === 'header' ? input.name.toLowerCase() === name.toLowerCase() : input.name === name
}
