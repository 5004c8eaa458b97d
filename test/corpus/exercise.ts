import type { PublishedContract } from '../../generator/dev/published.ts'
import { type SampleRequest, sampleRequest } from '../../generator/dev/requests.ts'
import type { RunningClient } from '../../generator/dev/runningClient.ts'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import type { System } from '../../generator/dev/system.ts'
import type { AccessRow, ClientPlan, RoutePlan } from '../../generator/plan/types.ts'
import type { MediaSchema, OperationSchemas, Route } from '../../templates/runtime/vocabulary.ts'
import type { Fault } from '../../templates/runtime/words/problems.ts'
import type { Answer } from '../support/sampleSystem.ts'
import { differences, type OwnCookies, ownCookies } from './arrival.ts'
import { call, noAnswer, reasonOf } from './call.ts'
import { type InvalidRequest, invalidRequests, names } from './invalid.ts'
import { createJudge, type Judge } from './judge.ts'
import { type OriginalOperation, originalRequest } from './original.ts'
import type { Tally } from './tally.ts'

export interface ExerciseOptions {
  /** The most invalid requests for one route. */
  readonly invalid: number
  /** Whether every media type of a body is tried, not only the first. */
  readonly everyMediaType: boolean
}

/** A gateway, and what the tests need of its client and its services. */
export interface Subject {
  readonly system: System
  readonly client: RunningClient
  readonly plan: ClientPlan
  readonly published: PublishedContract
  /** Requests that reached a service; emptied before each call. */
  readonly received: ReceivedRequest[]
  /** The operation of a route as the service's own document describes it. */
  original(planned: RoutePlan): OriginalOperation
}

interface Credentials {
  readonly full: Readonly<Record<string, string>>
  /** Of a caller without scopes and roles. */
  readonly empty: Readonly<Record<string, string>>
}

/** Calls every route of a gateway: without credentials, without scopes, with valid requests, and with invalid ones. */
export async function exercise(subject: Subject, options: ExerciseOptions, tally: Tally): Promise<void> {
  const { client, plan, published } = subject
  const judge = createJudge(published.schemas)
  const credentials = await credentialsFor(subject)
  for (const [index, row] of plan.access.entries()) {
    const planned = plan.routes[index]
    const route = published.route(row.method, row.path)
    if (planned === undefined || planned.route.id !== row.id || route === null) {
      tally.fail('contract', `${client.id} ${row.method} ${row.path}`, 'is not in the published contract')
      continue
    }
    tally.route()
    try {
      await exerciseRoute(planned, row, route)
    } catch (error) {
      tally.fail('harness', `${client.id} ${row.method} ${row.path}`, reasonOf(error))
    }
  }

  async function exerciseRoute(planned: RoutePlan, row: AccessRow, route: Route): Promise<void> {
    const operation = published.schemas.operations[route.contract.operation]
    if (operation === undefined) throw new Error(`The contract lost ${route.contract.operation}.`)
    const sample = (optional: boolean, mediaType?: string): SampleRequest =>
      sampleRequest(route, published.schemas, published.sampler, {
        variant: 0,
        optional,
        claims: {},
        ...(mediaType !== undefined && { mediaType }),
      })
    const one = new RouteExercise(subject, planned, row, operation, judge, credentials, tally)
    const plain = sample(false)
    const full = sample(true)
    await one.strangers(plain)
    await one.valid('plain', plain)
    const isSound = await one.valid('full', full)
    if (options.everyMediaType) {
      for (const type of Object.keys(operation.body?.content ?? {})) {
        if (type !== full.mediaType) await one.valid(`full, ${type}`, sample(true, type))
      }
    }
    let count = 0
    if (isSound) {
      for (const request of invalidRequests(route, operation, full, judge)) {
        if (count++ === options.invalid) break
        await one.invalid(request)
      }
    }
    if (count === 0) tally.nothingWrong()
  }
}

async function credentialsFor({ system, client }: Subject): Promise<Credentials> {
  const header = async (name: string): Promise<Readonly<Record<string, string>>> => {
    const user = system.users.find((one) => one.name === name)
    if (user === undefined) throw new Error(`There is no development user ${name}.`)
    const [field = '', value = ''] = (await client.credential(user)).split(/: (.*)/s)
    return { [field.toLowerCase()]: value }
  }
  return { full: await header('alice'), empty: await header('noah') }
}

class RouteExercise {
  readonly #subject: Subject
  readonly #planned: RoutePlan
  readonly #row: AccessRow
  readonly #operation: OperationSchemas
  readonly #judge: Judge
  readonly #credentials: Credentials
  readonly #tally: Tally

