import type { IncomingHttpHeaders } from 'node:http'
import type { MediaSchema, Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import { essenceOf, isJson } from '../../templates/runtime/words/mediaTypes.ts'
import type { MediaModel, ResponseModel } from '../model/types.ts'
import type { Found } from './directory.ts'
import { jsonText } from './json.ts'
import { createSampler, type Sampler } from './sampler.ts'
import { createUndeclared } from './undeclared.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: readonly Buffer[]
}

export interface Answers {
  /** `url`: path and query of the request. */
  answer(found: Found, url: string, headers: IncomingHttpHeaders): Answer
}

/** What answers of one contract are made with. */
interface Workbench {
  readonly sampler: Sampler
  /** Changes a JSON answer. */
  readonly edit: (value: unknown, schema: Schema) => unknown
}

/**
 * Creates answers to requests. The sampler of each contract is created once.
 *
 * @param undeclared whether JSON answers get a member that no document declares, where their schemas allow it
 */
export function createAnswers(undeclared = false): Answers {
  const workbenches = new Map<ServiceSchemas, Workbench>()
  const workbenchOf = (contract: ServiceSchemas): Workbench => {
    const known = workbenches.get(contract) ?? {
      sampler: createSampler(contract),
      edit: undeclared ? createUndeclared(contract) : (value: unknown) => value,
    }
    workbenches.set(contract, known)
    return known
  }

  const answer = ({ service, operation, key }: Found, url: string, headers: IncomingHttpHeaders): Answer => {
    const preferred = preferences(headers['prefer'])
    const code = statusCode.test(preferred.get('code') ?? '') ? (preferred.get('code') ?? null) : null
    const response = chooseResponse(operation.responses, code)
    if (response === null) return { status: Number(code ?? 204), headers: {}, chunks: [] }
    const status = statusOf(response, code)
    const media = chooseMedia(response.content, headers.accept)
    const contract = service.schemas.operations[key]?.answers[response.status]
    // Documents seldom contain the target of a redirect, and a client needs one that exists.
    const extra = { ...headersOf(response), ...(redirections.has(status) && { location: url }) }
    if (media === null || status === 204 || status === 304) return { status, headers: extra, chunks: [] }
    const examples = preferred.get('dynamic') === 'true' ? [] : media.examples.map(({ value }) => value)
    const chunks = bodyOf(media, contract?.content[media.type] ?? null, workbenchOf(service.schemas), examples)
    return { status, headers: { ...extra, 'content-type': concrete(media.type) }, chunks }
  }
  return { answer }
}

const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Of a final answer (RFC 9110 section 15). */
const statusCode = /^[2-5]\d\d$/

/** RFC 7240: `code=404, dynamic=true`. */
function preferences(header: string | string[] | undefined): ReadonlyMap<string, string> {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  const pairs = text.split(/[,;]/).map((part) => part.trim().split('=', 2))
  return new Map(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value.replaceAll('"', '')]))
}

/** `null`: no success is documented. A documented 401 or 404 would say that the call is wrong. */
function chooseResponse(responses: readonly ResponseModel[], code: string | null): ResponseModel | null {
  const by = (status: string) => responses.find((response) => response.status === status)
  if (code !== null) return by(code) ?? by(`${code.slice(0, 1)}XX`) ?? by('default') ?? null
  const success = responses.find((response) => response.status.startsWith('2'))
  return success ?? responses.find((response) => response.status.startsWith('3')) ?? by('default') ?? null
}

function statusOf(response: ResponseModel, code: string | null): number {
  if (code !== null) return Number(code)
  if (response.status === 'default') return 200
  return Number(response.status.replace('XX', '00'))
}

/** The first media type that `Accept` allows, JSON before others; the first of all if none is allowed. */
function chooseMedia(content: readonly MediaModel[], accept: string | undefined): MediaModel | null {
  const wanted = (accept ?? '*/*').split(',').map(essenceOf)
  const takes = (type: string): boolean => {
    const plain = essenceOf(type)
    return wanted.some(
      (one) => one === '*/*' || one === plain || (one.endsWith('/*') && plain.startsWith(one.slice(0, -1))),
    )
  }
  const offered = content.filter((media) => takes(media.type))
  return offered.find((media) => isJson(essenceOf(media.type))) ?? offered[0] ?? content[0] ?? null
}

function concrete(type: string): string {
  if (type === '*/*') return 'application/json'
  return type.replace(/^([^/]+)\/\*/, (_, main: string) => examplesOfRanges[main] ?? `${main}/plain`)
}

const examplesOfRanges: Readonly<Record<string, string>> = {
  image: 'image/png',
  application: 'application/octet-stream',
  text: 'text/plain',
}

function bodyOf(
  media: MediaModel,
  contract: MediaSchema | null,
  { sampler, edit }: Workbench,
  examples: readonly unknown[],
): readonly Buffer[] {
  const schema: Schema = contract?.schema ?? true
  const type = concrete(media.type).toLowerCase()
  if (isJson(essenceOf(type))) {
    return [Buffer.from(jsonText(edit(sampler.value(schema, 'response', examples).value, schema)))]
  }
  const [text] = examples.filter((example) => typeof example === 'string')
  if (type.startsWith('text/event-stream')) return events(text, schema, sampler)
  if (type.startsWith('image/')) return [pixel]
  if (type.startsWith('application/pdf')) return [Buffer.from('%PDF-1.4\n%%EOF\n')]
  if (type.startsWith('text/')) return [Buffer.from(text ?? String(sampler.value(schema, 'response').value ?? ''))]
  return [Buffer.from(text ?? 'simulated')]
}

function events(example: string | undefined, schema: Schema, sampler: Sampler): readonly Buffer[] {
  if (example !== undefined) return example.split(/(?<=\n\n)/).map((event) => Buffer.from(event))
  const data = jsonText(sampler.value(schema, 'response').value ?? {})
  return [`data: ${data}\n\n`, `data: ${data}\n\n`, 'data: [DONE]\n\n'].map((event) => Buffer.from(event))
}

/** A transparent pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

function headersOf(response: ResponseModel): Readonly<Record<string, string>> {
  const values = response.headers.flatMap((header) => {
    const example = header.examples[0]?.value ?? exampleOf(header.schema?.schema)
    return example === undefined ? [] : [[header.name.toLowerCase(), String(example)] as const]
  })
  return Object.fromEntries(values.filter(([name, value]) => !framing.has(name) && /^[\x20-\x7e]*$/.test(value)))
}

/** Fields that describe the message itself. Examples of them are of other messages than the simulated one. */
const framing: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

function exampleOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined
  const { example, examples } = schema as { example?: unknown; examples?: unknown }
  return example ?? (Array.isArray(examples) ? examples[0] : undefined)
}
