import type { AnswerSchemas } from '../vocabulary.ts'
import { type MediaType, parseMediaType } from './media.ts'

interface Offered {
  readonly text: string
  readonly media: MediaType
}

interface Wanted {
  readonly media: MediaType
  readonly quality: number
}

/** Characters. Longer `Accept` values are cut here; nothing useful is that long. */
const maxText = 1_000

/**
 * Makes the `Accept` for a service: those of the operation's documented media types that the client accepts, with the client's
 * weights. If the client accepts none of them, all are requested (RFC 9110 section 12.5.1 allows it). The gateway itself never
 * answers 406.
 */
export function createAccept(answers: Readonly<Record<string, AnswerSchemas>>): (accept: string | undefined) => string {
  const names = new Set(Object.values(answers).flatMap(({ content }) => Object.keys(content)))
  const offered = [...names].flatMap((text): Offered[] => {
    const media = parseMediaType(text)
    return media === null ? [] : [{ text, media }]
  })
  const everything = offered.length === 0 ? '*/*' : offered.map(({ text }) => text).join(', ')
  let last: string | undefined
  let answer = everything
  return (accept) => {
    if (accept === undefined || accept === '*/*') return everything
    if (accept !== last) {
      answer = narrowed(offered, accept) ?? everything
      last = accept
    }
    return answer
  }
}

function narrowed(offered: readonly Offered[], accept: string): string | null {
  const wanted = accept.slice(0, maxText).split(',').flatMap(wish)
  const found = offered
    .map((offer) => ({ text: offer.text, ...best(offer, wanted) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ text, narrower, quality }) => `${narrower ?? text}${quality < 1 ? `;q=${quality}` : ''}`)
  return found.length === 0 ? null : found.join(', ')
}

function wish(text: string): readonly Wanted[] {
  const media = parseMediaType(text)
  if (media === null) return []
  const weight = media.parameters.get('q')
  const quality = weight === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0
  return [{ media, quality }]
}

/** The quality of the most specific matching range in `Accept`; and that range if it is narrower than the offered one. */
function best({ media }: Offered, wanted: readonly Wanted[]): { quality: number; narrower: string | null } {
  let rank = -1
  let quality = 0
  let narrower: string | null = null
  for (const wish of wanted) {
    const { essence } = wish.media
    const width = essence === '*/*' ? 0 : essence.endsWith('/*') ? 1 : 2
    const matches = covers(essence, media.essence) || covers(media.essence, essence)
    if (!matches || width < rank || (width === rank && wish.quality <= quality)) continue
    rank = width
    quality = wish.quality
    narrower = essence !== media.essence && covers(media.essence, essence) ? essence : null
  }
  return { quality, narrower }
}

function covers(range: string, essence: string): boolean {
  return range === '*/*' || range === essence || (range.endsWith('/*') && essence.startsWith(range.slice(0, -1)))
}
