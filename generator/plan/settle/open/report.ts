import { below, closest, groupedBy, keyOf, list, type Origin, type Report, suggestion } from '../../../support/index.ts'
import { selectorOf } from '../../checks/wording.ts'
import type { ClientDraft, RouteDraft } from '../../draft/types.ts'
import type { PlannedService } from '../services/planServices.ts'
import { covers, type OpenAnswer, type Unshaped, unshapedOf } from './answers.ts'
import { overlayFor, quoted } from './remedy.ts'

/** A route with what passes in its answers without being described. */
interface OpenRoute extends Unshaped {
  readonly client: ClientDraft
  readonly route: RouteDraft
  readonly service: PlannedService
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
  const undecided = routes.flatMap((one) => {
    const all = one.open.filter(({ because }) => because === null).map((open) => ({ ...one, open }))
    // Media types of one status may have the same schema.
    const places = groupedBy(all, (found) => `${found.open.pointer} ${schemaOf(found)}`)
    const distinct = [...places.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
    const byPointer = groupedBy(distinct, ({ open: { pointer } }) => pointer)
    return distinct.map((found) => ({ ...found, isOne: byPointer.get(found.open.pointer)?.length === 1 }))
  })
  const [outside, inside] = [true, false].map((external) =>
    undecided.filter(({ client }) => (client.manifest.audience === 'external') === external),
  ) as [Undecided[], Undecided[]]
  return [
    ...outside.map(forOutsiders),
    ...[...groupedBy(inside, schemaOf).values()].flatMap(forInsiders),
    ...stale(routes),
  ]
}

type Found = Omit<OpenRoute, 'open'> & { readonly open: OpenAnswer }

/** `isOne`: no other media type has an open place at the pointer. */
type Undecided = Found & { readonly isOne: boolean }

function openRoute(
  route: RouteDraft,
  client: ClientDraft,
  services: ReadonlyMap<string, PlannedService>,
): readonly OpenRoute[] {
  const service = services.get(route.endpoints.id)
  // Schemas with errors are translated in part only.
  if (service === undefined || !service.isSound) return []
  return [{ client, route, service, ...unshapedOf(route, service.translation) }]
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

/** Where open places of answers are, in words: at a pointer, and in further values of a schema that contains itself. */
function placeOf({ pointer, place }: OpenAnswer, answers: string): string {
  return `\`${pointer}\`${place?.repeats === true ? ' (and again where the schema repeats below)' : ''} of ${answers}`
}

function forOutsiders(found: Undecided): Report {
  const { client, route, service, open, isOne } = found
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
    message: `${selector} passes everything at ${placeOf(open, isOne ? 'its answers' : `its ${open.media.type}`)} to \`${client.manifest.id}\`, which is external: ${why(open)}.`,
    origin: route.origin,
    related: [{ origin, message: open.kind === 'stream' ? 'is the stream' : 'is the answer' }],
    remedy: [...describe, describe.length > 0 ? 'Or pass it, with a reason:' : 'Pass it with a reason:', allow].join(
      '\n',
    ),
    subject: selector,
    answer: open.pointer,
    cause: why(open),
  }
}

/** The most places of a route that one remedy names. */
const mostPointers = 4

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
  const ofRoute = all.filter((one) => one.route === route).map((one) => one.open.pointer)
  const pointers = [...new Set(ofRoute)].slice(0, mostPointers)
  return [
    {
      code: 'GW3341',
      message: `Everything passes to ${list(clients)} at ${placeOf(open, `the answers of ${selector}${more}`)}: ${why(open)}.`,
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
        `    ${selector}: { open: { ${pointers.map((pointer) => `${quoted(pointer)}: <the reason>`).join(', ')} } }`,
      ].join('\n'),
      subject: selector,
      cause: why(open),
    },
  ]
}

/** Identifies the schema. */
function schemaOf(found: Found): string {
  const { file, pointer } = schemaOrigin(found)
  return JSON.stringify([found.open.kind, file, pointer])
}

/** The place of the schema that leaves the answer open, or of the answer's media type. */
function schemaOrigin({ open: { media, place }, service: { translation } }: Found): Origin {
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
        remedy: staleRemedy(use.pointer, places, all),
      },
    ]
  })
}

function staleRemedy(pointer: string, places: readonly string[], routes: readonly OpenRoute[]): string {
  const whole = routes.flatMap((one) =>
    one.whole.map(({ status, type }) => ({
      status,
      how: one.route.answers.undeclared === 'drop' ? type : '`undeclared: pass`',
    })),
  )
  const own = whole.filter(({ status }) => pointer === `/${status}` || pointer.startsWith(`/${status}/`))
  const [first] = own.length > 0 ? own : whole
  if (closest(pointer, places) === null && first !== undefined && (own.length > 0 || places.length === 0)) {
    return `Remove it: \`/${first.status}\` passes whole (${first.how}), which \`open\` does not decide.`
  }
  return suggestion(pointer, places) ?? 'Remove it: all of the answers is described.'
}
