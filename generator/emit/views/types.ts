import { type Code, documentation, typeAlias, typeAt, typeText, typeWith } from '../../code/index.ts'
import type { ClientPlan, NamedType, TypeSource } from '../../plan/types.ts'
import { openapiFetch } from '../dependencies.ts'

export type TypesView = {
  /** Versions of openapi-fetch. */
  readonly oldest: Code
  readonly newest: Code
  readonly declarations: Code
  readonly types: readonly { readonly comment: Code; readonly declaration: Code }[]
}

/** `declared`: the types of the client's contract. */
export function typesView({ types }: ClientPlan, declared: string): TypesView {
  return {
    oldest: typeText(openapiFetch.oldest),
    newest: typeText(openapiFetch.newest),
    declarations: typeText(declared.trimEnd()),
    types: types.map((type) => ({
      comment: documentation(described(type)),
      declaration: typeAlias(type.name, typeOf(type.source)),
    })),
  }
}

function typeOf(source: TypeSource): Code {
  if (source.kind === 'schema') {
    const type = typeAt('components', ['schemas', source.schema])
    if (source.members === 'all') return type
    return typeWith(source.members === 'answer' ? 'Readable' : 'Writable', type)
  }
  if (source.kind === 'answer') {
    const status = /^\d+$/.test(source.status) ? Number(source.status) : source.status
    return typeAt('operations', [source.operation, 'responses', status, 'content', source.mediaType])
  }
  const body = typeWith('NonNullable', typeAt('operations', [source.operation, 'requestBody']))
  return typeAt(body, ['content', source.mediaType])
}

function described({ source, instead }: NamedType): string {
  return `${subjectOf(source)}.${instead === null ? '' : ` Not \`${instead.of}\`, which ${reasonOf(instead.others)}.`}`
}

function subjectOf(source: TypeSource): string {
  if (source.kind === 'body') return `The body of ${source.operation}`
  if (source.kind === 'answer') return `The answer ${source.status} of ${source.operation}`
  return `${source.schema}${{ answer: ', as answers contain it', request: ', as requests send it', all: '' }[source.members]}`
}

/** Who else would have the short name. */
function reasonOf(others: readonly string[]): string {
  if (others.length === 0) return 'is another type already'
  return `could also be ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}`
}