  constructor(
    subject: Subject,
    planned: RoutePlan,
    row: AccessRow,
    operation: OperationSchemas,
    judge: Judge,
    credentials: Credentials,
    tally: Tally,
  ) {
    this.#subject = subject
    this.#planned = planned
    this.#row = row
    this.#operation = operation
    this.#judge = judge
    this.#credentials = credentials
    this.#tally = tally
  }

  /** Calls without a credential and without scopes are refused unless the access rule allows them. */
  async strangers(request: SampleRequest): Promise<void> {
    const { rule } = this.#row
    const everybody = rule.kind === 'public'
    const anybody = everybody || rule.anyOf.some(({ scopes, roles }) => scopes.length + roles.length === 0)
    await this.#decided('access', 'no credential', request, {}, everybody ? null : 401)
    await this.#decided('access', 'no scopes', request, this.#credentials.empty, anybody ? null : 403)
  }

  /** `status`: of the refusal; `null`: the caller is let through. */
  async #decided(
    check: 'access',
    who: string,
    request: SampleRequest,
    credential: Readonly<Record<string, string>>,
    status: 401 | 403 | null,
  ): Promise<void> {
    const answer = await this.#send(request, credential)
    const arrived = this.#subject.received.length
    const refused = answer.status === 401 || answer.status === 403
    const isLetThrough = !refused && answer.status !== noAnswer
    if (status === null ? isLetThrough : answer.status === status && arrived === 0) {
      this.#tally.pass(check)
      if (status !== null) this.#tally.refusal(status)
    } else
      this.#fail(check, `${who}: ${outcomeOf(answer)}, ${arrived} arrived, instead of ${status ?? 'being let through'}`)
  }

  /**
   * A valid request arrives as it was sent, and the answer fits the contract. Returns whether the request arrived and
   * its values are valid for ajv.
   */
  async valid(what: string, request: SampleRequest): Promise<boolean> {
    if (!request.fits) {
      this.#tally.unsampled(this.#name, `${what}: nothing fits its schema`)
      return false
    }
    const objections = this.#objections(request)
    if (objections.length === 0) this.#tally.pass('oracle')
    else {
      this.#fail('oracle', `${what}: the gateway's checker takes what ajv refuses: ${objections.join('; ')}`)
    }
    const answer = await this.#send(request, this.#credentials.full)
    const [received, second] = this.#subject.received
    if (answer.status === noAnswer) {
      this.#fail('answer', `${what}: ${described(answer)} to ${shown(request)}`)
      return false
    }
    if (received === undefined || second !== undefined) {
      const arrived = this.#subject.received.length
      this.#fail('arrival', `${what}: ${arrived} arrived; ${described(answer)} to ${shown(request)}`)
      return false
    }
    const { route } = this.#planned
    const reached =
      received.template === route.action.path.split('?')[0] && belongsTo(route.action.service, received.service)
        ? []
        : [`reached ${received.service} ${received.operation} at ${received.url}`]
    const wrong = [...reached, ...differences(request, received, route, this.#operation, this.#ownCookies)]
    if (wrong.length === 0) this.#tally.pass('arrival')
    else this.#fail('arrival', `${what}: ${wrong.join('; ')}`)
    this.#original(what, request, received)
    // For the simulator, operations that differ only in `#variant` are the same, so it may have answered as another
    // one.
    if (received.operation === route.contract.operation) this.#answer(what, answer)
    return objections.length === 0
  }

  /** The request that arrived is the one that a client of the service itself would have sent. */
  #original(what: string, request: SampleRequest, received: ReceivedRequest): void {
    const original = this.#subject.original(this.#planned)
    const sent = originalRequest(original, request)
    const header = Object.fromEntries(
      Object.entries(original.operation.header).filter(([name]) => Object.hasOwn(request.values.header, name)),
    )
    const wrong = differences(sent, received, original, { ...original.operation, header }, this.#ownCookies)
    if (wrong.length === 0) this.#tally.pass('original')
    else this.#fail('original', `${what}: ${wrong.join('; ')}`)
  }

  /** Faults that ajv finds in sampled values. */
  #objections({ values, mediaType }: SampleRequest): readonly string[] {
    const found = (['path', 'query', 'header', 'cookie'] as const).flatMap((place) =>
      Object.entries(values[place]).flatMap(([name, value]) =>
        this.#judge
          .faults(this.#operation[place][name]?.schema ?? true, 'request', value)
          .map((fault) => `${place} ${name} ${fault}`),
      ),
    )
    const schema = mediaType === null ? true : (this.#operation.body?.content[mediaType]?.schema ?? true)
    const body = mediaType === null ? [] : this.#judge.faults(schema, 'request', values.body)
    return [...found, ...body.map((fault) => `body ${fault}`)]
  }

  #answer(what: string, answer: Answer): void {
    const wrong = this.#answerFaults(answer)
    if (wrong.length === 0) this.#tally.pass('answer')
    else this.#fail('answer', `${what}: ${described(answer)}: ${wrong.join('; ')}`)
  }

  #answerFaults({ status, headers, body }: Answer): readonly string[] {
    const { answers } = this.#operation
    const documented = answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`] ?? answers['default']
    if (status >= 500) return ['a failure']
    // If the spec documents no success, the body must be empty.
    if (documented === undefined && status < 300 && !Object.keys(answers).some((one) => one.startsWith('2'))) {
      return body.length === 0 ? [] : ['the body is not documented']
    }
    if (documented === undefined) return ['the status is not documented']
    if (body.length === 0) return []
    const type = String(headers['content-type'] ?? '')
    const media = mediaOf(documented.content, type)
    if (media === null) return [`${type} is not documented`]
    if (!/^[^;]*[/+]json\s*(?:;|$)/i.test(type)) return []
    return this.#judge.faults(media.schema, 'response', JSON.parse(body.toString('utf8')))
  }

  /** An invalid request is refused with the place of the fault, and does not reach a service. */
  async invalid(request: InvalidRequest): Promise<void> {
    const answer = await this.#send(request.message, this.#credentials.full)
    this.#tally.invalid()
    const arrived = this.#subject.received.length
    const what = `${request.in} ${request.pointer} ${request.what}`
    const isRefused = answer.status === 400 && arrived === 0
    // The answer to HEAD has no body that could name the place.
    const isSilent = request.message.method === 'HEAD' && answer.body.length === 0
    const found = isRefused && !isSilent ? errorsOf(answer).map((fault) => names(fault, request)) : []
    if (isRefused && (isSilent || found.some((one) => one !== null))) this.#tally.pass('invalid')
    else this.#fail('invalid', `${what}: ${arrived} arrived; ${described(answer)} to ${shown(request.message)}`)
    if (found.includes('exactly')) this.#tally.exact()
  }

  #send(request: Pick<SampleRequest, 'method' | 'target' | 'headers' | 'body'>, credential: object): Promise<Answer> {
    this.#subject.received.length = 0
    this.#tally.call()
    const headers = { ...request.headers, ...credential }
    return call(this.#subject.client.url, { ...request, headers })
  }

  get #ownCookies(): OwnCookies {
    const id = this.#planned.route.action.service
    const found = this.#subject.plan.services.find((one) => one.id === id)
    return ownCookies(Object.values(found?.service.credentials ?? {}))
  }

  get #name(): string {
    return `${this.#subject.client.id} ${this.#row.method} ${this.#row.path}`
  }

  #fail(check: Parameters<Tally['fail']>[0], detail: string): void {
    this.#tally.fail(check, this.#name, detail)
  }
}

