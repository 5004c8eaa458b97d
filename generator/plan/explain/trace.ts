import type { Access, Route, Service } from '../../../templates/runtime/vocabulary.ts'
import type { Resolved } from '../../settings/index.ts'
import { list, type Origin } from '../../support/index.ts'
import { takesCallers } from '../draft/access/decision.ts'
import { accessWords, grantsWords } from '../draft/access/wording.ts'
import { claimText } from '../draft/expression/reference.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'
import { credentialWords } from '../settle/services/credentials.ts'

/** One line of a route's pipeline, and its origin. */
export interface TraceLine {
  /** The pipeline's step: `match`, `authenticate`, `authorize`, `validate`, `call`, `shape`, `answer`, ... */
  readonly step: string
  readonly text: string
  /** Where it was written; a text if it was not written (a default, a rule of the pipeline). */
  readonly from: Origin | string
}

/** The pipeline of a route, top to bottom: the decisions (`planned`, `service`), and their origins (`route`, `client`). */
export function traceOf(
  route: RouteDraft,
  planned: Pick<Route, 'access' | 'action'>,
  client: ClientDraft,
  service: Service,
): readonly TraceLine[] {
  const { access } = planned
  return [
    { step: 'match', text: `${route.method} ${route.path.text}`, from: route.path.origin ?? route.operation.origin },
    ...slashLines(route),
    ...reservedLines(route),
    authenticateLine(access, client),
    ...authorizeLines(route, access),
    ...validateLines(route),
    ...callLines(route, planned, service),
    ...shapeLines(route),
    ...openLines(route),
    { step: 'answer', text: route.answers.statuses.join(', '), from: route.operation.origin },
    ...unauthorizedLines(route),
    ...redirectLines(route),
  ]
}

function openLines({ options }: RouteDraft): readonly TraceLine[] {
  return options.open.map(({ pointer, origin }) => ({
    step: 'shape',
    text: `everything passes at ${pointer} of the answers`,
    from: origin,
  }))
}

function slashLines({ options, request }: RouteDraft): readonly TraceLine[] {
  return options.parameters
    .filter(({ name }) => request.encodedSlash?.includes(name) === true)
    .map(({ name, origin }) => ({ step: 'match', text: `${name} may contain an encoded slash`, from: origin }))
}

function redirectLines({ answers, settings, source }: RouteDraft): readonly TraceLine[] {
  if (answers.redirect === undefined) return []
  const hosts = list(source.manifest.redirectHosts.map(({ text }) => text))
  return [{ step: 'answer', text: `redirects to ${hosts} are passed on`, from: placeOf(settings.redirect) }]
}

function unauthorizedLines({ settings, answers }: RouteDraft): readonly TraceLine[] {
  if (answers.unauthorized === undefined) return []
  return [{ step: 'answer', text: 'a 401 of the service is passed on', from: placeOf(settings.unauthorized) }]
}

function reservedLines({ action, operation }: RouteDraft): readonly TraceLine[] {
  if (action.reserved === undefined) return []
  const text = `without the paths of other operations: ${list(action.reserved)}`
  return [{ step: 'match', text, from: operation.origin }]
}

/** Where a setting was written. */
function placeOf({ from }: Resolved<unknown>): TraceLine['from'] {
  return from === 'default' ? 'the default' : from
}

function authenticateLine(access: Access, { authenticators, manifest }: ClientDraft): TraceLine {
  const names = authenticators.map(({ id, kind }) => `${kind} \`${id}\``)
  if (names.length === 0)
    return { step: 'authenticate', text: 'not possible', from: 'the client has no authenticators' }
  return {
    step: 'authenticate',
    text: takesCallers(access)
      ? `${names.join(' or ')}${access.kind === 'public' ? ', or none; an invalid credential is refused' : ''}`
      : `not needed; an invalid credential for ${list(names)} is refused`,
    from: manifest.authenticate[0]?.origin ?? manifest.origin,
  }
}

function authorizeLines({ decision, condition, owns }: RouteDraft, access: Access): readonly TraceLine[] {
  const { spec, origin, override } = decision
  const step = 'authorize'
  if (access.kind === 'public')
    return [{ step, text: `${accessWords(access, [], [])}: ${access.because}`, from: origin ?? 'the manifest' }]
  const lines: TraceLine[] = [
    { step, text: accessWords({ ...access, own: [], when: [] }, [], []), from: origin ?? 'the manifest' },
  ]
  if (decision.decidedBy === 'spec + manifest' && spec.origin !== null) {
    lines.push({ step, text: `of these the spec requires ${grantsWords(spec.alternatives)}`, from: spec.origin })
  }
  if (override !== null)
    lines.push({
      step,
      text: `instead of the requirement of the spec: ${override.because}`,
      from: origin ?? 'the manifest',
    })
  if (spec.dropped > 0 && spec.alternatives.length > 0 && override === null) {
    lines.push({
      step,
      text: `${spec.dropped} alternative${spec.dropped === 1 ? '' : 's'} of the spec that would ask nothing of the caller ${spec.dropped === 1 ? 'is' : 'are'} not offered${spec.anonymous ? '; `access: { public: <reason>, optional: true }` makes signing in optional' : ''}`,
      from: spec.origin ?? 'the stricter alternatives hold',
    })
  }
  if (condition !== null) lines.push({ step, text: `when ${condition.source.value}`, from: condition.source.origin })
  for (const { use, claim } of owns) {
    if (claim !== null)
      lines.push({ step, text: `${use.input} is the caller's ${claimText(claim)}, or among them`, from: use.origin })
  }
  return lines
}

