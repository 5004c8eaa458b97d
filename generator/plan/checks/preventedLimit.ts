import { longestTimer } from '../../../templates/runtime/words/timers.ts'
import type { Resolved } from '../../settings/index.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check, Finding } from './check.ts'

/** Milliseconds that every client has for its request, whatever the timeout of the route. */
const everyRequest = 30_000

/** A limit of time that cannot hold, because a shorter one ends the same transfer. */
export const preventedLimit: Check = {
  of: 'route',
  find: (route) => [...longTimes(route), ...overtaken(route)],
}

function longTimes({ settings }: RouteDraft): readonly Finding[] {
  const times = {
    timeout: settings.timeout,
    'stream.idle': settings['stream.idle'],
    'stream.lifetime': settings['stream.lifetime'],
    'upload.idle': settings['upload.idle'],
  }
  return Object.entries(times).flatMap(([name, { value, from }]) =>
    from === 'default' || value === null || value <= longestTimer
      ? []
      : [
          finding(
            `\`${name}\` is longer than a timer of Node.js can wait; it ends after 24 days.`,
            from,
            'Write at most 24d.',
          ),
        ],
  )
}

function overtaken({ operation, settings }: RouteDraft): readonly Finding[] {
  const { timeout, 'stream.idle': idle, 'stream.lifetime': lifetime, 'upload.idle': upload } = settings
  return [
    ...exceeding('timeout', timeout, 'stream.lifetime', lifetime, lifetime.value),
    ...exceeding('stream.idle', idle, 'stream.lifetime', lifetime, lifetime.value),
    ...(operation.body === null
      ? []
      : exceeding('upload.idle', upload, 'timeout', timeout, Math.max(timeout.value, everyRequest))),
  ]
}

/** A finding if a limit is above what another one leaves of it, and one of them is written. */
function exceeding(
  name: string,
  { value, from }: Resolved<number | null>,
  otherName: string,
  other: Resolved<number>,
  most: number,
): readonly Finding[] {
  const place = from === 'default' ? other.from : from
  if (value === null || value <= most || place === 'default') return []
  const message = `\`${name}\` is ${inSeconds(value)}, but \`${otherName}\` ends the same transfer after ${inSeconds(most)}.`
  return [finding(message, place, `Write at most ${inSeconds(most)}, or a longer limit of the other kind.`)]
}

function finding(message: string, origin: Finding['origin'], remedy: string): Finding {
  return { message, origin, remedy }
}

const inSeconds = (milliseconds: number): string =>
  milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`