/** A service whose operations have several servers is several services in the plan. */
function belongsTo(planned: string, received: string | null): boolean {
  return received !== null && (planned === received || planned.startsWith(`${received}-`))
}

function errorsOf({ headers, body }: Answer): readonly Fault[] {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return []
  const { errors } = JSON.parse(body.toString('utf8')) as { errors?: readonly Fault[] }
  return errors ?? []
}

function mediaOf(content: Readonly<Record<string, MediaSchema>>, type: string): MediaSchema | null {
  const essence = (text: string): string => text.split(';')[0]?.trim().toLowerCase() ?? ''
  const wanted = essence(type)
  const found =
    Object.entries(content).find(([name]) => name === type) ??
    Object.entries(content).find(([name]) => essence(name) === wanted) ??
    Object.entries(content).find(
      ([name]) => essence(name).endsWith('/*') && wanted.startsWith(essence(name).slice(0, -1)),
    ) ??
    Object.entries(content).find(([name]) => essence(name) === '*/*')
  return found?.[1] ?? null
}

function outcomeOf(answer: Answer): string {
  return answer.status === noAnswer ? described(answer) : String(answer.status)
}

function described({ status, headers, body }: Answer): string {
  if (status === noAnswer) return body.toString('utf8')
  return `${status} ${headers['content-type'] ?? ''} ${body.toString('utf8').slice(0, 400)}`
}

function shown({
  method,
  target,
  body,
  headers,
}: Pick<SampleRequest, 'method' | 'target' | 'body' | 'headers'>): string {
  const type = headers['content-type']
  return `${method} ${target}${type === undefined ? '' : ` ${type} ${body?.toString('utf8').slice(0, 1000)}`}`
}