function validateLines(route: RouteDraft): readonly TraceLine[] {
  const { request, operation, settings, withheld, binds } = route
  const step = 'validate'
  const lines: TraceLine[] = []
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    if (request[place].length > 0)
      lines.push({ step, text: `${place} ${request[place].join(', ')}`, from: operation.origin })
  }
  lines.push({
    step,
    text: `other query parameters are ${request.undeclaredQuery === 'drop' ? 'dropped' : 'refused'}`,
    from: placeOf(settings.undeclaredQuery),
  })
  lines.push(
    request.body === null
      ? { step, text: 'no body', from: operation.origin }
      : { step, text: `body ${request.body.join(', ')}`, from: operation.body?.origin ?? operation.origin },
  )
  if (request.body !== null) {
    lines.push({
      step,
      text: `body of at most ${request.maxBody} bytes`,
      from: placeOf(settings.maxBody),
    })
    lines.push({
      step,
      text: `undeclared members of bodies are ${treatments[settings.undeclaredBody.value]}`,
      from: placeOf(settings.undeclaredBody),
    })
  }
  for (const { in: place, name, claim } of request.bind) {
    const bind = binds.find(({ targets }) => targets[0]?.name === name && targets[0].in === place)
    lines.push({
      step,
      text: `${place} ${name} is the caller's ${claimText(claim)}`,
      from: bind?.use.origin ?? route.origin,
    })
  }
  for (const { parameter, reason } of withheld) {
    lines.push({
      step,
      text: `${parameter.in} ${parameter.name} may not be sent by the client: ${reasons[reason]}`,
      from: parameter.origin,
    })
  }
  return lines
}

const treatments = { pass: 'passed on', drop: 'dropped', refuse: 'refused' } as const

const reasons = {
  standard: 'OpenAPI says to ignore it as a parameter',
  gateway: 'the gateway writes it',
  credential: 'it carries a credential',
  reserved: 'only the gateway may send it',
} as const

/** The other limits of time, if the manifest sets them. */
function writtenLimits(settings: RouteDraft['settings']): readonly (readonly [string, TraceLine['from']])[] {
  const limits = {
    'pauses in the request of at most': settings['upload.idle'],
    'pauses in the answer of at most': settings['stream.idle'],
    'an answer that takes at most': settings['stream.lifetime'],
  }
  const open = settings['stream.perPrincipal']
  const times = Object.entries(limits).flatMap(([words, limit]) =>
    limit.level === null ? [] : [[`${words} ${limit.value} ms`, placeOf(limit)] as const],
  )
  return open.level === null ? times : [...times, [`at most ${open.value} open answers to a caller`, placeOf(open)]]
}

function callLines(
  route: RouteDraft,
  { access, action }: Pick<Route, 'access' | 'action'>,
  service: Service,
): readonly TraceLine[] {
  const { endpoints, settings } = route
  const step = 'call'
  const sent = action.credentials.flatMap((name) => {
    const credential = service.credentials[name]
    return credential === undefined ? [] : [credentialWords(credential, access)]
  })
  return [
    { step, text: `${action.method} ${endpoints.url.join(' | ')}${action.path}`, from: endpoints.origin },
    {
      step,
      text: `at most ${settings.timeout.value} ms`,
      from: placeOf(settings.timeout),
    },
    ...writtenLimits(settings).map(([text, from]) => ({ step, text, from })),
    {
      step,
      text: sent.length === 0 ? 'no credential is sent' : `with ${list(sent)}`,
      from: placeOf(settings.credential),
    },
    ...unsentLines(route),
  ]
}

function unsentLines({ unsent, operation }: RouteDraft): readonly TraceLine[] {
  if (unsent.length === 0) return []
  const kinds = list(unsent.map(({ kind }) => `\`${kind}\``))
  const text = `without the ${unsent.length === 1 ? 'credential' : 'credentials'} ${kinds} of the service: the document asks for none`
  return [{ step: 'call', text, from: operation.securityOrigin ?? operation.origin }]
}

function shapeLines({ answers, settings }: RouteDraft): readonly TraceLine[] {
  const step = 'shape'
  return [
    {
      step,
      text: answers.undeclared === 'drop' ? 'JSON is projected to what its schema declares' : 'answers pass unchanged',
      from: placeOf(settings.undeclared),
    },
    {
      step,
      text: {
        off: 'answers are not checked',
        report: 'answers that do not fit are reported',
        enforce: 'answers that do not fit are refused',
      }[answers.check],
      from: placeOf(settings.answers),
    },
  ]
}
