import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'
import { isSignInOptional } from '../../../../templates/runtime/words/optionalSignIn.ts'
import { streamKindOf } from '../../../../templates/runtime/words/streamKinds.ts'
import { concernOf, concernWithoutCaller } from '../../../../templates/runtime/words/unauthorized.ts'
import type { MediaModel, OpenUse } from '../../../model/types.ts'
import { isBodiless } from '../../draft/routes/bodiless.ts'
import { mayBeJson } from '../../draft/routes/media.ts'
import type { RouteDraft } from '../../draft/types.ts'
import type { TranslatedMedia, Translation } from '../schemas/types.ts'
import { type OpenPlace, placesIn } from './places.ts'
import { isNeutral } from './views.ts'

/** Why everything in a place of an answer passes. */
export type OpenKind = OpenPlace['openness'] | 'stream'

/** A place of a route's answers that passes whole. */
export interface OpenAnswer {
  /** The documented status and a pointer into the answer, with `*` for any member or item: `/200/details`. */
  readonly pointer: string
  readonly kind: OpenKind
  readonly status: string
  readonly media: MediaModel
  /** `null`: the answer has no schema, or it is not read. */
  readonly place: OpenPlace | null
  /** The reason of `open`; `null`: nobody has decided. */
  readonly because: string | null
}

/** What reaches clients without being described. */
export interface Unshaped {
  /** The statuses and media types that pass as a whole: they are not JSON, or undeclared members pass. */
  readonly whole: readonly { readonly status: string; readonly type: string }[]
  /**
   * In the order of the pointers' statuses; of an answer, the shortest pointers first, and those of schemas within themselves last. Media types
   * of one status may have the same place.
   */
  readonly open: readonly OpenAnswer[]
}

/** What of a route's answers passes unshaped (`templates/runtime/answers/treatment.ts`). */
export function unshapedOf(route: RouteDraft, translation: Translation): Unshaped {
  const bodies = bodiesOf(route, translation)
  const isShaping = route.answers.undeclared === 'drop'
  const open = (isShaping ? bodies : []).flatMap(({ status, media }) =>
    openIn(status, media, translation).map((found) => ({
      ...found,
      because: reasonFor(found.pointer, route.options.open),
    })),
  )
  const whole = bodies
    .filter(({ status, media: { model } }) => !isShaping || (!isError(status) && isUnread(model)))
    .map(({ status, media }) => ({ status, type: media.model.type }))
  return { whole, open }
}

/** Whether an entry of `open` stands for a place: it is the place, or around it. */
export function covers({ pointer }: Pick<OpenUse, 'pointer'>, place: string): boolean {
  return place === pointer || place.startsWith(`${pointer}/`)
}

/** The reason of the nearest entry. */
function reasonFor(place: string, uses: readonly OpenUse[]): string | null {
  const covering = uses.filter((use) => covers(use, place))
  return (
    covering.reduce<OpenUse | null>(
      (best, use) => (best === null || use.pointer.length > best.pointer.length ? use : best),
      null,
    )?.because ?? null
  )
}

interface Body {
  readonly status: string
  readonly media: TranslatedMedia
}

/** The documented bodies that reach clients. Errors whose body is not described are replaced by a problem. */
function bodiesOf(route: RouteDraft, translation: Translation): readonly Body[] {
  const answers = translation.operations.get(route.key)?.answers ?? []
  return answers.flatMap(({ model: { status }, content }) => {
    if (status === '407' || (status === '401' && !judgesCaller(route)) || isBodiless(route.method, status)) return []
    return content
      .filter(({ model, schema }) => !isError(status) || passesAsError(route, model, schema))
      .map((media) => ({ status, media }))
  })
}

function passesAsError({ answers }: RouteDraft, { type }: MediaModel, schema: TranslatedMedia['schema']): boolean {
  if (answers.undeclared === 'pass') return true
  return mayBeJson(type) && schema !== null && !isNeutral(schema)
}

function isError(status: string): boolean {
  return status.startsWith('4')
}

/** Whether bodies of a media type or range, or some of them, pass as they are, and are no streams. */
function isUnread(media: MediaModel): boolean {
  return streamOf(media) === null && !isJson(essenceOf(media.type))
}

function judgesCaller({ access, answers, credentials }: RouteDraft): boolean {
  const kinds = credentials.map(({ kind }) => kind).filter((kind) => kind !== 'none' && kind !== 'mtls')
  const hasCertificate = credentials.some(({ kind }) => kind === 'mtls')
  const concern = access !== null && isSignInOptional(access) ? concernWithoutCaller : concernOf
  return concern(answers.unauthorized, kinds, hasCertificate) !== 'gateway'
}

function openIn(
  status: string,
  { model: media, schema }: TranslatedMedia,
  translation: Translation,
): readonly Omit<OpenAnswer, 'because'>[] {
  const pointer = `/${status}`
  if (streamOf(media) !== null) return [{ pointer, kind: 'stream', status, media, place: null }]
  if (!mayBeJson(media.type)) return []
  if (schema === null) return [{ pointer, kind: 'value', status, media, place: null }]
  return placesIn(translation)(schema).map((place) => ({
    pointer: `${pointer}${place.pointer}`,
    kind: place.openness,
    status,
    media,
    place,
  }))
}

/** How a stream that is not read is divided. `application/stream+json` is read as JSON. */
function streamOf({ type }: MediaModel): ReturnType<typeof streamKindOf> {
  return isJson(essenceOf(type)) ? null : streamKindOf(type)
}
