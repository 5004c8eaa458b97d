import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'

/** The children of a map that were seen; `null` for other nodes. */
type Frame = { children: number } | null

/**
 * Makes the keys of maps texts, in place. Otherwise a key such as `2.0`, `010`, `0x1F` or `~` would be the name of the value that it
 * reads as. `<<` and keys with a tag stay.
 */
export function keepKeys(text: string, events: Event[]): void {
  const open: Frame[] = []
  /** Scalars by their anchors. A key that is a scalar has its value where an alias of it is a value, and the reverse. */
  const anchored = new Map<string, { readonly event: ScalarEvent; isKey: boolean }>()
  for (const [at, event] of events.entries()) {
    if (event.type === EVENT_ID.POP) {
      open.pop()
      continue
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push(null)
      continue
    }
    const isKey = takesKey(open.at(-1) ?? null)
    const { anchorStart, anchorEnd } = event
    const anchor = anchorStart < 0 ? '' : text.slice(anchorStart, anchorEnd)
    if (event.type === EVENT_ID.ALIAS) {
      const target = anchored.get(anchor)
      if (target === undefined) continue
      if (isKey) target.isKey = true
      // A copy instead of an alias, because an anchor has one value.
      if (target.isKey) events[at] = { ...(isKey ? asText(target.event) : target.event), anchorStart, anchorEnd }
      continue
    }
    anchored.delete(anchor)
    if (event.type !== EVENT_ID.SCALAR) open.push(event.type === EVENT_ID.MAPPING ? { children: 0 } : null)
    else if (mayBeOther(text, event)) {
      if (anchorStart >= 0) anchored.set(anchor, { event, isKey })
      if (isKey) events[at] = asText(event)
    }
  }
}

/** Counts a child of a map. True: it is a key. */
function takesKey(frame: Frame): boolean {
  return frame !== null && frame.children++ % 2 === 0
}

/** Whether the value of a scalar may be another than its text. Only values in one line are. */
function mayBeOther(text: string, { style, fast, tagStart, valueStart, valueEnd }: ScalarEvent): boolean {
  if (style !== SCALAR_STYLE.PLAIN || tagStart >= 0) return false
  return valueStart < 0 || (fast && text.slice(valueStart, valueEnd) !== '<<')
}

function asText(event: ScalarEvent): ScalarEvent {
  return { ...event, style: SCALAR_STYLE.SINGLE_QUOTED }
}
