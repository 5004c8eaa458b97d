import type { OperationModel } from '../../../model/types.ts'
import type { JsonValue } from '../../../read/types.ts'
import type { Translated, TranslatedOperation } from './types.ts'
import { isText } from './values.ts'

/** What a report is about: an operation, a schema by its name, or the whole document (`null`). */
export type Subject = OperationModel | string | null

const prefix = '#/components/schemas/'

/** Finds the operations that lead to a subject, in the given order. */
export function leadingTo(
  operations: readonly TranslatedOperation[],
  schemas: ReadonlyMap<string, Translated>,
): (subject: Subject) => readonly OperationModel[] {
  const named = new Map<string, ReadonlySet<string>>()
  const namesOf = (name: string): ReadonlySet<string> => {
    const known = named.get(name) ?? referredIn([schemas.get(name) ?? true])
    named.set(name, known)
    return known
  }
  const reached = new Map<OperationModel, ReadonlySet<string>>()
  const reachedFrom = (operation: TranslatedOperation): ReadonlySet<string> => {
    const known = reached.get(operation.model)
    if (known !== undefined) return known
    const found = new Set(referredIn(schemasOf(operation)))
    // Iteration over a set includes the members that are added meanwhile.
    for (const name of found) for (const next of namesOf(name)) found.add(next)
    reached.set(operation.model, found)
    return found
  }
  return (subject) =>
    operations
      .filter((one) => subject === null || one.model === subject || (isName(subject) && reachedFrom(one).has(subject)))
      .map(({ model }) => model)
}

function isName(subject: Subject): subject is string {
  return typeof subject === 'string'
}

function schemasOf({ parameters, body, answers }: TranslatedOperation): readonly (Translated | null)[] {
  return [
    ...parameters.map(({ schema }) => schema),
    ...(body?.content ?? []).map(({ schema }) => schema),
    ...answers.flatMap(({ headers, content }) => [...headers, ...content].map(({ schema }) => schema)),
  ]
}

/** Names of the schemas that values refer to, including the mappings of discriminators. */
function referredIn(values: readonly JsonValue[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (value: JsonValue): void => {
    if (isText(value) && value.startsWith(prefix)) names.add(value.slice(prefix.length))
    if (typeof value !== 'object' || value === null) return
    for (const inner of Object.values(value)) visit(inner)
  }
  for (const value of values) visit(value)
  return names
}
