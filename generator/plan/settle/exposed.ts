import type { Client } from '../../../templates/runtime/vocabulary.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { isObject, sortedBy } from '../../support/index.ts'

/** Fields that scripts may read without being told (Fetch Standard, CORS-safelisted response-header name). */
const safelisted: ReadonlySet<string> = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
])

/** The client, whose scripts may read the fields of answers that its contract documents, besides those of `cors.expose`. */
export function exposing(client: Client, contract: JsonObject): Client {
  const { cors } = client
  if (cors === null) return client
  const names = new Map(cors.expose.map((name) => [name.toLowerCase(), name]))
  for (const name of sortedBy(documentedFields(contract), (one) => one)) {
    const lower = name.toLowerCase()
    if (!safelisted.has(lower) && !names.has(lower)) names.set(lower, name)
  }
  return { ...client, cors: { ...cors, expose: [...names.values()] } }
}

/** Names of the fields of all answers of a contract. */
function documentedFields({ paths, components }: JsonObject): ReadonlySet<string> {
  const operations = membersOf(paths).flatMap(membersOf)
  const shared = isObject(components) ? membersOf(components['responses']) : []
  const answers = [...shared, ...operations.flatMap(({ responses }) => membersOf(responses))]
  return new Set(answers.flatMap(({ headers }) => (isObject(headers) ? Object.keys(headers) : [])))
}

function membersOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isObject(value) ? Object.values(value).filter((member): member is JsonObject => isObject(member)) : []
}
