import type { JsonValue } from '../read/types.ts'
import { below, compareText, keyOf, type Origin } from '../support/index.ts'
import type { Faults } from './faults.ts'
import { contentOf, examplesOf, schemaOf } from './media.ts'
import { isObject, membersOf, namedIn, type Source, textOf } from './source.ts'
import type { BodyModel, HeaderModel, OperationModel, ResponseModel } from './types.ts'

/** RFC 9110 defines no meaning of a body for these, and OpenAPI 3.0 says to ignore it. DELETE is not included: its bodies are in use. */
const bodiless: readonly OperationModel['method'][] = ['GET', 'HEAD', 'TRACE']

/** The request body; `null` when the operation takes none. */
export function bodyOf(
  node: JsonValue | undefined,
  method: OperationModel['method'],
  near: Origin,
  source: Source,
  faults: Faults,
): BodyModel | null {
  if (node === undefined) return null
  const located = faults.accept(source.follow(node, near))
  if (located === null) return null
  if (!isObject(located.value)) {
    faults.add('GW2115', '`requestBody` must be an object.', located.origin)
    return null
  }
  const required = located.value['required'] === true
  if (bodiless.includes(method)) {
    if (required)
      faults.add('GW2119', `${method} takes no body, but this one is required.`, below(located.origin, 'required'))
    return null
  }
  const content = contentOf(located.value['content'], below(located.origin, 'content'), source, faults)
  if (content.length === 0) return null
  return { required, description: textOf(located.value['description']), content, origin: located.origin }
}

/** The responses in ascending order, ranges after the statuses they contain, `default` last. */
export function responsesOf(
  node: JsonValue | undefined,
  near: Origin,
  source: Source,
  faults: Faults,
): readonly ResponseModel[] {
  if (node !== undefined && !isObject(node)) faults.add('GW2115', '`responses` must be a map.', near)
  const origin = source.originOf(node, near)
  const responses = membersOf(node).flatMap(([key, value]) => {
    const status = statusOf(key)
    if (status === null) {
      const message = `\`${key}\` is neither a status, nor a range such as \`4XX\`, nor \`default\`.`
      faults.add('GW2113', message, keyOf(below(origin, key)))
      return []
    }
    const located = faults.accept(source.follow(value, below(origin, key)))
    if (located === null || !isObject(located.value)) return []
    const response: ResponseModel = {
      status,
      // OpenAPI 3.2 adds `summary` and makes `description`, the longer of the two, optional.
      description: textOf(located.value['description']) ?? textOf(located.value['summary']) ?? '',
      headers: headersOf(located.value['headers'], below(located.origin, 'headers'), source, faults),
      content: contentOf(located.value['content'], below(located.origin, 'content'), source, faults),
      origin: located.origin,
    }
    return [response]
  })
  return responses.sort((a, b) => compareText(order(a.status), order(b.status)))
}

function headersOf(node: JsonValue | undefined, near: Origin, source: Source, faults: Faults): readonly HeaderModel[] {
  const origin = source.originOf(node, near)
  return namedIn(node).flatMap(([name, value]) => {
    // OpenAPI: a response header of this name shall be ignored. The media types define it.
    if (name.toLowerCase() === 'content-type') return []
    const located = faults.accept(source.follow(value, below(origin, name)))
    if (located === null || !isObject(located.value)) return []
    const [media] = contentOf(located.value['content'], below(located.origin, 'content'), source, faults)
    const schema = schemaOf(located.value['schema'], below(located.origin, 'schema'), source, faults)
    const header: HeaderModel = {
      name,
      required: located.value['required'] === true,
      deprecated: located.value['deprecated'] === true,
      description: textOf(located.value['description']),
      explode: located.value['explode'] === true,
      content: schema === null && media !== undefined ? media.type : null,
      schema: schema ?? media?.schema ?? null,
      examples: [...examplesOf(located.value, located.origin, source), ...(media?.examples ?? [])],
    }
    return [header]
  })
}

function statusOf(key: string): string | null {
  if (key === 'default' || /^[1-5][0-9]{2}$/.test(key)) return key
  return /^[1-5]xx$/i.test(key) ? key.toUpperCase() : null
}

function order(status: string): string {
  return status === 'default' ? 'z' : status
}
