import { type Code, documentation, typeAlias, typeText } from '../../code/index.ts'
import type { ClientPlan, NamedType } from '../../plan/types.ts'
import { openapiFetch } from '../dependencies.ts'

export type TypesView = {
  /** Versions of openapi-fetch. */
  readonly oldest: Code
  readonly newest: Code
  readonly declarations: Code
  readonly types: readonly { readonly comment: Code; readonly declaration: Code }[]
}

const helpers = { answer: 'Readable', request: 'Writable', all: null } as const

/** `declared`: the types of the client's contract. */
export function typesView({ types }: ClientPlan, declared: string): TypesView {
  return {
    oldest: typeText(openapiFetch.oldest),
    newest: typeText(openapiFetch.newest),
    declarations: typeText(declared.trimEnd()),
    types: types.map((type) => ({
      comment: documentation(described(type)),
      declaration: typeAlias(type.name, type.schema, helpers[type.members]),
    })),
  }
}

function described({ schema, members, instead }: NamedType): string {
  const part = { answer: ', as answers contain it', request: ', as requests send it', all: '' }[members]
  return `${schema}${part}.${instead === null ? '' : ` Not \`${instead.of}\`, which ${reasonOf(instead.others)}.`}`
}

/** Who else would have the short name. */
function reasonOf(others: readonly string[]): string {
  if (others.length === 0) return 'is another type already'
  return `could also be ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}`
}
