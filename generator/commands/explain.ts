import { entryOf } from '../../templates/runtime/matching/entry.ts'
import { createMatcher } from '../../templates/runtime/matching/matcher.ts'
import { explain, type TraceLine } from '../plan/index.ts'
import type { ClientPlan, RoutePlan } from '../plan/types.ts'
import { run } from '../run.ts'
import { type Origin, type Place, type Report, suggestion, visible } from '../support/index.ts'
import type { Inputs } from './inputs.ts'
import { withManifest } from './preamble.ts'
import { jsonFindings, placesFrom, printFindings, printJson, refuse } from './report.ts'
import { columns } from './table.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface ExplainCommandOptions extends Inputs {
  /** `GET /orders/{orderId}`, `GET /orders/123`, `/orders/123`, or `orders.getOrder`. */
  readonly route: string
}

interface Explained {
  readonly client: ClientPlan
  readonly plan: RoutePlan
  readonly trace: readonly TraceLine[]
}

/** Shows the pipeline of a route in order, and where each setting comes from. */
export function explainCommand(options: ExplainCommandOptions, terminal: Terminal): Promise<ExitCode> {
  return withManifest(options, terminal, async (session) => {
    terminal.progress('Planning the routes ...')
    // The plan of all clients: an unknown route may belong to another client, which is then named.
    const { diagnostics, model, plan } = await run({ ...session.wanted, clients: [], until: 'plan' })
    const findings = session.findings(diagnostics)
    if (model === null || plan === null) {
      if (options.json) printJson({ ok: false, diagnostics: jsonFindings(findings, terminal.cwd) }, terminal)
      else printFindings(findings, terminal)
      return 1
    }
    const all = plan.value.clients
    const clients = all.filter(({ id }) => options.clients.length === 0 || options.clients.includes(id))
    const explained = clients.flatMap((client): readonly Explained[] => {
      const routes = routesMeant(client, options.route)
      if (routes.length === 0) return []
      const traces = explain(model.value, client, routes)
      return routes.map((route) => ({ client, plan: route, trace: traces.get(route) ?? [] }))
    })
    if (explained.length === 0) return refuse([unknown(options.route, clients, all)], options.json, terminal)

    const place = placesFrom(diagnostics.locator, findings.folder, terminal.cwd)
    if (options.json) printJson({ ok: true, routes: explained.map((one) => jsonOf(one, place)) }, terminal)
    else terminal.out(explained.map((one) => textOf(one, place, terminal)).join('\n\n'))
    return 0
  })
}

/** The routes that a text refers to: by id, by template, or by a path as the gateway would match it. */
function routesMeant({ routes }: ClientPlan, text: string): readonly RoutePlan[] {
  const byId = routes.filter(({ route }) => route.id === text)
  if (byId.length > 0) return byId
  const [, verb, path = ''] = /^(?:([A-Za-z]+)\s+)?(\/[^\s?#]*)/.exec(text) ?? []
  if (path === '') return []
  const exact = routes.filter(
    ({ route }) => route.path === path && (verb === undefined || route.method === verb.toUpperCase()),
  )
  if (exact.length > 0) return exact
  const matcher = createMatcher(routes.map((one) => entryOf(one.route, one, one.route.path)))
  const methods =
    verb === undefined ? matcher.methods(path).filter((method) => method !== 'HEAD') : [verb.toUpperCase()]
  return methods.flatMap((method) => {
    const found = matcher.find(method, path)
    return found.kind === 'found' ? [found.value] : []
  })
}

function unknown(text: string, clients: readonly ClientPlan[], all: readonly ClientPlan[]): Report {
  const who = clients.map(({ id }) => `\`${id}\``).join(', ')
  const elsewhere = all.filter((client) => !clients.includes(client) && routesMeant(client, text).length > 0)
  const isPath = /^(?:[A-Za-z]+\s+)?\//.test(text)
  const verb = /^[A-Za-z]+(?=\s)/.exec(text)?.[0].toUpperCase() ?? null
  const named = clients.flatMap(({ routes }) => routes.map(({ route }) => route))
  const names = named.map(({ id, method, path }) => (isPath ? `${verb === null ? '' : `${method} `}${path}` : id))
  return {
    code: 'GW5003',
    message: `${text} is not a route of ${who === '' ? 'any client' : who}.`,
    origin: null,
    remedy:
      elsewhere.length > 0
        ? `It is one of ${elsewhere.map(({ id }) => `\`${id}\``).join(', ')}.`
        : `${suggestion(text, names) ?? 'They have no routes.'} README.md of each gateway lists its routes.`,
  }
}

function textOf({ client, plan, trace }: Explained, place: (origin: Origin) => Place, { paintOut }: Terminal): string {
  const { method, path, id } = plan.route
  // A step with several lines is named once.
  const rows = trace.map(({ step, text, from }, index) => [
    step === trace[index - 1]?.step ? '' : paintOut.cyan(step),
    visible(text),
    paintOut.dim(visible(sourceText(from, place))),
  ])
  return [
    `${paintOut.bold(visible(`${method} ${path}`))}  ->  ${id}  (${client.id})`,
    ...(plan.summary === null ? [] : [`  ${visible(plan.summary)}`]),
    ...columns(rows).map((line) => `  ${line}`),
  ].join('\n')
}

function sourceText(from: Origin | string, place: (origin: Origin) => Place): string {
  if (typeof from === 'string') return from
  const { file, line } = place(from)
  return `${file}:${line}`
}

function jsonOf({ client, plan, trace }: Explained, place: (origin: Origin) => Place): object {
  const { id, method, path } = plan.route
  return {
    client: client.id,
    id,
    method,
    path,
    operation: plan.comment,
    summary: plan.summary,
    deprecated: plan.deprecated,
    steps: trace.map(({ step, text, from }) => ({
      step,
      text,
      ...(typeof from === 'string' ? { because: from } : { place: place(from) }),
    })),
  }
}
