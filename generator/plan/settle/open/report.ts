import { below, groupedBy, keyOf, list, type Origin, type Report, suggestion } from '../../../support/index.ts'
import { selectorOf } from '../../checks/wording.ts'
import type { ClientDraft, RouteDraft } from '../../draft/types.ts'
import type { PlannedService } from '../services/planServices.ts'
import { covers, type OpenAnswer, unshapedOf } from './answers.ts'
import { overlayFor, quoted } from './remedy.ts'

/** A route with what passes whole in its answers. */
interface OpenRoute {
  readonly client: ClientDraft
  readonly route: RouteDraft
  readonly service: PlannedService
  readonly open: readonly OpenAnswer[]
}

/** A client, and the services that its routes call. */
export interface Decided {
  readonly draft: ClientDraft
  readonly services: ReadonlyMap<string, PlannedService>
}

/**
 * Reports parts of answers that no schema describes, so that everything in them passes: to external clients as errors, to others as one
 * warning for each schema; and entries of `open` that name no such part.
 */
export function openAnswers(clients: readonly Decided[]): readonly Report[] {
  const routes = clients.flatMap(({ draft, services }) =>
    draft.routes.flatMap((route) => openRoute(route, draft, services)),
  )
  const undecided = routes.flatMap((one) =>
    one.open.filter(({ because }) => because === null).map((open) => ({ ...one, open })),
  )
  const [outside, inside] = [true, false].map((external) =>
    undecided.filter(({ client }) => (client.manifest.audience === 'external') === external),
  ) as [Undecided[], Undecided[]]
  return [
    ...outside.map(forOutsiders),
    ...[...groupedBy(inside, causeOf).values()].flatMap(forInsiders),
    ...stale(routes),
  ]
}

type Undecided = Omit<OpenRoute, 'open'> & { readonly open: OpenAnswer }

function openRoute(
  route: RouteDraft,
  client: ClientDraft,
  services: ReadonlyMap<string, PlannedService>,
): readonly OpenRoute[] {
  const service = services.get(route.endpoints.id)
  // Schemas with errors are translated in part only.
  if (service === undefined || !service.isSound) return []
  return [{ client, route, service, open: unshapedOf(route, service.translation).open }]
}

const admitted: Readonly<Record<Exclude<OpenAnswer['kind'], 'stream'>, string>> = {
  value: 'its schema admits any value',
  object: 'its schema declares no members',
  list: 'its schema does not describe the items',
}

function why({ kind, media, place }: OpenAnswer): string {
  if (kind === 'stream') return `events and lines of ${media.type} are not read`
  return place === null ? `${media.type} has no schema` : admitted[kind]
}

function forOutsiders(found: Undecided): Report {
  const { client, route, service, open } = found
  const selector = selectorOf(route)
  const origin = schemaOrigin(found)
  const overlay = overlayFor(open, service.translation)
  const allow = `    ${selector}: { open: { ${quoted(open.pointer)}: <the reason> } }`
  const describe =
    overlay.length > 0
      ? ['Describe what the client gets, with an overlay of the service:', ...overlay.map((line) => `    ${line}`)]
      : open.kind === 'stream'
        ? []
        : ['Describe what the client gets in the document.']
  return {
    code: open.place === null && open.kind !== 'stream' ? 'GW3208' : 'GW3340',
    message: `${selector} passes everything at \`${open.pointer}\` of its answers to \`${client.manifest.id}\`, which is external: ${why(open)}.`,
    origin: route.origin,
    related: [{ origin, message: open.kind === 'stream' ? 'is the stream' : 'is the answer' }],
    remedy: [...describe, describe.length > 0 ? 'Or pass it, with a reason:' : 'Pass it with a reason:', allow].join(
      '\n',
    ),
    subject: selector,
    cause: causeOf(found),
  }
}

/** One warning for the routes of all clients whose answers contain the schema. */
function forInsiders(all: readonly Undecided[]): readonly Report[] {
  const [first] = all
  if (first === undefined) return []
  const { open, route, service } = first
  const routes = [...new Set(all.map((one) => `${one.client.manifest.id} ${one.route.id}`))]
  const clients = [...new Set(all.map(({ client }) => `\`${client.manifest.id}\``))].sort()
  const selector = selectorOf(route)
  const more =
    routes.length === 1 ? '' : ` and of ${routes.length - 1} more ${routes.length === 2 ? 'route' : 'routes'}`
  const overlay = overlayFor(open, service.translation)
  return [
    {
      code: 'GW3341',
      message: `Everything passes to ${list(clients)} at \`${open.pointer}\` of the answers of ${selector}${more}: ${why(open)}.`,
      origin: schemaOrigin(first),
      related: [{ origin: route.origin, message: `exposes ${selector}` }],
      remedy: [
        ...(overlay.length === 0
          ? []
          : [
              'Describe what clients get, such as by an overlay:',
              ...overlay.map((line) => `    ${line}`),
              'Or confirm that it passes:',
            ]),
        `    ${selector}: { open: { ${quoted(open.pointer)}: <the reason> } }`,
      ].join('\n'),
      cause: causeOf(first),
    },
  ]
}

function causeOf(found: Undecided): string {
  const { file, pointer } = schemaOrigin(found)
  return JSON.stringify([found.open.kind, file, pointer])
}

/** The place of the schema that leaves the answer open, or of the answer's media type. */
function schemaOrigin({ open: { media, place }, service: { translation } }: Undecided): Origin {
  const { service, nodeOf } = translation
  if (place === null) return media.origin
  const own = nodeOf(place.schema)
  const known = own === null ? null : service.originOf(own)
  if (known !== null) return known
  const around = place.within === null ? null : nodeOf(place.within.holder)
  const holder = around === null ? null : service.originOf(around)
  if (holder === null || place.within === null) return media.schema?.origin ?? media.origin
  const { keyword, segment } = place.within
  return keyword === 'properties' ? below(holder, keyword, segment) : below(holder, keyword)
}

/** Entries of `open` that no route which they reach needs. */
function stale(routes: readonly OpenRoute[]): readonly Report[] {
  const uses = routes.flatMap((one) => one.route.options.open.map((use) => ({ ...one, use })))
  return [...groupedBy(uses, ({ use: { origin } }) => `${origin.file} ${origin.pointer}`).values()].flatMap((all) => {
    const [first] = all
    if (first === undefined || all.some(({ open, use }) => open.some(({ pointer }) => covers(use, pointer)))) return []
    const { route, use } = first
    const places = all.flatMap(({ open }) => open.map(({ pointer }) => pointer))
    return [
      {
        code: 'GW3342' as const,
        message: `\`${use.pointer}\` is not an open place, nor around one, of the answers of ${selectorOf(route)}${all.length === 1 ? '' : ` or of the ${all.length - 1} other routes of the entry`}.`,
        origin: keyOf(use.origin),
        related: [{ origin: route.operation.origin, message: 'is the operation' }],
        remedy: suggestion(use.pointer, places) ?? 'Remove it: all of the answers is described.',
      },
    ]
  })
}
